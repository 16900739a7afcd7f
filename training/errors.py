"""Refusals of training that more than one part makes."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class CourseNotFound(DomainError):
    code = "course_not_found"
    status = 404
    message = _("Không tìm thấy khoá học này.")
    hint = _("Kiểm tra lại đường dẫn hoặc xem các khoá học ở trang Học tập.")


class NotEnrolled(DomainError):
    code = "not_enrolled"
    status = 403
    message = _("Bạn chưa ghi danh khoá học này.")
    hint = _("Ghi danh ở trang khoá học, hoặc hỏi người tổ chức của đơn vị.")


class BadProgress(DomainError):
    code = "bad_progress"
    status = 400
    message = _("Không đọc được tiến độ gửi lên.")
    hint = _("Tải lại trang bài học rồi học tiếp; phần đã lưu vẫn còn.")
