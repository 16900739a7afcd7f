"""A picture or sound of the paper, for the browser that holds it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.pages.entry.cookies import attempt_token
from quiz.interfaces.media_answer import entrant_media


@require_safe
def media(request: HttpRequest, sha256: str) -> HttpResponse:
    """By the path-limited cookie, which opens pages and never acts."""
    return entrant_media(request, token=attempt_token(request), sha256=sha256)
