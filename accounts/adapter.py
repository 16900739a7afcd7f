"""What MinhThi decides about signing in where django-allauth asks."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from accounts.crypto import open_text, seal_text
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: an administrator makes it."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work; the page there says that the password is changed."""
        return self.get_login_redirect_url(request)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return seal_text(text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(bytes.fromhex(encrypted_text))


def display_name(user: User) -> str:
    return str(user)
