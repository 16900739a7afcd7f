"""The way to one's own data: a mã dự thi, posted once, opens these pages for half an hour."""

from django.http import HttpRequest, HttpResponse

from frontend.pages.entry.hot import url_of
from frontend.pages.public.sealed_cookies import SealedCookie
from quiz.models import Entrant

COOKIE = "du_lieu"
_cookie = SealedCookie(COOKIE, "own-data")


def remember(response: HttpResponse, entrant: Entrant) -> None:
    _cookie.remember(response, str(entrant.pk), path=url_of("own-data"))


def forget(response: HttpResponse) -> None:
    _cookie.forget(response, path=url_of("own-data"))


def entrant_of(request: HttpRequest) -> Entrant | None:
    """Whose data this browser opened; None when nobody's, too long ago, or erased since."""
    held = _cookie.held_by(request)
    if not held:
        return None
    found = Entrant.objects.select_related("contest__consent_text", "group", "unit")
    return (
        found.select_related("contest__unit", "contest__rules", "roster_entry")
        .filter(pk=int(held), erased_at=None)
        .first()
    )
