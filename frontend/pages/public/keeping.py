"""Reading pages drawn once for all who come while nothing of what they show has changed.

In the minute before a close thousands ask for the same two pages; drawing one costs ten times what
an answer from memory does. A page is dropped the moment a round opens or closes, within
LOOK_AGAIN_SECONDS of a change to what it shows (a release, rules, a window), and never older than
READING_PAGE_SECONDS.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from quiz.domain.clock import read_now
from quiz.queries.public_state import PublicState, public_state

KEPT_PAGES = 64
# How often, at most, each process asks the database whether anything has changed.
LOOK_AGAIN_SECONDS = 0.2
View = Callable[..., HttpResponse]


@dataclass
class _Kept:
    """What this process keeps: pages with the moment they are too old, all of one state."""

    state: PublicState | None = None
    looked_at: float = float("-inf")
    pages: dict[tuple[str, str], tuple[float, bytes]] = field(default_factory=dict)

    def look(self) -> None:
        """Drop every page if they may tell what is no longer so."""
        now, looks = read_now(), time.monotonic()
        changes_at = self.state.changes_at if self.state else None
        passed = changes_at is not None and changes_at <= now
        if not passed and looks - self.looked_at < LOOK_AGAIN_SECONDS:
            return
        state = public_state(now)
        if state != self.state:
            self.pages.clear()
        self.state, self.looked_at = state, looks

    def sure_until(self) -> float:
        """Up to when what was looked at last holds unasked; a moment of the monotonic clock."""
        until = self.looked_at + LOOK_AGAIN_SECONDS
        if self.state is None or self.state.changes_at is None:
            return until
        left = (self.state.changes_at - read_now()).total_seconds()
        return min(until, time.monotonic() + left)


_kept = _Kept()


def kept_briefly(view: View) -> View:
    """For pages that are the same for everyone without a session."""

    @wraps(view)
    def look(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.READING_PAGE_SECONDS or is_personal(request):
            return view(request, *args, **kwargs)
        # Looked at before drawing: a change made meanwhile is seen by the next look.
        _kept.look()
        pages = _kept.pages
        key = (request.path, get_language() or "")
        until, content = pages.get(key, (0.0, b""))
        if time.monotonic() < until:
            response = HttpResponse(content)
        else:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            if len(pages) >= KEPT_PAGES:
                pages.clear()
            until = time.monotonic() + settings.READING_PAGE_SECONDS
            pages[key] = (until, response.content)
        # The house may give the whole answer again so long (config/kept_answers.py).
        response.kept_until = min(until, _kept.sure_until())
        return response

    return look


def is_personal(request: HttpRequest) -> bool:
    """Someone signed in sees their own way to the workplace; a query may ask for anything."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(request.GET)
