"""A picture or sound of the paper, for the browser that holds it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.errors import DomainError
from frontend.pages.entry.cookies import attempt_token
from frontend.pages.entry.hot import private
from frontend.refusals import refusal_response
from quiz.interfaces.media_answer import entrant_media


@require_safe
def media(request: HttpRequest, sha256: str) -> HttpResponse:
    """By the path-limited cookie, which opens pages and never acts.

    In the short chain, which has no middleware for refusals.
    """
    try:
        return entrant_media(request, token=attempt_token(request), sha256=sha256)
    except DomainError as error:
        return private(refusal_response(request, error))
