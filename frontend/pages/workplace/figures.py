"""Figures of a contest and of its rounds: tables that are charts, and the entries behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.figure_tabs import figure_tabs, round_tabs
from frontend.pages.workplace.item_statistics import percent
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.figure_words import figure_label, table_titles, value_label
from quiz.domain.figures import (
    Figure,
    Figures,
    are_many,
    last_day,
    queue_count,
    read_figures,
    rounds_of,
)
from quiz.errors import CountsSecret
from quiz.models import Attempt, AudienceGroup, Contest, Entrant, Round
from quiz.permissions import SEE_CONTEST
from quiz.queries import participation

AT_THE_TOP = 10
PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """One row of a table: its bar is as wide as its entries are of the longest row's."""

    label: str
    persons: int
    entries: int
    width: int
    url: str = ""


@dataclass(frozen=True)
class UnitRow:
    unit: participation.UnitCount
    rate: str
    width: int
    url: str
    missing_url: str


@require_GET
@contest_view(*SEE_CONTEST)
def contest_figures(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _page(request, contest, None)


@require_GET
@contest_view(*SEE_CONTEST)
def round_figures(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _page(request, contest, round)


def _page(
    request: HttpRequest,
    contest: Contest,
    round: Round | None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    rounds = rounds_of(contest=contest, round=round)
    jobs = jobs_of(rounds, request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    context = contest_context(
        request,
        contest,
        "w-figures",
        refusal=refusal,
        round=round,
        jobs=jobs,
        round_tabs=round_tabs(contest),
        round_tab=str(round.pk) if round else "all",
        figure_tabs=figure_tabs(contest, round, request.user) if round else [],
        here="w-round-figures",
        frozen=bool(rounds),
    )
    try:
        figures = read_figures(contest=contest, round=round, user=request.user, now=timezone.now())
    except CountsSecret as secret:
        context["secret"] = secret
    else:
        context |= {"figures": figures, "by_worker": bool(rounds) and are_many(rounds)}
        if figures is not None:
            context |= _shown(figures, contest, round, rounds)
    return render(request, "frontend/workplace/figure/figures.html", context)


def _shown(
    figures: Figures, contest: Contest, round: Round | None, rounds: Sequence[Round]
) -> dict[str, Any]:
    tables = [
        (title, bar_rows(name, figures.tables[name], _entries_url(contest, round)))
        for name, title in table_titles().items()
        if figures.tables.get(name) and (name != "round" or len(figures.tables[name]) > 1)
    ]
    one = rounds[0] if len(rounds) == 1 else None
    return {"tables": tables, "people": _ends(figures)} | _units(figures, contest, one)


def _entries_url(contest: Contest, round: Round | None) -> str:
    address = reverse("w-figure-entries", kwargs={"pk": contest.pk})
    return f"{address}?round={round.pk if round else ''}"


def bar_rows(table: str, figures: Sequence[Figure], address: str = "") -> list[Row]:
    """The rows of one table; with an address each leads to its entries."""
    most = max((figure.entries for figure in figures), default=0) or 1
    return [
        Row(
            label=figure_label(table, figure),
            persons=figure.persons,
            entries=figure.entries,
            width=-(-100 * figure.entries // most),
            url=f"{address}&{urlencode({'by': table, 'value': figure.value})}" if address else "",
        )
        for figure in figures
    ]


def _units(figures: Figures, contest: Contest, round: Round | None) -> dict[str, Any]:
    """The best, the worst, how many are complete; links to the missing where there is a list."""
    address = _entries_url(contest, round)

    def shown(unit: participation.UnitCount) -> UnitRow:
        rate = unit.rate or 0.0
        listed = round is not None and unit.listed
        duty = {"round_pk": round.pk, "pk": unit.unit_id} if listed and round else None
        return UnitRow(
            unit=unit,
            rate=percent(rate),
            width=min(100, int(rate * 100)),
            url=f"{address}&{urlencode({'by': 'unit', 'value': unit.unit_id})}",
            missing_url=reverse("w-duty-unit", kwargs=duty) if duty and unit.missing else "",
        )

    measured = [unit for unit in figures.units if unit.rate is not None]
    best = sorted(measured, key=lambda unit: (-(unit.rate or 0), -unit.whole))
    worst = [unit for unit in best[::-1] if not unit.complete][:AT_THE_TOP]
    largest = sorted(figures.units, key=lambda unit: -unit.persons)
    return {
        "complete": sum(unit.complete for unit in measured),
        "measured": len(measured),
        "missing": sum(unit.missing for unit in figures.units),
        "best": [shown(unit) for unit in best[:AT_THE_TOP]],
        "worst": [shown(unit) for unit in worst],
        "largest": [shown(unit) for unit in largest[:AT_THE_TOP]] if not measured else [],
        "unit_count": len(figures.units),
    }


def _ends(figures: Figures) -> list[tuple[str, list[Entrant]]]:
    """The oldest and the youngest, by name; those erased since are left out."""
    wanted = [*figures.oldest, *figures.youngest]
    people = Entrant.objects.filter(erased_at=None).select_related("unit").in_bulk(wanted)
    return [
        (words, [people[pk] for pk in ids if pk in people])
        for words, ids in (
            (_("Cao tuổi nhất"), figures.oldest),
            (_("Nhỏ tuổi nhất"), figures.youngest),
        )
    ]


@require_GET
@contest_view(*SEE_CONTEST)
def figure_entries(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The entries that one figure counts: ?round=…&by=…&value=… as the tables link them."""
    by, value = request.GET.get("by", ""), request.GET.get("value", "")[:40]
    wanted = request.GET.get("round", "")
    round = None
    if wanted:
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            raise Http404
        round = get_object_or_404(contest.rounds, pk=int(wanted))
    rounds = rounds_of(contest=contest, round=round)
    if by not in participation.DIMENSIONS or not rounds:
        raise Http404
    context = contest_context(request, contest, "w-figures", round=round)
    try:
        check_may_see_counts(user=request.user, contest=contest)
    except CountsSecret as secret:
        context["secret"] = secret
    else:
        context |= _entries(request, rounds, by, value)
    return render(request, "frontend/workplace/figure/entries.html", context)


def _entries(request: HttpRequest, rounds: Sequence[Round], by: str, value: str) -> dict[str, Any]:
    """A page of them, with the same two figures as the table's row."""
    ids, day = [round.pk for round in rounds], last_day(rounds)
    persons, entries = participation.count_of(by, value, ids, day=day)
    page = Paginator(range(entries), PER_PAGE).get_page(request.GET.get("page"))
    offset = max(0, page.start_index() - 1)
    found = participation.entries_of(by, value, ids, limit=PER_PAGE, offset=offset, day=day)
    attempts = Attempt.objects.select_related("entrant__unit", "entrant__group", "round", "grade")
    label = value_label(by, value, _name(by, value)) if _is_value(by, value) else value
    return {
        "title": f"{table_titles()[by]}: {label}",
        "persons": persons,
        "entries": entries,
        "page": page,
        "attempts": attempts.filter(pk__in=found).order_by("pk"),
    }


def _is_value(by: str, value: str) -> bool:
    """Whether words can be made of it; anything else has no entries either."""
    try:
        value_label(by, value)
    except (ValueError, IndexError):
        return False
    return True


def _name(by: str, value: str) -> str:
    """What a group, unit, commune or round is called; "" where there is none."""
    models: dict[str, Any] = {
        "group": AudienceGroup,
        "unit": OrgUnit,
        "commune": OrgUnit,
        "round": Round,
    }
    if by not in models or not (value.isascii() and value.isdigit() and len(value) < 19):
        return ""
    return models[by].objects.filter(pk=int(value)).values_list("name", flat=True).first() or ""


@require_POST
@contest_view(*SEE_CONTEST)
def count_contest(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _count(request, contest, None)


@require_POST
@contest_view(*SEE_CONTEST)
def count_round(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _count(request, contest, round)


def _count(request: HttpRequest, contest: Contest, round: Round | None) -> HttpResponse:
    """Count anew, in the worker."""

    def act() -> HttpResponse:
        job = queue_count(contest=contest, round=round, user=request.user, now=timezone.now())
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, contest, round, refusal))
