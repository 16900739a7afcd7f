"""Publishing a tied set with its future source before a lot, and taking that back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_forms import MomentField
from frontend.pages.workplace.results import show_results
from quiz.domain.lots import withdraw_lot
from quiz.domain.ties import refuse_tie
from quiz.enums import TieMethod
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST

# Among the ways to settle a tie, what comes before a lot.
PUBLISH = "publish"


def posted_notice(request: HttpRequest) -> dict[str, Any]:
    """Source and moment of a lot as the form has them, for `publish_lot`. Raises Faults."""
    return {
        "source": request.POST.get("source", ""),
        "draws_at": _moment(request.POST.get("draws_at", "")),
    }


def _moment(text: str) -> datetime:
    """Raises Faults."""
    try:
        return MomentField().clean(text)
    except ValidationError:
        raise refuse_tie(
            TieMethod.LOT,
            "no_moment",
            _("Chưa có ngày giờ nguồn cho kết quả."),
            _("Chọn ngày giờ, ví dụ giờ quay số mở thưởng."),
        ) from None


@require_POST
@contest_view(*RUN_CONTEST)
def withdraw(request: HttpRequest, contest: Contest, round: Round, notice_pk: int) -> HttpResponse:
    notice = get_object_or_404(round.lot_notices, pk=notice_pk, withdrawn_at=None)

    def act() -> HttpResponse:
        withdraw_lot(
            notice=notice,
            reason=request.POST.get("reason", ""),
            user=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Đã rút; bản đã công bố vẫn hiện trên trang bốc thăm."))
        return redirect("w-results", pk=contest.pk, round_pk=round.pk)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))
