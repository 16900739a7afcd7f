"""The result of a round: ranked, ties settled, sealed, signed, released, downloaded."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.reveals import read_reason, reason_choices
from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.models import Job, User
from accounts.permissions import seen_jobs
from frontend.pages.addresses import absolute_url, origin_for
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.result_rows import (
    award_tables,
    explain_values,
    standing_rows,
    tie_rows,
)
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new, queue_for
from quiz.domain.approvers import release_approvers
from quiz.domain.awards import awards_are_current
from quiz.domain.checklist_after_close import EXPORTS
from quiz.domain.corrections import undecided_correction
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.finality import describe_finality, finality_of, make_official
from quiz.domain.release_approvals import ask_release_approval
from quiz.domain.releases import current_release, return_release
from quiz.domain.result_jobs import RANK_ROUND, SEAL_ROUND, SUBMIT_RELEASE
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.sealing import unseal_round
from quiz.domain.ties import decisions_in_force
from quiz.enums import ReleaseState, RoundState
from quiz.errors import RoundNotReady
from quiz.interfaces.excel.export_jobs import queue_export
from quiz.models import Contest, Release, Round
from quiz.permissions import (
    RUN_CONTEST,
    SEE_CONTEST,
    may_audit_contest,
    may_export_persons,
    may_release,
)

AFTER_CLOSE = (RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)
SHOWN = 50
ASKED_SESSION_KEY = "asked_approval"


class DecisionForm(forms.Form):
    decision_number = forms.CharField(
        label=gettext_lazy("Số quyết định"),
        max_length=80,
        help_text=gettext_lazy("Ví dụ: 12/QĐ-BTC"),
    )
    decision_date = forms.DateField(
        label=gettext_lazy("Ngày quyết định"), help_text=gettext_lazy("Ví dụ: 22/11/2026")
    )


@require_GET
@contest_view(*SEE_CONTEST)
def results(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return show_results(request, round)


def show_results(
    request: HttpRequest,
    round: Round,
    *,
    refusal: DomainError | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    round.refresh_from_db()
    contest, user = round.contest, request.user
    jobs = jobs_of([round], user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    newest = round.releases.order_by("-number").select_related("submitted_by").first()
    context = contest_context(
        request,
        contest,
        "w-results",
        refusal=refusal,
        round=round,
        round_tabs=_round_tabs(contest),
        closed=round.state in AFTER_CLOSE,
        jobs=jobs,
        release=newest,
        published=current_release(round=round),
        correction=undecided_correction(round=round),
        **(_ranking(round, user) if round.state in AFTER_CLOSE else {}),
        **(_signing(request, newest, decision) if newest is not None else {}),
        exports=_exports(round, user),
        **_finality(round, newest),
        may_export=may_export_persons(user, contest),
        may_audit=may_audit_contest(user, contest),
        reasons=reason_choices(),
        now=timezone.now(),
    )
    if context["closed"]:
        pages = Paginator(standing_rows(round), SHOWN)
        number = request.GET.get("page") if context["counts_seen"] else 1
        context["page"] = pages.get_page(number)
    return render(request, "frontend/workplace/result/results.html", context)


def _round_tabs(contest: Contest) -> list[tuple[str, str, str]]:
    rounds = contest.rounds.exclude(state=RoundState.DRAFT).order_by("number")
    return [
        (
            reverse("w-results", kwargs={"pk": contest.pk, "round_pk": round.pk}),
            round.name,
            str(round.pk),
        )
        for round in rounds
    ]


def _ranking(round: Round, user: User) -> dict[str, Any]:
    """What there is to see and to settle before the seal."""
    open_yet = round.state == RoundState.CLOSED
    seen = may_see_counts(user=user, contest=round.contest)
    rules = rules_of_round(round=round)
    return {
        "unit_prizes": not open_yet and rules is not None and rules.result.unit_prizes is not None,
        "predicts": rules is not None and rules.entry.prediction is not None,
        "counts_seen": seen,
        "values": explain_values(round) if seen else [],
        "current": not open_yet or awards_are_current(round=round),
        "ties": tie_rows(round) if open_yet else [],
        "tie_route": "w-tie",
        "awards": award_tables(round),
        "decided": list(decisions_in_force(round=round).select_related("group", "decided_by")),
        "seal": getattr(round, "seal", None),
    }


def _signing(
    request: HttpRequest, release: Release, decision: DecisionForm | None
) -> dict[str, Any]:
    """What the one who asks and the one who approves see of a release that waits."""
    asked = request.session.get(ASKED_SESSION_KEY) or {}
    if asked.get("release") == release.pk:
        del request.session[ASKED_SESSION_KEY]  # shown once
    else:
        asked = {}
    waiting = release.state == ReleaseState.SUBMITTED
    return {
        "approvers": [
            (person.pk, person.full_name, person.username)
            for person in release_approvers(release=release)
        ]
        if waiting
        else [],
        "may_release": waiting and may_release(request.user, release),
        "decision": decision or DecisionForm(initial=_decision_of(release)),
        "asked": asked,
    }


def _finality(round: Round, release: Release | None) -> dict[str, Any]:
    """Of a published release: preliminary or official, and what is still in the way."""
    if release is None or release.state != ReleaseState.RELEASED:
        return {}
    finality = finality_of(round=round, now=timezone.now())
    return {"finality": finality, "finality_told": describe_finality(finality)}


def _decision_of(release: Release) -> dict[str, Any]:
    """What was entered of the signed decision, else today."""
    return {
        "decision_number": release.decision_number,
        "decision_date": release.decision_date or timezone.localdate(),
    }


def _exports(round: Round, user: User) -> list[Job]:
    """The newest finished file of each kind that the person asked for."""
    files: dict[str, Job] = {}
    done = seen_jobs(user).filter(kind__in=EXPORTS, params__round=round.pk, state=JobState.DONE)
    for job in done.order_by("-pk"):
        files.setdefault(job.kind, job)
    return [files[kind] for kind in EXPORTS if kind in files]


def _back(round: Round) -> HttpResponse:
    return redirect("w-results", pk=round.contest_id, round_pk=round.pk)


def _address(round: Round) -> str:
    return _back(round).url


@require_POST
@contest_view(*RUN_CONTEST)
def rank(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return queue_for(request, round, RANK_ROUND, _address(round))


@require_POST
@contest_view(*RUN_CONTEST)
def seal(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return queue_for(request, round, SEAL_ROUND, _address(round))


@require_POST
@contest_view(*RUN_CONTEST)
def unseal(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    def act() -> HttpResponse:
        unseal_round(round=round, user=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Đã mở niêm phong. Sửa xong thì xếp hạng và niêm phong lại."))
        return _back(round)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def submit(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return queue_for(request, round, SUBMIT_RELEASE, _address(round))


@require_POST
@contest_view(*RUN_CONTEST)
def official(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """From preliminary to official, by a person."""
    newest = current_release(round=round)

    def act() -> HttpResponse:
        if newest is None:
            raise RoundNotReady
        make_official(release=newest, user=request.user, now=timezone.now())
        messages.success(request, _("Đã xác nhận kết quả chính thức."))
        return _back(round)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


def waiting_release(round: Round) -> Release:
    release = round.releases.filter(state=ReleaseState.SUBMITTED).first()
    if release is None:
        raise Http404
    return release


@require_POST
@contest_view(*RUN_CONTEST)
def ask_approval(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """A personal link and a code for the second person, shown once on the next page."""
    release = waiting_release(round)
    people = release_approvers(release=release)
    approver = get_object_or_404(people, pk=request.POST.get("approver") or 0)

    def act() -> HttpResponse:
        asked = ask_release_approval(
            release=release, approver=approver, user=request.user, now=timezone.now()
        )
        request.session[ASKED_SESSION_KEY] = {
            "release": release.pk,
            "name": approver.full_name,
            "link": absolute_url(request, asked.link),
            "code": asked.code,
        }
        return _back(round)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


@require_POST
@contest_view(*SEE_CONTEST)
def send_back(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    waiting = waiting_release(round)

    def act() -> HttpResponse:
        return_release(release=waiting, user=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Đã trả lại bản trình."))
        return _back(round)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))


@require_POST
@contest_view(*SEE_CONTEST)
def export(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Both workbooks, or the one asked for, made by the worker; `whole` asks for a reason."""
    wanted = [kind for kind in EXPORTS if request.POST.get("kind") in ("", None, kind)]

    def act() -> HttpResponse:
        reason = None
        if "whole" in request.POST:
            reason = read_reason(
                code=request.POST.get("reason", ""), text=request.POST.get("reason_text", "")
            )
        for kind in wanted:
            queue_export(
                kind=kind,
                round=round,
                user=request.user,
                now=timezone.now(),
                origin=origin_for(request),
                reason=reason,
            )
        return _back(round)

    return attempted(act, lambda refusal: show_results(request, round, refusal=refusal))
