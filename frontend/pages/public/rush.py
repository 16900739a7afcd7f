"""What is answered while more people come than can be served: when to come back, and how.

Made once for each number of seconds and then only handed out: while it is needed, thousands are
answered so every second, and each of them must cost next to nothing.
"""

import json
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from frontend.languages import language_of
from frontend.pages.public.errors import Trouble
from frontend.safe_headers import SAFE_HEADERS
from quiz.errors import SystemBusy

Answer = tuple[list[tuple[str, str]], bytes]
AGAIN = Trouble(
    503,
    _("Hiện có rất đông người vào cùng lúc"),
    _("Trang này tự tải lại sau %(seconds)s giây. Những gì đã lưu vẫn còn nguyên."),
    "hourglass",
)
SEND_AGAIN = Trouble(
    503,
    _("Chưa gửi được: hiện có rất đông người vào cùng lúc"),
    _(
        "Sau %(seconds)s giây, quay lại trang trước và bấm gửi lần nữa. "
        "Những gì đã điền, đã chọn vẫn còn ở trang đó."
    ),
    "hourglass",
)


def rush_answer(environ: dict[str, Any], seconds: int) -> Answer:
    """Headers and body of the 503: JSON for programs; a page that comes back by itself (GET), or
    that says when to press again.
    """
    language = language_of(environ)
    if (
        environ["PATH_INFO"].startswith("/api/")
        or "application/json" in environ.get("HTTP_ACCEPT", "")
        or environ.get("CONTENT_TYPE") == "application/json"
    ):
        return _as_json(language, seconds)
    return _as_page(language, seconds, environ["REQUEST_METHOD"] in ("GET", "HEAD"))


@cache
def _as_json(language: str, seconds: int) -> Answer:
    with translation.override(language):
        refusal = SystemBusy(wait_seconds=seconds).as_dict()
    return _whole(seconds, "application/json", json.dumps(refusal, ensure_ascii=False))


@cache
def _as_page(language: str, seconds: int, read: bool) -> Answer:
    trouble = AGAIN if read else SEND_AGAIN
    with translation.override(language):
        hint = trouble.hint % {"seconds": seconds}
        context = {"trouble": trouble, "hint": hint, "site_name": "MinhThi"}
        page = render_to_string("frontend/errors/rush.html", context)
    headers, body = _whole(seconds, "text/html; charset=utf-8", page)
    return ([*headers, ("Refresh", str(seconds))] if read else headers), body


def _whole(seconds: int, kind: str, text: str) -> Answer:
    body = text.encode()
    return [
        ("Retry-After", str(seconds)),
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        *SAFE_HEADERS,
    ], body
