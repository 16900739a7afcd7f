"""One contest: what it is, who may enter, when, what it takes, and one thing to do."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.keeping import kept_briefly
from frontend.pages.public.showing import ShownContest, show_contest
from quiz.domain.clock import read_now
from quiz.errors import ContestNotFound
from quiz.models import Contest


def public_contest(code: str, now: datetime) -> ShownContest:
    """The contest anyone may read about. Raises ContestNotFound, also for one being prepared."""
    contest = Contest.objects.public().select_related("rules").filter(code=code).first()
    if contest is None:
        raise ContestNotFound()
    return show_contest(contest, now)


@require_safe
@kept_briefly
def contest(request: HttpRequest, code: str) -> HttpResponse:
    now = read_now()
    shown = public_contest(code, now)
    rules = shown.rules
    context = {
        "now": now,
        "section": "contests",
        "shown": shown,
        "contest": shown.contest,
        "round": shown.round,
        "rules": rules,
        "groups": shown.contest.groups.all(),
        "prizes": rules.result.prizes if rules else (),
    }
    return render(request, "frontend/public/contest.html", context)
