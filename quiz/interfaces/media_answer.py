"""A picture or sound of an item as an answer over HTTP."""

import re

from django.http import HttpRequest, HttpResponse

from quiz.domain.media import attempt_media
from quiz.domain.media_files import read_bytes
from quiz.errors import MediaNotFound

_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})")


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
    """RFC 9110 §14: one range; anything else is answered whole."""
    match = _RANGE.fullmatch(asked)
    if match is None or not any(match.groups()):
        return None
    size = len(content)
    if match[1]:
        first, last = int(match[1]), min(int(match[2] or size), size - 1)
    else:
        first, last = max(0, size - int(match[2])), size - 1
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = HttpResponse(content[first : last + 1], status=206)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part
