"""Refusals of enrolling."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class CourseNotRunning(DomainError):
    code = "course_not_running"
    status = 409
    message = _("Khoá học chưa mở hoặc đã đóng.")
    hint = _("Xem ngày mở, ngày đóng ở trang khoá học.")


class CourseNotOpen(DomainError):
    code = "course_not_open"
    status = 403
    message = _("Khoá học này không cho tự ghi danh.")
    hint = _("Đề nghị người tổ chức tập huấn của đơn vị ghi danh cho bạn.")


class OutsideAudience(DomainError):
    code = "outside_audience"
    status = 403
    message = _("Khoá học này dành cho người của đơn vị khác.")
    hint = _("Chọn khoá học của đơn vị bạn hoặc của cấp trên.")


class PeopleOutOfReach(DomainError):
    code = "people_out_of_reach"
    status = 403
    message = _("Có người không thuộc đơn vị bạn phụ trách hoặc không phải đối tượng của khoá học.")
    hint = _("Chỉ chọn người của đơn vị bạn và các đơn vị bên dưới.")


class UnitOutOfReach(DomainError):
    code = "unit_not_for_course"
    status = 403
    message = _("Đơn vị này nằm ngoài phạm vi của bạn hoặc của khoá học.")
    hint = _("Chọn đơn vị bạn phụ trách, thuộc đối tượng của khoá học.")


class ReasonNeeded(DomainError):
    code = "reason_needed"
    status = 422
    message = _("Chưa ghi lý do.")
    hint = _("Ghi lý do, ví dụ: nghỉ thai sản, đã học khoá tương đương.")


class EnrolmentOver(DomainError):
    """Completed, exempted or withdrawn already: another was quicker, or the page was old."""

    code = "enrolment_over"
    status = 409
    message = _("Ghi danh này đã hoàn thành, được miễn hoặc đã rút.")
    hint = _("Tải lại trang để xem trạng thái mới.")


class DuePassed(DomainError):
    code = "due_passed"
    status = 422
    message = _("Hạn hoàn thành đã qua.")
    hint = _("Chọn ngày từ hôm nay trở đi.")
