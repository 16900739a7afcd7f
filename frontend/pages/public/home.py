"""The front page: what is open with the time left, what is coming, what has ended; the library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.keeping import kept_briefly
from frontend.pages.public.library import newest_materials
from frontend.pages.public.showing import of_phase, show_contests
from quiz.domain.clock import read_now

ENDED_SHOWN = 12
MATERIALS_SHOWN = 3


@require_safe
@kept_briefly
def home(request: HttpRequest) -> HttpResponse:
    now = read_now()
    shown = show_contests(now)
    open_now = sorted(of_phase(shown, "open"), key=lambda contest: contest.round.closes_at)
    coming = sorted(
        of_phase(shown, "coming"),
        key=lambda contest: contest.round.opens_at.timestamp() if contest.round else float("inf"),
    )
    context = {
        "now": now,
        "section": "contests",
        "first": open_now[0] if open_now else None,
        "open_contests": open_now[1:],
        "coming_contests": coming,
        "ended_contests": of_phase(shown, "closed", "released")[:ENDED_SHOWN],
        "nothing": not shown,
        "materials": newest_materials(MATERIALS_SHOWN),
    }
    return render(request, "frontend/public/home.html", context)
