"""Voiding or restoring an entry after the release, and ties among the corrected results."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.corrections import back, correction_of, show_corrections
from frontend.pages.workplace.lot_publishing import PUBLISH, posted_notice
from frontend.pages.workplace.tie_settling import typed_order
from quiz.domain.corrections import correct_attempt
from quiz.domain.lots import publish_lot
from quiz.domain.ties import decide_tie, draw_lot
from quiz.enums import TieMethod
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
    group = get_object_or_404(contest.groups, code=request.POST.get("group", ""))
    rank = request.POST.get("rank", "")
    number = int(rank) if rank.isascii() and rank.isdigit() else 0
    ties = (correction.preview or {}).get("ties", [])
    tied = next(
        (t["attempts"] for t in ties if (t["group"], t["rank"]) == (group.code, number)), []
    )
    common: dict[str, Any] = {
        "round": round,
        "group": group,
        "user": request.user,
        "correction": correction,
    }
    minutes = {"minutes": request.POST.get("minutes", "")}

    def act() -> HttpResponse:
        method, now = request.POST.get("method"), timezone.now()
        if method == PUBLISH:
            publish_lot(**common, **posted_notice(request), rank=number, now=now)
            messages.success(request, _("Đã công bố. Khi nguồn có kết quả, nhập kết quả vào đây."))
            return back(round)
        if method == TieMethod.LOT:
            seed = request.POST.get("seed", "")
            draw_lot(**common, **minutes, rank=number, seed=seed, now=now)
        else:
            decide_tie(**common, **minutes, order=typed_order(request, tied))
        messages.success(request, _("Đã ghi kết quả phân định; xem lại ảnh hưởng."))
        return back(round)

    return attempted(act, lambda refusal: show_corrections(request, round, refusal=refusal))
