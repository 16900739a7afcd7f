"""Draws by lot: what was published before, what the source gave, and the order to make again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.contest import public_contest
from quiz.domain.clock import read_now
from quiz.domain.lots import shown_lots


@require_safe
def lots(request: HttpRequest, code: str) -> HttpResponse:
    contest = public_contest(code, read_now()).contest
    context = {"section": "contests", "contest": contest, "lots": shown_lots(contest=contest)}
    return render(request, "frontend/public/lots.html", context)
