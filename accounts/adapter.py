"""What MinhThi decides about signing in where django-allauth asks."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.client_address import client_address
from accounts.crypto import open_text, seal_text
from accounts.domain.contacts import CODE_DIGITS, find_by_phone, mark_contact_verified
from accounts.domain.security_notices import send_security_notice
from accounts.domain.sending import send_letter_later, send_text_later
from accounts.domain.sign_in_limits import PasswordTry
from accounts.enums import SECOND_FACTOR_ROLES
from accounts.models import User
from accounts.permissions import holds_any

_MISMATCH = _("Mã cán bộ, thư điện tử hoặc mật khẩu chưa đúng.")
_WRONG_CODE = _("Mã chưa đúng. Chờ mã mới hiện trong ứng dụng rồi nhập lại.")
_PROOFS = {
    "reauthenticate": _("Dùng mật khẩu"),
    "mfa_reauthenticate": _("Dùng mã từ ứng dụng xác thực"),
    "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập (passkey)"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa. Liên hệ quản trị của đơn vị."),
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "invalid_login": _MISMATCH,
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": _("Mã chưa đúng. Xem lại tin nhắn hoặc thư mới nhất."),
        "invalid_password_reset": _("Liên kết này đã được dùng hoặc đã hết hạn."),
        "too_many_login_attempts": _("Mã đã nhập sai nhiều lần nên bị hủy. Yêu cầu mã mới."),
        "rate_limited": _("Có quá nhiều yêu cầu trong thời gian ngắn. Chờ ít phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: an administrator makes it."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose password this is. Raises TooManyRequests."""
        login = credentials.get("username") or credentials.get("email") or ""
        one_try = PasswordTry(login, client_address(request))
        one_try.begin()
        person = super().authenticate(request, **credentials)
        if person is not None:
            one_try.succeed()
        return person

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Whoever has just signed in need not prove it again for the next few minutes."""
        note_fresh_proof(request, user)
        limit_session(request, user)
        return super().post_login(request, user, **details)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work; the page there says that the password is changed."""
        return self.get_login_redirect_url(request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": _PROOFS[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the house's own sender, and without waiting for it."""
        letter = self.render_mail(template_prefix, email, context)
        send_letter_later(to=email, subject=letter.subject, text=letter.body)

    def send_notification_mail(
        self, template_prefix: str, user: User, *_args: Any, **_context: Any
    ) -> None:
        send_security_notice(person=user, event=template_prefix.rpartition("/")[2])

    def generate_login_code(self) -> str:
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"

    def generate_phone_verification_code(self, *, user: User, phone: str) -> str:
        return self.generate_login_code()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_rest: Any) -> None:
        text = _("MinhThi: mã đăng nhập %(code)s, dùng trong 10 phút. Không đưa mã cho ai.")
        send_text_later(phone=phone, text=str(text) % {"code": code})

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone_number, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.put_phone(phone, verified=verified)
        user.save(update_fields=["phone", "phone_index", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        mark_contact_verified(person=user, phone=phone)

    def get_user_by_phone(self, phone: str) -> User | None:
        return find_by_phone(phone)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return seal_text(text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(bytes.fromhex(encrypted_text))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "MinhThi"}


def note_fresh_proof(request: HttpRequest, user: User, **_rest: Any) -> None:
    """The person has shown this minute that it is they; also called when TOTP is set up."""
    record_authentication(request, user, method="fresh", reauthenticated=True)


def note_code(request: HttpRequest, user: User, method: str, **shown: Any) -> None:
    """A code that came back from an address has shown that the address is the person's."""
    if method == "code" and shown.get("email"):
        mark_contact_verified(person=user, email=shown["email"])


def limit_session(request: HttpRequest, user: User) -> None:
    """Whoever sees keys or personal data signs in anew each working day, others once a month."""
    privileged = holds_any(user, *SECOND_FACTOR_ROLES)
    request.session.set_expiry(
        settings.PRIVILEGED_SESSION_SECONDS if privileged else settings.SESSION_COOKIE_AGE
    )


def display_name(user: User) -> str:
    return str(user)
