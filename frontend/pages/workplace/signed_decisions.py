"""The signed decision: its number and date entered, and the second person publishes by it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.results import DecisionForm, show_results, waiting_release
from quiz.domain.releases import approve_release, enter_decision
from quiz.enums import ReleaseState
from quiz.models import Contest, Release, Round
from quiz.permissions import RUN_CONTEST, SEE_CONTEST


@require_POST
@contest_view(*RUN_CONTEST)
def enter(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Before the second person acts, who then finds both filled in."""

    def act(waiting: Release, decision: dict[str, Any]) -> None:
        enter_decision(release=waiting, user=request.user, **decision)
        messages.success(request, _("Đã ghi số quyết định. Người thứ hai duyệt là công bố."))

    return _with_decision(request, round, act)


@require_POST
@contest_view(*SEE_CONTEST)
def release(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The second person, signed in: it is published."""

    def act(waiting: Release, decision: dict[str, Any]) -> None:
        approve_release(release=waiting, user=request.user, now=timezone.now(), **decision)
        waiting.refresh_from_db()
        if waiting.state == ReleaseState.RELEASED:
            messages.success(request, _("Đã công bố kết quả."))
        else:
            messages.success(request, _("Đã duyệt; máy đang áp dụng đính chính rồi công bố."))

    return _with_decision(request, round, act)


def _with_decision(
    request: HttpRequest, round: Round, act: Callable[[Release, dict[str, Any]], None]
) -> HttpResponse:
    """Act on the waiting release with the number and date of the form; refused, it is kept."""
    waiting = waiting_release(round)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        response = show_results(request, round, decision=form)
        response.status_code = 422
        return response

    def done() -> HttpResponse:
        act(waiting, form.cleaned_data)
        return redirect("w-results", pk=round.contest_id, round_pk=round.pk)

    return attempted(
        done, lambda refusal: show_results(request, round, refusal=refusal, decision=form)
    )
