"""A picture or sound of an item as an answer over HTTP."""

from django.http import HttpRequest, HttpResponse

from accounts.interfaces.ranges import asked_part
from quiz.domain.media import attempt_media
from quiz.domain.media_files import read_bytes
from quiz.errors import MediaNotFound

# The name says the content, so it never changes; a shared phone keeps it like any page's picture.
_KEPT = "private, max-age=31536000, immutable"


def entrant_media(request: HttpRequest, *, token: str, sha256: str) -> HttpResponse:
    """For whoever holds a paper of the pool that shows it. Raises UnknownToken, MediaNotFound."""
    mime = attempt_media(token=token, name=sha256)
    response = media_answer(request, sha256=sha256, mime=mime)
    response["Cache-Control"] = _KEPT
    return response


def media_answer(request: HttpRequest, *, sha256: str, mime: str) -> HttpResponse:
    """The bytes, or the part asked for: iPhones play no sound from a server without ranges.

    Nothing in the answer can run, whatever the bytes hold. Raises MediaNotFound.
    """
    try:
        content = read_bytes(sha256)
    except FileNotFoundError as error:
        raise MediaNotFound from error
    response = _part(request.headers.get("Range", ""), content) or HttpResponse(content)
    response["Content-Type"] = mime
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(asked: str, content: bytes) -> HttpResponse | None:
    size = len(content)
    wanted = asked_part(asked, size)
    if wanted is None:
        return None
    headers = {"Content-Range": wanted.content_range(size)}
    if wanted.first > wanted.last:
        return HttpResponse(status=416, headers=headers)
    return HttpResponse(content[wanted.first : wanted.last + 1], status=206, headers=headers)
