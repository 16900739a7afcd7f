"""Reading pages drawn once for all who come within the same moment.

In the minute before a close thousands ask for the same two pages; drawing one costs ten times what
an answer from memory does. A page is never older than READING_PAGE_SECONDS.
"""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

KEPT_PAGES = 64
View = Callable[..., HttpResponse]


def kept_briefly(view: View) -> View:
    """For pages that are the same for everyone without a session."""
    kept: dict[tuple[str, str], tuple[float, bytes]] = {}

    @wraps(view)
    def look(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.READING_PAGE_SECONDS or is_personal(request):
            return view(request, *args, **kwargs)
        key = (request.path, get_language() or "")
        until, content = kept.get(key, (0.0, b""))
        if time.monotonic() < until:
            return HttpResponse(content)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            if len(kept) >= KEPT_PAGES:
                kept.clear()
            kept[key] = (time.monotonic() + settings.READING_PAGE_SECONDS, response.content)
        return response

    return look


def is_personal(request: HttpRequest) -> bool:
    """Someone signed in sees their own way to the workplace; a query may ask for anything."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(request.GET)
