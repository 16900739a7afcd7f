"""Refusals to those who come back. None tells whether somebody is registered."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class WayClosed(DomainError):
    code = "way_closed"
    status = 409
    message = _("Cuộc thi này không mở cách vào lại đó.")
    hint = _("Vào bằng mã dự thi, hoặc đăng ký dự thi.")


class WrongReturnCode(DomainError):
    """Wrong, worn out, too old, or asked for by another browser: all look alike."""

    code = "wrong_return_code"
    status = 422
    message = _("Mã chưa đúng hoặc đã hết hạn.")
    hint = _("Kiểm tra lại mã trong tin nhắn mới nhất, hoặc xin mã khác trên chính máy này.")


class NotListed(DomainError):
    code = "not_listed"
    status = 422
    message = _("Không tìm thấy người có mã cán bộ và ngày sinh này trong danh sách.")
    hint = _("Kiểm tra lại hai mục trên; nếu vẫn không được, đăng ký dự thi bằng mẫu chung.")


class ClaimExpired(DomainError):
    code = "claim_expired"
    status = 422
    message = _("Trang này đã mở quá lâu.")
    hint = _("Nhập lại mã cán bộ và ngày sinh.")


class SetAside(DomainError):
    """Decided to be one person with another registration: going on here would count for nothing."""

    code = "set_aside"
    status = 409
    message = _("Đăng ký này đã được ghép với một đăng ký khác của bạn.")
    hint = _("Vào bằng mã dự thi của đăng ký được giữ lại, hoặc hỏi Ban Tổ chức.")


class ReportHandled(DomainError):
    code = "report_handled"
    status = 409
    message = _("Báo này đã được xử lý.")
    hint = _("Tải lại danh sách để xem kết quả.")
