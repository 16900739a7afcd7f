"""Collective prizes of a sealed round: the units in order, and what the board says of them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.unit_decisions import (
    board_word,
    decide_unit_tie,
    give_points,
    may_decide,
    withdraw_unit_decision,
)
from quiz.domain.unit_results import BlocResults, UnitResult, points_missing, unit_results
from quiz.enums import UnitDecisionKind
from quiz.models import Contest, Round, UnitDecision
from quiz.permissions import RUN_CONTEST, SEE_CONTEST
from quiz.rules.prose_units import condition_of, formula_line
from quiz.rules.unit_prizes import UnitPrizeRules
from quiz.rules.unit_words import short_name, show_points


@require_GET
@contest_view(*SEE_CONTEST)
def unit_prizes(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _page(request, round)


def _page(request: HttpRequest, round: Round, refusal: DomainError | None = None) -> HttpResponse:
    found = None
    seen = may_see_counts(user=request.user, contest=round.contest)
    if seen:
        found = unit_results(round=round)
    context = contest_context(
        request,
        round.contest,
        "w-results",
        refusal=refusal,
        round=round,
        counts_seen=seen,
        open=may_decide(round=round),
        decided=[_decided(made, found) for made in _decisions(round)],
        **(_results(round, *found) if found else {}),
    )
    return render(request, "frontend/workplace/result/unit_prizes.html", context)


def _decisions(round: Round) -> Sequence[UnitDecision]:
    return list(round.unit_decisions.select_related("decided_by").order_by("-pk"))


def _decided(
    made: UnitDecision, found: tuple[UnitPrizeRules, list[BlocResults]] | None
) -> tuple[UnitDecision, str]:
    """The decision, and an order in the names of its units; points stand in the table."""
    names = {unit.unit_id: unit.name for bloc in found[1] for unit in bloc.units} if found else {}
    if made.kind == UnitDecisionKind.POINTS:
        return made, ""
    return made, ", ".join(names.get(unit, str(unit)) for unit in made.values)


def _results(round: Round, rules: UnitPrizeRules, blocs: Sequence[BlocResults]) -> dict[str, Any]:
    word, asked = board_word(round=round), rules.component("points")
    return {
        "formula": formula_line(rules),
        "asked": asked.name if asked else "",
        "points_missing": points_missing(rules, word),
        "heads": [short_name(part) for part in rules.formula().figures],
        "blocs": [
            {
                "name": bloc.name,
                "units": [_row(rules, unit, word.points or {}) for unit in bloc.units],
                "ties": bloc.open_ties,
            }
            for bloc in blocs
        ],
    }


def _row(rules: UnitPrizeRules, unit: UnitResult, points: dict[int, Any]) -> dict[str, Any]:
    result = unit.placed.result
    given = points.get(unit.unit_id)
    return {
        "unit": unit,
        "figures": [
            (short_name(part), show_points(figure, rules.decimals))
            for part, figure in zip(rules.formula().figures, result.figures, strict=True)
        ],
        "sum": show_points(result.sum, rules.decimals),
        "missed": [condition_of(rules, each) for each in result.barred],
        "points": "" if given is None else show_points(given, 2),
    }


def _units(round: Round) -> list[UnitResult]:
    found = unit_results(round=round)
    return [unit for bloc in found[1] for unit in bloc.units] if found else []


def _act(request: HttpRequest, round: Round, decide: Any, said: str) -> HttpResponse:
    """Do it and go back to the page, or the page with the refusal; the minutes come with it."""

    def act() -> HttpResponse:
        decide(
            minutes=request.POST.get("minutes", ""),
            reason=request.POST.get("reason", ""),
            user=request.user,
        )
        messages.success(request, said)
        return redirect("w-unit-prizes", pk=round.contest_id, round_pk=round.pk)

    return attempted(act, lambda refusal: _page(request, round, refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def points(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """What the board gave each unit, as typed beside it."""
    typed = {unit.unit_id: request.POST.get(f"points-{unit.unit_id}", "") for unit in _units(round)}

    def decide(**told: Any) -> None:
        give_points(round=round, typed=typed, **told)

    return _act(request, round, decide, _("Đã ghi điểm Ban Tổ chức chấm."))


@require_POST
@contest_view(*RUN_CONTEST)
def tie(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The order of units that share a place, by the numbers typed beside them."""
    tied = [unit.unit_id for unit in _units(round) if unit.open_tie]
    typed = {unit: request.POST.get(f"place-{unit}", "").strip() for unit in tied}
    places = {unit: text for unit, text in typed.items() if text}
    wanted = [str(number) for number in range(1, len(places) + 1)]
    clear = sorted(places.values()) == sorted(wanted)
    order = sorted(places, key=lambda unit: int(places[unit])) if clear else []

    def decide(**told: Any) -> None:
        decide_unit_tie(round=round, tied=tied, order=order, **told)

    return _act(request, round, decide, _("Đã ghi quyết định của Ban Tổ chức."))


@require_POST
@contest_view(*RUN_CONTEST)
def withdraw(request: HttpRequest, contest: Contest, round: Round, made_pk: int) -> HttpResponse:
    """Take one decision back."""
    made = get_object_or_404(round.unit_decisions, pk=made_pk)
    made.round = round

    def decide(*, minutes: str, reason: str, user: Any) -> None:
        withdraw_unit_decision(made=made, reason=reason, user=user)

    return _act(request, round, decide, _("Đã huỷ quyết định; thứ hạng được tính lại."))
