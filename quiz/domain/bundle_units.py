"""Collective prizes as a release publishes them: who won, and every unit's figures as aggregates.

Marks are a histogram, and only from ten persons: of a smaller unit neither marks nor what follows
from them is shown, since the average of two people is nearly the mark of each.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quiz.domain.unit_decisions import board_word
from quiz.domain.unit_results import BlocResults, UnitResult, points_missing, unit_results
from quiz.engine.canonical import H, canon, plain
from quiz.models import Round
from quiz.rules.unit_prizes import UnitBloc

FEWEST = 10


def unit_table(*, round: Round) -> dict[str, Any] | None:
    """What `units.json` holds; None without collective prizes."""
    found = unit_results(round=round)
    if found is None:
        return None
    rules, blocs = found
    named: Sequence[UnitBloc | None] = rules.blocs or [None]
    return plain(
        {
            "complete": not points_missing(rules, board_word(round=round)),
            "blocs": [
                {
                    "code": bloc.code if bloc else None,
                    "name": results.name,
                    "units": [_unit(unit) for unit in results.units],
                }
                for bloc, results in zip(named, blocs, strict=True)
            ],
        }
    )


def _unit(unit: UnitResult) -> dict[str, Any]:
    result, known = unit.placed.result, unit.placed.result.unit
    told: dict[str, Any] = {
        "unit": unit.name,
        "above": unit.above,
        "place": unit.placed.place,
        "prize": unit.tier.code if unit.tier else None,
    }
    if is_few(unit):
        return told | {"few": True}
    return told | {
        "listed": known.listed,
        "done": known.done,
        "headcount": known.headcount,
        "entrants": known.entrants,
        "winners": known.winners,
        "points": [known.points.numerator, known.points.denominator],
        "preferred": known.preferred,
        "marks": [[mark.numerator, mark.denominator, count] for mark, count in known.marks],
        "figures": [decimal(figure) for figure in result.figures],
        "sum": decimal(result.sum),
    }


def is_few(unit: UnitResult) -> bool:
    """Whether so few of the unit entered that its figures would tell a person's mark."""
    known = unit.placed.result.unit
    entered = max(sum(count for _mark, count in known.marks), known.entrants, known.done)
    return 0 < entered < FEWEST


def decimal(value: Fraction) -> Decimal:
    """Exact for what was rounded to decimals."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def published_units(*, round: Round) -> dict[str, Any] | None:
    """What the release itself says: the digest of the table, and who is awarded."""
    table = unit_table(round=round)
    found = unit_results(round=round)
    if table is None or found is None:
        return None
    winners = [_winner(bloc, unit) for bloc in found[1] for unit in bloc.units if unit.tier]
    return {"digest": H("units", canon(table)).hex(), "winners": winners}


def _winner(bloc: BlocResults, unit: UnitResult) -> dict[str, Any]:
    tier = unit.tier
    return {
        "bloc": bloc.name,
        "place": unit.placed.place,
        "prize": tier.name if tier else "",
        "money": tier.money if tier else 0,
        "unit": unit.name,
        "above": unit.above,
        "sum": None if is_few(unit) else decimal(unit.placed.result.sum),
    }
