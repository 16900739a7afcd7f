"""A way in that was shown once and opens pages of one kind for half an hour."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.crypto import open_text, seal_text

KEPT_SECONDS = 30 * 60


@dataclass(frozen=True)
class SealedCookie:
    """Sealed, so that the browser learns no row number, and limited to a path. `purpose` keeps one
    kind of cookie from being taken for another.
    """

    name: str
    purpose: str

    def remember(self, response: HttpResponse, held: str, *, path: str) -> None:
        """`held` without colons."""
        sealed = seal_text(f"{self.purpose}:{held}:{int(time.time())}")
        response.set_cookie(
            self.name,
            sealed.hex(),
            max_age=KEPT_SECONDS,
            path=path,
            httponly=True,
            samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def forget(self, response: HttpResponse, *, path: str) -> None:
        response.delete_cookie(self.name, path=path, samesite="Strict")

    def held_by(self, request: HttpRequest) -> str:
        """What this browser was given; "" when nothing, or too long ago."""
        try:
            sealed = bytes.fromhex(request.COOKIES.get(self.name, ""))
            purpose, held, at = open_text(sealed).split(":")
            fresh = time.time() - int(at) < KEPT_SECONDS
        except ValueError:
            return ""
        return held if purpose == self.purpose and fresh else ""
