"""Entrants who may be one person: shown in the order of their effect on prizes, decided here."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new, rank_again
from quiz.domain.certainty import effective_cases
from quiz.domain.duplicate_advice import Proof, advise_cases, proofs_of
from quiz.domain.duplicates import (
    cases_by_effect,
    decide_different,
    decide_same,
    follow_advice,
    reopen_case,
)
from quiz.domain.entrant_reports import count_waiting
from quiz.domain.entrants import describe_entrants
from quiz.enums import DuplicateState, RoundState
from quiz.models import Contest, DuplicateCase, DuplicateMember
from quiz.permissions import RUN_CONTEST, SEE_CONTEST

PER_PAGE = 20


@require_GET
@contest_view(*SEE_CONTEST)
def duplicates(request: HttpRequest, contest: Contest) -> HttpResponse:
    return show_duplicates(request, contest)


def show_duplicates(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    rounds = list(contest.rounds.all())
    jobs = jobs_of(rounds, request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    effective = effective_cases(contest=contest)
    cases = cases_by_effect(contest=contest, effective=effective or ())
    cases = cases.select_related("decided_by", "kept")
    if (wanted := request.GET.get("case", "")).isdecimal():
        cases = cases.filter(pk=wanted)
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    waiting = DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN)
    effects = len(effective or ())
    context = contest_context(
        request,
        contest,
        "w-duplicates",
        refusal=refusal,
        page=page,
        rows=_rows(page),
        waiting=waiting.count(),
        effects=effects,
        harmless=waiting.count() - effects if effective is not None else 0,
        weighed=effective is not None,
        closed_rounds=[round for round in rounds if round.state == RoundState.CLOSED],
        closed=any(round.state not in (RoundState.DRAFT, RoundState.FROZEN) for round in rounds),
        jobs=jobs,
        reports=count_waiting(contest=contest),
    )
    return render(request, "frontend/workplace/duplicate/list.html", context)


def _rows(page: Page) -> list[dict[str, object]]:
    """The cases of a page with their members, the earliest registered first."""
    members = (
        DuplicateMember.objects.filter(case__in=[case.pk for case in page.object_list])
        .select_related("entrant__unit", "entrant__group")
        .order_by("entrant__registered_at", "entrant_id")
    )
    described = describe_entrants([member.entrant for member in members])
    by_case: dict[int, list[object]] = {}
    for member in members:
        by_case.setdefault(member.case_id, []).append(described[member.entrant_id])
    waiting = [case for case in page.object_list if case.state == DuplicateState.OPEN]
    advice = advise_cases(cases=waiting)
    proofs = proofs_of({member.entrant_id for member in members})
    return [
        {
            "case": case,
            "members": by_case.get(case.pk, []),
            "advice": advice.get(case.pk),
            "contact": {pk for pk, proof in proofs.items() if proof == Proof.CONTACT},
            "staff": {pk for pk, proof in proofs.items() if proof == Proof.STAFF_CODE},
        }
        for case in page.object_list
    ]


def _rank_again(contest: Contest, user: User) -> None:
    """Once no case waits any more; before that each decision would rank for nothing."""
    waiting = DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN)
    if not waiting.exists():
        rank_again(contest, user)


@require_POST
@contest_view(*RUN_CONTEST)
def decide(request: HttpRequest, contest: Contest, case_pk: int) -> HttpResponse:
    """One person (keeping the chosen or the earliest), several people, or undone."""
    case = get_object_or_404(DuplicateCase, pk=case_pk, contest=contest)
    case.contest = contest
    decision = request.POST.get("decision")
    note = request.POST.get("note", "")

    def act() -> HttpResponse:
        if decision == "different":
            decide_different(case=case, user=request.user, now=timezone.now(), note=note)
        elif decision == "reopen":
            reopen_case(case=case, user=request.user)
        else:
            members = {str(m.entrant_id): m.entrant for m in case.members.all()}
            kept = members.get(request.POST.get("kept", ""))
            decide_same(case=case, user=request.user, now=timezone.now(), kept=kept, note=note)
        _rank_again(contest, request.user)
        messages.success(request, _("Đã ghi quyết định."))
        return _back(request, contest)

    return attempted(act, lambda refusal: show_duplicates(request, contest, refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def follow(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Decide as proposed: the ticked cases, those on which no prize hangs, or all that wait."""
    scope = request.POST.get("scope", "ticked")
    waiting = DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN)

    def act() -> HttpResponse:
        decided = follow_advice(
            cases=_within(scope, contest, waiting, request).select_related("contest"),
            user=request.user,
            now=timezone.now(),
        )
        if scope == "ticked" and not decided:
            messages.warning(request, _("Chưa chọn trường hợp nào: đánh dấu rồi bấm lại."))
            return _back(request, contest)
        _rank_again(contest, request.user)
        done = _("Đã quyết định %(count)s trường hợp theo đề xuất.") % {"count": decided}
        messages.success(request, done)
        return _back(request, contest)

    return attempted(act, lambda refusal: show_duplicates(request, contest, refusal))


def _within(
    scope: str, contest: Contest, waiting: QuerySet[DuplicateCase], request: HttpRequest
) -> QuerySet[DuplicateCase]:
    if scope == "all":
        return waiting
    if scope == "harmless":
        effective = effective_cases(contest=contest)
        return waiting.none() if effective is None else waiting.exclude(pk__in=effective)
    ticked = [int(pk) for pk in request.POST.getlist("case") if pk.isascii() and pk.isdigit()]
    return waiting.filter(pk__in=ticked)


def _back(request: HttpRequest, contest: Contest) -> HttpResponse:
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return redirect(reverse("w-duplicates", args=[contest.pk]) + query)
