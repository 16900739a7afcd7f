"""In which language a request is answered: the rule of Django's LocaleMiddleware, remembered."""

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

_COOKIE = re.compile(rf"(?:^|;\s*){re.escape(settings.LANGUAGE_COOKIE_NAME)}=([^;]*)")


def language_of(environ: dict[str, Any]) -> str:
    """The code of the language this request is answered in."""
    return _chosen(*said_language(environ))


def said_language(environ: dict[str, Any]) -> tuple[str, str]:
    """What the answer's language depends on: the cookie's value and the header."""
    cookies = environ.get("HTTP_COOKIE", "")
    chosen = _COOKIE.search(cookies) if cookies else None
    return chosen[1] if chosen else "", environ.get("HTTP_ACCEPT_LANGUAGE", "")


@lru_cache(maxsize=1024)
def _chosen(cookie: str, header: str) -> str:
    request = HttpRequest()
    request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: cookie}
    request.META = {"HTTP_ACCEPT_LANGUAGE": header}
    return translation.get_language_from_request(request)
