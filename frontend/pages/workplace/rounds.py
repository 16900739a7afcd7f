"""One round: its window, freezing and unfreezing, closing after its end."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_forms import RoundForm
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.contest_settings import FIELDS
from frontend.pages.workplace.contests import show_contest
from frontend.pages.workplace.refused import form_status, stored
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new, queue_for
from quiz.domain.contests import move_round, publish_contest, remove_round
from quiz.domain.result_jobs import CLOSE_ROUND
from quiz.domain.round_closing import last_deadline
from quiz.domain.rounds import freeze_round, round_faults, unfreeze_round
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.validity_decisions import open_doubts
from quiz.enums import ContestState, RoundState
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST, SEE_CONTEST


@require_GET
@contest_view(*SEE_CONTEST)
def round_page(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return show_round(request, round)


def show_round(
    request: HttpRequest,
    round: Round,
    *,
    refusal: DomainError | None = None,
    form: RoundForm | None = None,
) -> HttpResponse:
    jobs = jobs_of([round], request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    now = timezone.now()
    rules = rules_of_round(round=round)
    draft = round.state == RoundState.DRAFT
    initial = {"name": round.name, "opens_at": round.opens_at, "closes_at": round.closes_at}
    ends_at = last_deadline(round=round, rules=rules) if rules else round.closes_at
    context = contest_context(
        request,
        round.contest,
        "w-contest",
        refusal=refusal,
        round=round,
        form=form or RoundForm(initial=initial),
        draft=draft,
        missing=round_faults(round=round, now=now) if draft else [],
        opened=not draft and now >= round.opens_at,
        doubts=len(open_doubts(round=round)) if round.state == RoundState.FROZEN else 0,
        over=now >= ends_at,
        ends_at=ends_at,
        now=now,
        jobs=jobs,
    )
    status = form_status(form)
    return render(request, "frontend/workplace/round/round.html", context, status=status)


@require_POST
@contest_view(*RUN_CONTEST)
def change(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Another name or window, while the round is a draft."""
    form = RoundForm(request.POST)
    if not stored(form, partial(move_round, round=round, user=request.user), FIELDS):
        return show_round(request, round, form=form)
    messages.success(request, _("Đã lưu thời gian của vòng thi."))
    return redirect("w-contest", pk=contest.pk)


@require_POST
@contest_view(*RUN_CONTEST)
def remove(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    def act() -> HttpResponse:
        remove_round(round=round, user=request.user)
        messages.success(request, _("Đã xoá vòng thi."))
        return redirect("w-contest", pk=contest.pk)

    return attempted(act, lambda refusal: show_round(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def freeze(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Freeze; with `publish` the contest goes to the public page in the same click."""
    publishing = "publish" in request.POST and contest.state == ContestState.DRAFT

    @transaction.atomic
    def act() -> HttpResponse:
        if publishing:
            publish_contest(contest=contest, user=request.user)
        freeze_round(round=round, user=request.user, now=timezone.now())
        messages.success(request, _("Đã chốt đề %(round)s.") % {"round": round.name})
        return redirect("w-contest", pk=contest.pk)

    def otherwise(refusal: DomainError) -> HttpResponse:
        contest.refresh_from_db()
        return show_contest(request, contest, refusal)

    return attempted(act, otherwise)


@require_POST
@contest_view(*RUN_CONTEST)
def unfreeze(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    def act() -> HttpResponse:
        unfreeze_round(round=round, user=request.user, now=timezone.now())
        messages.success(request, _("Đã bỏ chốt đề; cam kết đã đăng không còn hiệu lực."))
        return redirect("w-round", pk=contest.pk, round_pk=round.pk)

    return attempted(act, lambda refusal: show_round(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def close(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The worker closes, finds duplicates and ranks."""
    return queue_for(request, round, CLOSE_ROUND, reverse("w-contest", args=[contest.pk]))
