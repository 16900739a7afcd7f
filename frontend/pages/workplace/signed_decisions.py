"""Number and date of the decision that was signed, entered before the second person acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.results import DecisionForm, show_results, waiting_release
from quiz.domain.releases import enter_decision
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST


@require_POST
@contest_view(*RUN_CONTEST)
def enter(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    waiting = waiting_release(round)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        response = show_results(request, round, decision=form)
        response.status_code = 422
        return response

    def act() -> HttpResponse:
        enter_decision(release=waiting, user=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi số quyết định. Người thứ hai duyệt là công bố."))
        return redirect("w-results", pk=contest.pk, round_pk=round.pk)

    return attempted(
        act, lambda refusal: show_results(request, round, refusal=refusal, decision=form)
    )
