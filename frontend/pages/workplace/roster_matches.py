"""Entries that look like people of the compulsory list: confirmed, refused, taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.jobs import queue_job
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.roster_matching import (
    FIND,
    check_may_match,
    confirm_match,
    confirm_sure,
    matches_of,
    open_matches,
    refuse_match,
    reopen_match,
    sure_matches,
)
from quiz.domain.winners import birth_text
from quiz.enums import MatchState
from quiz.errors import CountsSecret
from quiz.models import Contest, RosterMatch
from quiz.permissions import RUN_CONTEST

PER_PAGE = 20


@require_GET
@contest_view(*RUN_CONTEST)
def matches(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _page(request, contest)


def _page(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    seen = may_see_counts(user=request.user, contest=contest)
    more: dict[str, Any] = {"secret": None if seen else CountsSecret(), "refusal": refusal}
    if seen and contest.roster_id:
        waiting = open_matches(contest=contest).values("pk")
        decided = matches_of(contest=contest)
        shown = decided.filter(pk__in=waiting) | decided.exclude(state=MatchState.OPEN)
        shown = shown.select_related("entry__unit", "entrant__unit", "decided_by")
        page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
        more |= {
            "page": page,
            "rows": [{"match": match, "sides": _sides(match)} for match in page.object_list],
            "sure": sure_matches(contest=contest).count(),
        }
    context = contest_context(request, contest, "w-matches", **more)
    return render(request, "frontend/workplace/contest/matches.html", context)


def _sides(match: RosterMatch) -> list[tuple[str, ...]]:
    """Both as (source, name, birth date, staff code, unit, address)."""
    url = reverse("w-entrant", args=[match.contest_id, match.entrant_id])
    sides = (
        (pgettext("một", "Danh sách bắt buộc"), match.entry, ""),
        (_("Người dự thi"), match.entrant, url),
    )
    return [
        (
            source,
            side.full_name,
            birth_text(side.birth_date, side.birth_precision),
            side.staff_code,
            side.unit.name if side.unit else "",
            link,
        )
        for source, side, link in sides
    ]


@require_POST
@contest_view(*RUN_CONTEST)
def find(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Look for pairs in the worker: a million entrants are compared."""

    def act() -> HttpResponse:
        check_may_match(user=request.user, contest=contest)
        job = queue_job(
            kind=FIND,
            params={"contest": contest.pk, "next": reverse("w-matches", args=[contest.pk])},
            user=request.user,
            now=timezone.now(),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, contest, refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def confirm_all_sure(request: HttpRequest, contest: Contest) -> HttpResponse:
    def act() -> HttpResponse:
        count = confirm_sure(contest=contest, user=request.user, now=timezone.now())
        messages.success(request, _("Đã xác nhận %(count)s trường hợp.") % {"count": count})
        return redirect("w-matches", pk=contest.pk)

    return attempted(act, lambda refusal: _page(request, contest, refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def decide(request: HttpRequest, contest: Contest, match_pk: int) -> HttpResponse:
    """The same person, another one, or undone."""
    match = get_object_or_404(RosterMatch, pk=match_pk, contest=contest)
    match.contest = contest
    decision = request.POST.get("decision")

    def act() -> HttpResponse:
        if decision == "confirm":
            confirm_match(match=match, user=request.user, now=timezone.now())
        elif decision == "refuse":
            refuse_match(match=match, user=request.user, now=timezone.now())
        else:
            reopen_match(match=match, user=request.user)
        messages.success(request, _("Đã ghi quyết định."))
        return redirect("w-matches", pk=contest.pk)

    return attempted(act, lambda refusal: _page(request, contest, refusal))
