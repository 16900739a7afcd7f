"""The heads of a contest's rounds: what was promised about all entries, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from quiz.domain.clock import read_now
from quiz.domain.heads import shown_heads


@require_safe
@kept_briefly
def heads(request: HttpRequest, code: str) -> HttpResponse:
    now = read_now()
    shown = public_contest(code, now)
    rounds = [
        (one.round, one.phase, list(shown_heads(round=one.round, now=now)))
        for one in shown.rounds
        if one.round.commitment
    ]
    context = {
        "section": "contests",
        "contest": shown.contest,
        "rounds": rounds[::-1],
        "any": any(heads for _round, _phase, heads in rounds),
        "over": bool(rounds) and all(phase == "released" for _round, phase, _heads in rounds),
    }
    return render(request, "frontend/public/heads.html", context)
