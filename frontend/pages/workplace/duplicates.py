"""Entrants who may be one person: shown in the order of their effect on prizes, decided here."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
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
from quiz.domain.duplicates import (
    cases_by_effect,
    decide_different,
    decide_same,
    keep_earliest,
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
    cases = cases_by_effect(contest=contest).select_related("decided_by", "kept")
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = contest_context(
        request,
        contest,
        "w-duplicates",
        refusal=refusal,
        page=page,
        rows=_rows(page),
        waiting=cases.filter(state=DuplicateState.OPEN).count(),
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
    return [{"case": case, "members": by_case.get(case.pk, [])} for case in page.object_list]


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
def keep_all_earliest(request: HttpRequest, contest: Contest) -> HttpResponse:
    """“Giữ bài sớm nhất” for the ticked cases, or for all that wait."""
    waiting = DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN)
    ticked = [int(pk) for pk in request.POST.getlist("case") if pk.isascii() and pk.isdigit()]
    cases = waiting if "all" in request.POST else waiting.filter(pk__in=ticked)

    def act() -> HttpResponse:
        decided = keep_earliest(
            cases=cases.select_related("contest"), user=request.user, now=timezone.now()
        )
        _rank_again(contest, request.user)
        done = _("Đã giữ người đăng ký sớm nhất ở %(count)s trường hợp.") % {"count": decided}
        messages.success(request, done)
        return _back(request, contest)

    return attempted(act, lambda refusal: show_duplicates(request, contest, refusal))


def _back(request: HttpRequest, contest: Contest) -> HttpResponse:
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return redirect(reverse("w-duplicates", args=[contest.pk]) + query)
