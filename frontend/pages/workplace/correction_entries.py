"""Voiding or restoring an entry after the release, and ties among the corrected results."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.corrections import back, correction_of, show_corrections
from frontend.pages.workplace.tie_settling import settle_posted
from quiz.domain.corrections import correct_attempt
from quiz.models import Attempt, Contest, Round
from quiz.permissions import RUN_CONTEST


@require_POST
@contest_view(*RUN_CONTEST)
def entry(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """From the entrant's page: put voiding or restoring an entry into the correction."""
    correction = correction_of(round)
    chosen = request.POST.get("attempt", "")
    attempt = get_object_or_404(Attempt, round=round, pk=chosen if chosen.isdigit() else 0)

    def act() -> HttpResponse:
        correct_attempt(
            correction=correction,
            attempt=attempt,
            reason=request.POST.get("reason", ""),
            user=request.user,
            restores=request.POST.get("act") == "restore",
        )
        messages.success(request, _("Đã thêm vào đính chính."))
        return back(round)

    return attempted(act, lambda refusal: show_corrections(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def tie(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """How a tie among the corrected results was settled; its effect is looked at anew."""
    correction = correction_of(round)

    def act() -> HttpResponse:
        if settle_posted(request, round, correction):
            messages.success(request, _("Đã ghi kết quả phân định; xem lại ảnh hưởng."))
        return back(round)

    return attempted(act, lambda refusal: show_corrections(request, round, refusal=refusal))
