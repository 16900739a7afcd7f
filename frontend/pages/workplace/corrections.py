"""Corrections of a round: what is to be changed, all that it changes, and the second person."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.correction_rows import (
    change_rows,
    earlier_corrections,
    effect_rows,
    fate_rows,
    prize_choices,
)
from frontend.pages.workplace.result_rows import tie_row
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new
from quiz.domain.correction_decisions import (
    approve_correction,
    return_correction,
    submit_correction,
)
from quiz.domain.correction_jobs import PREVIEW, SUBMIT, queue_correction_job
from quiz.domain.corrections import (
    CORRECTABLE,
    drop_correction,
    open_correction,
    take_back_change,
    undecided_correction,
    withdraw_prize,
)
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.key_openings import note_keys_of_round
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import RoundState
from quiz.models import Award, Contest, Correction, Round
from quiz.permissions import RUN_CONTEST, SEE_CONTEST, may_decide_correction

SHOWN = 50
TRUE_VALUES = ("old", "frozen", "recomputed")
CHANGES = {"dap-an": "amendments", "bai": "attempts", "giai": "withdrawals"}


@require_GET
@contest_view(*SEE_CONTEST)
def corrections(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return show_corrections(request, round)


def show_corrections(
    request: HttpRequest, round: Round, *, refusal: DomainError | None = None
) -> HttpResponse:
    round.refresh_from_db()
    jobs = jobs_of([round], request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    correction = undecided_correction(round=round)
    context = contest_context(
        request,
        round.contest,
        "w-results",
        refusal=refusal,
        round=round,
        jobs=jobs,
        correctable=round.state in CORRECTABLE,
        released=round.state == RoundState.RELEASED,
        correction=correction,
        earlier=earlier_corrections(round),
    )
    if correction is not None:
        context |= _open_one(request, correction, runs=context["runs"])
    return render(request, "frontend/workplace/correction/corrections.html", context)


def _open_one(request: HttpRequest, correction: Correction, *, runs: bool) -> dict[str, Any]:
    """The correction that is being made or decided."""
    decides = may_decide_correction(request.user, correction)
    keys = runs or decides
    if keys and correction.amendments.exists():
        note_keys_of_round(round=correction.round, user=request.user)
    mine = runs and correction.opened_by_id == request.user.pk and correction.state == "draft"
    context: dict[str, Any] = {
        "decides": decides,
        "mine": mine,
        "changes": change_rows(correction, keys=keys),
        "prizes": prize_choices(correction.round) if mine else [],
    }
    if correction.preview is not None:
        seen = may_see_counts(user=request.user, contest=correction.round.contest)
        pages = Paginator(effect_rows(correction), SHOWN)
        names = dict(correction.round.contest.groups.values_list("code", "name"))
        values = [
            {name: Decimal(row[name]) if row[name] is not None else None for name in TRUE_VALUES}
            | {"name": names[row["group"]]}
            for row in correction.preview["values"]
        ]
        rules = rules_of_round(round=correction.round)
        context |= {
            "effect": correction.preview | {"values": values},
            "policy": rules.result.actual_value_policy if rules else "",
            "counts_seen": seen,
            "fates": fate_rows(correction.preview) if seen else [],
            "page": pages.get_page(request.GET.get("page") if seen else 1),
            "ties": _ties(correction) if mine else [],
            "tie_route": "w-correction-tie",
        }
    return context


def _ties(correction: Correction) -> list[dict[str, Any]]:
    """Those that prizes would hang on."""
    groups = {group.code: group for group in correction.round.contest.groups.all()}
    ties = (correction.preview or {}).get("ties", [])
    return [
        tie_row(correction.round, groups[tie["group"]], tie["rank"], tie["attempts"])
        for tie in ties
    ]


def back(round: Round) -> HttpResponse:
    return redirect("w-corrections", pk=round.contest_id, round_pk=round.pk)


def correction_of(round: Round) -> Correction:
    correction = undecided_correction(round=round)
    if correction is None:
        raise Http404
    return correction


def _act(request: HttpRequest, round: Round, act: Any, said: str = "") -> HttpResponse:
    """Do it and come back to the page; refused, the page says why."""

    def done() -> HttpResponse:
        act()
        if said:
            messages.success(request, said)
        return back(round)

    return attempted(done, lambda refusal: show_corrections(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def begin(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    def act() -> None:
        open_correction(
            round=round,
            reason=request.POST.get("reason", ""),
            user=request.user,
            now=timezone.now(),
        )

    return _act(request, round, act)


@require_POST
@contest_view(*RUN_CONTEST)
def withdraw(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    correction = correction_of(round)
    chosen = request.POST.get("award", "")
    award = get_object_or_404(Award, round=round, pk=chosen if chosen.isdigit() else 0)

    def act() -> None:
        withdraw_prize(
            correction=correction,
            award=award,
            reason=request.POST.get("reason", ""),
            user=request.user,
        )

    return _act(request, round, act, _("Đã thêm vào đính chính."))


@require_POST
@contest_view(*RUN_CONTEST)
def take_back(
    request: HttpRequest, contest: Contest, round: Round, kind: str, change_pk: int
) -> HttpResponse:
    if kind not in CHANGES:
        raise Http404
    changes = getattr(correction_of(round), CHANGES[kind])
    change = get_object_or_404(changes, pk=change_pk)
    return _act(
        request,
        round,
        lambda: take_back_change(change=change, user=request.user),
        _("Đã bỏ khỏi đính chính."),
    )


@require_POST
@contest_view(*RUN_CONTEST)
def preview(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _queue(request, round, PREVIEW)


@require_POST
@contest_view(*RUN_CONTEST)
def submit(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Of a released round the worker drafts the next release; else it waits as it is."""
    correction = correction_of(round)
    if round.state == RoundState.RELEASED:
        return _queue(request, round, SUBMIT)
    return _act(
        request,
        round,
        lambda: submit_correction(correction=correction, user=request.user),
        _("Đã trình; người thứ hai duyệt tại trang này."),
    )


def _queue(request: HttpRequest, round: Round, kind: str) -> HttpResponse:
    correction = correction_of(round)
    return _act(
        request,
        round,
        lambda: queue_correction_job(
            kind=kind, correction=correction, user=request.user, now=timezone.now()
        ),
    )


@require_POST
@contest_view(*SEE_CONTEST)
def approve(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    correction = correction_of(round)
    return _act(
        request,
        round,
        lambda: approve_correction(correction=correction, user=request.user, now=timezone.now()),
        _("Đã duyệt đính chính."),
    )


@require_POST
@contest_view(*SEE_CONTEST)
def send_back(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    correction = correction_of(round)
    reason = request.POST.get("reason", "")
    return _act(
        request,
        round,
        lambda: return_correction(correction=correction, user=request.user, reason=reason),
        _("Đã trả lại đính chính."),
    )


@require_POST
@contest_view(*RUN_CONTEST)
def drop(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    correction = correction_of(round)
    return _act(
        request,
        round,
        lambda: drop_correction(correction=correction, user=request.user),
        _("Đã bỏ đính chính; không có gì thay đổi."),
    )
