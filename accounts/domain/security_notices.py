"""A letter to the owner whenever a way into their account changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.sending import SendingFailed, send_letter_later
from accounts.models import User

EVENTS = {
    "password_reset": gettext_lazy("Mật khẩu đã được đặt lại bằng liên kết trong thư."),
    "password_changed": gettext_lazy("Mật khẩu đã được đổi."),
    "password_set": gettext_lazy("Mật khẩu đã được đặt."),
    "totp_activated": gettext_lazy("Đã bật mã từ ứng dụng xác thực."),
    "totp_deactivated": gettext_lazy("Đã tắt mã từ ứng dụng xác thực."),
    "recovery_codes_generated": gettext_lazy("Đã tạo bộ mã dự phòng mới."),
    "webauthn_added": gettext_lazy("Đã thêm một khóa truy cập (passkey)."),
    "webauthn_removed": gettext_lazy("Đã xóa một khóa truy cập (passkey)."),
    "email_changed": gettext_lazy("Thư điện tử của tài khoản đã đổi sang địa chỉ khác."),
    "phone_changed": gettext_lazy("Số điện thoại của tài khoản đã thay đổi."),
}


def send_security_notice(*, person: User, event: str, to: str = "") -> None:
    """Tell `person` (at `to`, else their address) of an event; without address or sender, nobody.

    Never raises: the change itself is done and stands in the diary.
    """
    address = to or person.email
    if not address:
        return
    lines = [
        _("Chào %(name)s,") % {"name": person.full_name},
        str(EVENTS[event]),
        _("Nếu không phải bạn làm việc này, báo ngay quản trị của đơn vị."),
    ]
    try:
        send_letter_later(
            to=address, subject=_("MinhThi: thay đổi bảo mật tài khoản"), text="\n\n".join(lines)
        )
    except SendingFailed:
        return
