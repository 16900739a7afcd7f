"""A training file as an answer over HTTP: safe headers, parts, and where there is one, nginx."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, http_date, quote_etag

from accounts.interfaces.ranges import asked_part
from training.domain.file_storage import files_folder

PIECE = 64 * 1024
# A web process has one thread: of a film it gives so much at once, and the player asks on.
MOST_AT_ONCE = 4 * 2**20
# nginx hands out what lies below (deploy/nginx); it answers ranges by itself.
ACCEL = "/tep-noi-bo/"
# What a browser shows itself. Nothing in the answer can run, whatever the bytes hold; a browser's
# own reader of PDF does not open inside a sandbox.
LOCKED = "default-src 'none'; sandbox"
LOCKED_PDF = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Served:
    """What is handed out: where it lies, what it is, what it is called, whose it is.

    `version` names the content; `cache` is the whole Cache-Control header.
    """

    path: Path
    mime: str
    name: str
    version: str
    cache: str
    download: bool = False


def file_answer(request: HttpRequest, served: Served) -> HttpResponseBase:
    """The file, a part of it (206), none such (416), or that nothing changed (304)."""
    etag = quote_etag(served.version)
    if etag in request.headers.get("If-None-Match", "").split(", "):
        response: HttpResponseBase = HttpResponse(status=304)
    elif settings.FILES_BY_NGINX:
        response = HttpResponse()
        below = served.path.relative_to(files_folder().resolve())
        response["X-Accel-Redirect"] = f"{ACCEL}{below.as_posix()}"
    else:
        response = _read(request, served.path)
    _add_headers(response, served, etag)
    return response


def _add_headers(response: HttpResponseBase, served: Served, etag: str) -> None:
    response["Content-Type"] = served.mime
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=served.download, filename=served.name) or "inline"
    )
    response["Cache-Control"] = served.cache
    response["ETag"] = etag
    response["Last-Modified"] = http_date(served.path.stat().st_mtime)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    is_pdf = served.mime == "application/pdf"
    response["Content-Security-Policy"] = LOCKED_PDF if is_pdf else LOCKED
    response["X-Frame-Options"] = "SAMEORIGIN" if is_pdf else "DENY"


def _read(request: HttpRequest, path: Path) -> HttpResponseBase:
    size = path.stat().st_size
    wanted = asked_part(request.headers.get("Range", ""), size)
    if wanted is None:
        whole = StreamingHttpResponse(_pieces(path.open("rb"), size))
        whole["Content-Length"] = str(size)
        return whole
    if wanted.first > wanted.last:
        return HttpResponse(status=416, headers={"Content-Range": wanted.content_range(size)})
    part = wanted._replace(last=min(wanted.last, wanted.first + MOST_AT_ONCE - 1))
    file = path.open("rb")
    file.seek(part.first)
    response = StreamingHttpResponse(_pieces(file, part.size), status=206)
    response["Content-Range"] = part.content_range(size)
    response["Content-Length"] = str(part.size)
    return response


def _pieces(file: IO[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
