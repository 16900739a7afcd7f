"""The way to one's own data: a mã dự thi, posted once, opens these pages for half an hour."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.crypto import open_text, seal_text
from frontend.pages.entry.hot import url_of
from quiz.models import Entrant

COOKIE = "du_lieu"
KEPT_SECONDS = 30 * 60
_PURPOSE = "own-data"


def remember(response: HttpResponse, entrant: Entrant) -> None:
    """Sealed, so that the browser learns no row number; limited to the path of these pages."""
    sealed = seal_text(f"{_PURPOSE}:{entrant.pk}:{int(time.time())}")
    response.set_cookie(
        COOKIE,
        sealed.hex(),
        max_age=KEPT_SECONDS,
        path=url_of("own-data"),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=url_of("own-data"), samesite="Strict")


def entrant_of(request: HttpRequest) -> Entrant | None:
    """Whose data this browser opened; None when nobody's, too long ago, or erased since."""
    try:
        purpose, pk, at = open_text(bytes.fromhex(request.COOKIES.get(COOKIE, ""))).split(":")
        fresh = time.time() - int(at) < KEPT_SECONDS
    except ValueError:
        return None
    if purpose != _PURPOSE or not fresh:
        return None
    found = Entrant.objects.select_related("contest__consent_text", "group", "unit")
    return (
        found.select_related("contest__unit", "contest__rules", "roster_entry")
        .filter(pk=int(pk), erased_at=None)
        .first()
    )
