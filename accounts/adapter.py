"""What MinhThi decides about signing in where django-allauth asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.crypto import open_text, seal_text
from accounts.models import User

_MISMATCH = _("Mã cán bộ, thư điện tử hoặc mật khẩu chưa đúng.")
_WRONG_CODE = _("Mã chưa đúng. Chờ mã mới hiện trong ứng dụng rồi nhập lại.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa. Liên hệ quản trị của đơn vị."),
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "invalid_login": _MISMATCH,
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": _WRONG_CODE,
        "invalid_password_reset": _("Liên kết này đã được dùng hoặc đã hết hạn."),
        "too_many_login_attempts": _("Đăng nhập sai nhiều lần. Chờ vài phút rồi thử lại."),
        "rate_limited": _("Có quá nhiều yêu cầu trong thời gian ngắn. Chờ ít phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: an administrator makes it."""
        return False

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Whoever has just signed in need not prove it again for the next few minutes."""
        note_fresh_proof(request, user)
        return super().post_login(request, user, **details)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work; the page there says that the password is changed."""
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal_text(text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(bytes.fromhex(encrypted_text))


def note_fresh_proof(request: HttpRequest, user: User, **_rest: Any) -> None:
    """The person has shown this minute that it is they; also called when TOTP is set up."""
    record_authentication(request, user, method="fresh", reauthenticated=True)


def display_name(user: User) -> str:
    return str(user)
