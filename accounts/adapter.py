"""What MinhThi decides about signing in where django-allauth asks."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: an administrator makes it."""
        return False


def display_name(user: User) -> str:
    return str(user)
