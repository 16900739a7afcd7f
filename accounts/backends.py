"""Staff code or e-mail with a password: one password check a try, whoever is named."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from django.http import HttpRequest

from accounts.models import User


class OneCheckBackend(AuthenticationBackend):
    """allauth's own backend would check an address twice: dear, and told apart by the clock."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        login = (credentials.get("username") or credentials.get("email") or "").strip()
        person = get_user_by_username(login) if login else None
        if person is None and "@" in login:
            person = User.objects.filter(email=login.lower()).first()
        return self._check_password(person, credentials["password"])
