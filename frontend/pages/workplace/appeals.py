"""Appeals as the organisers work on them: the list, one with its facts, the acts on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.crypto import open_text
from accounts.errors import DomainError
from frontend.pages.public.appeal_log_pdf import log_response
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.appeal_decisions import (
    answer_appeal,
    confirm_appeal,
    examine_appeal,
    return_appeal,
)
from quiz.domain.appeal_evidence import may_open_keys, reviewed_attempts
from quiz.domain.appeal_reading import appeals_of, with_paper
from quiz.domain.appeals import LONGEST
from quiz.domain.corrections import CORRECTABLE
from quiz.domain.key_openings import note_keys_of_round
from quiz.enums import AppealKind, AppealState
from quiz.models import Appeal, Attempt, Contest
from quiz.permissions import RUN_CONTEST, SEE_APPEALS, may_confirm_appeal, may_run_contest
from quiz.queries.appeal import WAITING

PER_PAGE = 30


@require_GET
@contest_view(*SEE_APPEALS)
def appeals(request: HttpRequest, contest: Contest) -> HttpResponse:
    state, kind = request.GET.get("trang-thai", ""), request.GET.get("ve", "")
    rows = appeals_of(contest=contest, state=state, kind=kind if kind in AppealKind.values else "")
    context = contest_context(
        request,
        contest,
        "w-appeals",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        state=state,
        kind=kind,
        states=[("", _("Tất cả")), ("waiting", _("Chưa trả lời")), *AppealState.choices],
        kinds=[("", _("Tất cả")), *AppealKind.choices],
    )
    return render(request, "frontend/workplace/appeal/list.html", context)


def _appeal(contest: Contest, appeal_pk: int) -> Appeal:
    people = ("entrant", "examined_by", "answered_by", "decided_by")
    rows = Appeal.objects.filter(contest=contest).select_related("round__rules", *people)
    appeal = get_object_or_404(rows, pk=appeal_pk)
    appeal.contest = appeal.round.contest = contest
    return appeal


@require_GET
@contest_view(*SEE_APPEALS)
def appeal(request: HttpRequest, contest: Contest, appeal_pk: int) -> HttpResponse:
    return _show(request, _appeal(contest, appeal_pk))


def _show(
    request: HttpRequest,
    appeal: Appeal,
    refusal: DomainError | None = None,
    *,
    keys: bool = False,
) -> HttpResponse:
    """`keys`: on the one page that answers having asked for them."""
    user, contest = request.user, appeal.contest
    runs = may_run_contest(user, contest)
    attempts = reviewed_attempts(appeal=appeal, keys=keys)
    proposed = appeal.state == AppealState.PROPOSED
    context = contest_context(
        request,
        contest,
        "w-appeals",
        refusal=refusal,
        appeal=appeal,
        contact=open_text(appeal.contact) if runs else "",
        attempts=attempts,
        waits=appeal.state in WAITING,
        may_answer=runs and appeal.state in (AppealState.RECEIVED, AppealState.EXAMINING),
        may_confirm=proposed and may_confirm_appeal(user, appeal),
        may_open_keys=not keys
        and any(one.paper.items and not one.paper.keys for one in attempts)
        and may_open_keys(round=appeal.round, user=user),
        correctable=appeal.round.state in CORRECTABLE,
        typed=request.POST,
        longest=LONGEST,
    )
    return render(request, "frontend/workplace/appeal/appeal.html", context)


@require_POST
@contest_view(*RUN_CONTEST)
def show_keys(request: HttpRequest, contest: Contest, appeal_pk: int) -> HttpResponse:
    """The keys beside the answers, on this one page; the opening is recorded like any other."""
    shown = _appeal(contest, appeal_pk)
    allowed = may_open_keys(round=shown.round, user=request.user)
    if allowed:
        note_keys_of_round(round=shown.round, user=request.user)
    return _show(request, shown, keys=allowed)


@require_POST
@contest_view(*SEE_APPEALS)
def act_on_appeal(request: HttpRequest, contest: Contest, appeal_pk: int) -> HttpResponse:
    """Look at it, answer it, confirm or send back a proposal."""
    shown = _appeal(contest, appeal_pk)

    def act() -> HttpResponse:
        done = _ACTS.get(request.POST.get("act", ""), _answer)(request, shown)
        messages.success(request, done)
        return redirect("w-appeal", pk=contest.pk, appeal_pk=shown.pk)

    return attempted(act, lambda refusal: _show(request, _appeal(contest, appeal_pk), refusal))


def _examine(request: HttpRequest, appeal: Appeal) -> str:
    examine_appeal(appeal=appeal, user=request.user, now=timezone.now())
    return _("Đã ghi là đang xem xét.")


def _answer(request: HttpRequest, appeal: Appeal) -> str:
    answer_appeal(
        appeal=appeal,
        accept=request.POST.get("act") == "accept",
        answer=request.POST.get("answer", ""),
        changes_result="changes" in request.POST,
        user=request.user,
        now=timezone.now(),
    )
    if appeal.state == AppealState.PROPOSED:
        return _("Đã đề nghị chấp nhận; chờ người thứ hai quyết định.")
    return _("Đã trả lời; người khiếu nại xem được bằng mã của mình.")


def _confirm(request: HttpRequest, appeal: Appeal) -> str:
    confirm_appeal(appeal=appeal, user=request.user, now=timezone.now())
    return _("Đã chấp nhận; người khiếu nại xem được bằng mã của mình.")


def _send_back(request: HttpRequest, appeal: Appeal) -> str:
    return_appeal(appeal=appeal, reason=request.POST.get("reason", ""), user=request.user)
    return _("Đã trả lại để xem xét thêm.")


_ACTS: dict[str, Callable[[HttpRequest, Appeal], str]] = {
    "examine": _examine,
    "accept": _answer,
    "reject": _answer,
    "confirm": _confirm,
    "return": _send_back,
}


@require_GET
@contest_view(*SEE_APPEALS)
def attempt_log(request: HttpRequest, contest: Contest, attempt_pk: int) -> HttpResponse:
    """“Trích nhật ký bài thi” of any attempt of the contest, for the file."""
    rows: Any = with_paper(Attempt.objects.filter(round__contest=contest))
    response = log_response(request, get_object_or_404(rows, pk=attempt_pk))
    response["Cache-Control"] = "no-store"
    return response
