"""Refusals to those who ask and to those who answer."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class UnknownInquiry(DomainError):
    code = "unknown_inquiry"
    status = 404
    message = _("Mã câu hỏi không đúng.")
    hint = _("Kiểm tra lại từng nhóm chữ của mã đã nhận khi gửi câu hỏi.")


class InquiryMoved(DomainError):
    """Somebody else acted on it meanwhile."""

    code = "inquiry_moved"
    status = 409
    message = _("Trạng thái của câu hỏi đã thay đổi.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class NobodyReceives(DomainError):
    """No unit of the installation has anybody who runs the library."""

    code = "nobody_receives"
    status = 503
    message = _("Cơ quan chưa mở mục nhận câu hỏi.")
    hint = _("Liên hệ trực tiếp theo danh bạ, hoặc quay lại sau.")
