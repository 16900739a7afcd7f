"""Refusals of classes held in a room."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ClassFull(DomainError):
    code = "class_full"
    status = 409
    message = _("Số người vượt sức chứa của lớp.")
    hint = _("Mở thêm lớp, hoặc tăng sức chứa khi đổi phòng.")


class ClassCancelled(DomainError):
    code = "class_cancelled"
    status = 409
    message = _("Lớp này đã huỷ.")
    hint = _("Xem các lớp khác ở trang Lớp tập huấn của tôi.")


class NotInvited(DomainError):
    code = "not_invited"
    status = 403
    message = _("Bạn không có trong danh sách dự lớp này.")
    hint = _("Nói với người tổ chức ở lớp để được thêm tên.")


class WrongRoomCode(DomainError):
    code = "wrong_room_code"
    status = 422
    message = _("Mã không đúng hoặc đã hết hạn.")
    hint = _("Nhập mã đang hiện trên màn chiếu; mã đổi mỗi 30 giây.")


class SessionNotOn(DomainError):
    code = "session_not_on"
    status = 409
    message = _("Chưa đến giờ hoặc đã quá giờ điểm danh của buổi này.")
    hint = _(
        "Điểm danh vào từ 30 phút trước giờ học; điểm danh ra chậm nhất 60 phút sau giờ kết thúc."
    )


class NotSignedIn(DomainError):
    code = "not_signed_in"
    status = 409
    message = _("Bạn chưa điểm danh vào buổi này.")
    hint = _("Nói với người tổ chức ở lớp để được ghi nhận kèm lý do.")


class SessionHeld(DomainError):
    code = "session_held"
    status = 409
    message = _("Buổi này đã có người điểm danh nên không xoá được.")
    hint = _("Thêm buổi khác nếu lịch thay đổi.")


class BadSession(DomainError):
    code = "bad_session"
    status = 422
    message = _("Giờ kết thúc phải sau giờ bắt đầu, và mỗi giờ bắt đầu chỉ có một buổi.")
    hint = _("Xem lại ngày, giờ của buổi học.")
