"""Settling a tie at a prize's edge: by lot from a named source, or by the board's order."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Fault, Faults
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.lot_publishing import PUBLISH, posted_notice
from frontend.pages.workplace.results import show_results
from frontend.pages.workplace.round_jobs import queue_for
from quiz.domain.lots import publish_lot
from quiz.domain.result_jobs import RANK_ROUND
from quiz.domain.ties import decide_tie, draw_lot, tied_in, withdraw_tie_decision
from quiz.enums import TieMethod
from quiz.models import Contest, Correction, Round
from quiz.permissions import RUN_CONTEST


@require_POST
@contest_view(*RUN_CONTEST)
def settle(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Record how the tie was settled; the worker ranks and awards again."""

    def act() -> HttpResponse:
        if not settle_posted(request, round):
            return redirect(_address(round))
        messages.success(request, _("Đã ghi kết quả phân định; đang xếp hạng lại."))
        return queue_for(request, round, RANK_ROUND, _address(round))

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


def settle_posted(request: HttpRequest, round: Round, correction: Correction | None = None) -> bool:
    """Publish, draw or decide as the form says, among the results as they are or as the correction
    would leave them. False when the set is only published yet. Raises what those acts do.
    """
    group = get_object_or_404(round.contest.groups, code=request.POST.get("group", ""))
    asked = request.POST.get("rank", "")
    rank = int(asked) if asked.isascii() and asked.isdigit() else 0
    about: dict[str, Any] = {
        "round": round,
        "group": group,
        "user": request.user,
        "correction": correction,
    }
    method, now = request.POST.get("method"), timezone.now()
    if method == PUBLISH:
        publish_lot(**about, **posted_notice(request), rank=rank, now=now)
        messages.success(request, _("Đã công bố. Khi nguồn có kết quả, nhập kết quả vào đây."))
        return False
    minutes = request.POST.get("minutes", "")
    if method == TieMethod.LOT:
        seed = request.POST.get("seed", "")
        draw_lot(**about, minutes=minutes, rank=rank, seed=seed, now=now)
    else:
        order = typed_order(request, tied_in(round, group, rank, correction))
        decide_tie(**about, minutes=minutes, order=order)
    return True


def typed_order(request: HttpRequest, tied: Sequence[int]) -> list[int]:
    """The tied attempts by the numbers 1, 2, 3 … typed beside them; those left empty stay tied.

    Raises Faults unless the numbers run from 1 without gap or repetition.
    """
    typed = {attempt: request.POST.get(f"place-{attempt}", "").strip() for attempt in tied}
    places = {attempt: text for attempt, text in typed.items() if text}
    wanted = [str(place) for place in range(1, len(places) + 1)]
    if not places or sorted(places.values()) != sorted(wanted):
        raise Faults(
            [
                Fault(
                    _("Thứ tự do Ban Tổ chức quyết định"),
                    "order_unclear",
                    _("các số thứ tự chưa liên tục từ 1 hoặc bị trùng."),
                    _("Đánh số 1, 2, 3… cho từng người, mỗi số một lần."),
                )
            ]
        )
    return sorted(places, key=lambda attempt: int(places[attempt]))


@require_POST
@contest_view(*RUN_CONTEST)
def withdraw(request: HttpRequest, contest: Contest, round: Round, made_pk: int) -> HttpResponse:
    made = get_object_or_404(round.tie_decisions, pk=made_pk)

    def act() -> HttpResponse:
        withdraw_tie_decision(made=made, reason=request.POST.get("reason", ""), user=request.user)
        messages.success(request, _("Đã huỷ kết quả phân định; đang xếp hạng lại."))
        return queue_for(request, round, RANK_ROUND, _address(round))

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


def _address(round: Round) -> str:
    return reverse("w-results", kwargs={"pk": round.contest_id, "round_pk": round.pk})
