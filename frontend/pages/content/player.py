"""The frame around a package, its files, and the last word of a page that is being closed."""

import json
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.packages import package_url
from training.domain.file_storage import PACKAGE
from training.domain.files import DIGEST_SHOWN, open_path
from training.domain.package_links import open_package_token, open_save_token
from training.domain.scorm import read_runtime, save_runtime
from training.engine.scorm_manifest import V12
from training.errors import BadProgress
from training.interfaces.serving import Served, file_answer

MOST_BYTES = 200_000
HOUR = 3600
# Written by others, so inline scripts and `eval` are theirs to use: here, and nowhere else.
FREE = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self' {site}"
)
OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {site}"
)
# Without a charset: what a page of a package says of itself counts.
MIMES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".xml": "application/xml",
    ".xsd": "application/xml",
    ".dtd": "application/xml-dtd",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
}


@require_safe
def player(request: HttpRequest, token: str) -> HttpResponse:
    """Holds the packaged run-time, which the package finds among its parents. Raises LinkOver."""
    link = open_package_token(token=token, now=timezone.now())
    is_12 = link.file.facts["version"] == V12
    script = package_url("scorm12.js" if is_12 else "scorm2004.js")
    drawn = render_to_string(
        "frontend/content/player.html", {"site": link.site, "token": token, "runtime": script}
    )
    response = HttpResponse(drawn)
    _keep_apart(response, OWN.format(site=link.site))
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def part(request: HttpRequest, token: str, part: str) -> HttpResponseBase:
    """A file of the package. Raises LinkOver, FileNotFound."""
    if request.headers.get("Service-Worker"):
        return HttpResponseNotFound()  # it would stay behind and stand before other packages
    link = open_package_token(token=token, now=timezone.now())
    served = Served(
        path=open_path(file=link.file, part=f"{PACKAGE}/{part}"),
        mime=MIMES.get(PurePosixPath(part.lower()).suffix, "application/octet-stream"),
        name=PurePosixPath(part).name,
        version=f"{link.file.sha256[:DIGEST_SHOWN]}{len(part)}",
        cache=f"private, max-age={HOUR}",
    )
    response = file_answer(request, served)
    _keep_apart(response, FREE.format(site=link.site))
    return response


def _keep_apart(response: HttpResponseBase, policy: str) -> None:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "same-origin"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    # Framed by another origin on purpose; the policy above says by which.
    if "X-Frame-Options" in response.headers:
        del response.headers["X-Frame-Options"]


@require_POST
def last_word(request: HttpRequest, token: str) -> HttpResponse:
    """What a package said while its page was being closed: the site's page heard it no more.

    Raises LinkOver, BadProgress and as `save_runtime`.
    """
    now = timezone.now()
    enrolment, lesson = open_save_token(token=token, now=now)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise BadProgress
    try:
        document = json.loads(request.body)
    except ValueError as broken:
        raise BadProgress from broken
    save_runtime(enrolment=enrolment, lesson=lesson, told=read_runtime(document), now=now)
    return HttpResponse(status=204)
