"""The organiser's acts on one attempt: more time, one more attempt, voiding, restoring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.entrants import entrant_of, show_entrant
from frontend.pages.workplace.round_jobs import rank_again
from quiz.domain.extensions import extend_attempt, restore_attempt, void_attempt
from quiz.domain.extra_attempts import grant_attempt
from quiz.enums import RoundState
from quiz.models import Attempt, Contest, Entrant
from quiz.permissions import RUN_CONTEST


@require_POST
@contest_view(*RUN_CONTEST)
def act_on_attempt(
    request: HttpRequest, contest: Contest, entrant_pk: int, attempt_pk: int
) -> HttpResponse:
    entrant = entrant_of(contest, entrant_pk)
    attempt = get_object_or_404(
        Attempt.objects.select_related("round"), pk=attempt_pk, entrant=entrant
    )

    def act() -> HttpResponse:
        _do(request, attempt)
        return redirect("w-entrant", pk=contest.pk, entrant_pk=entrant.pk)

    return attempted(act, lambda refusal: show_entrant(request, _again(entrant), refusal))


def _again(entrant: Entrant) -> Entrant:
    return entrant_of(entrant.contest, entrant.pk)


def _do(request: HttpRequest, attempt: Attempt) -> None:
    reason, user = request.POST.get("reason", ""), request.user
    kind = request.POST.get("act")
    if kind == "extend":
        minutes = request.POST.get("minutes", "")
        seconds = int(minutes) * 60 if minutes.isascii() and minutes.isdigit() else 0
        extend_attempt(attempt=attempt, seconds=seconds, reason=reason, user=user)
        messages.success(request, _("Đã gia hạn; trang của người dự thi tự nhận giờ mới."))
        return
    if kind == "grant":
        granted = request.POST.get("granted", "")
        number = int(granted) if granted.isascii() and granted.isdigit() else -1
        grant_attempt(attempt=attempt, granted=number, reason=reason, user=user)
        messages.success(
            request, _("Đã cho thi thêm một lượt; người dự thi bắt đầu ở trang vào thi.")
        )
        return
    if kind == "void":
        void_attempt(attempt=attempt, reason=reason, user=user)
        messages.success(request, _("Đã huỷ bài thi."))
    else:
        restore_attempt(attempt=attempt, reason=reason, user=user)
        messages.success(request, _("Đã khôi phục bài thi."))
    if attempt.round.state == RoundState.CLOSED:
        rank_again(attempt.round.contest, user)
