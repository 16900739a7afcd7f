"""What a release publishes of the corrections in it."""

from typing import Any

from quiz.domain.amendments import amendment_document, sealed_amendment
from quiz.domain.leaves import leaves_of
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import CorrectionState
from quiz.models import Correction, Round


def published_corrections(*, round: Round) -> list[dict[str, Any]]:
    """Those that took effect, the first first; entries by their leaves alone.

    {"number", "reason", "keys": [amendments], "entries": [{"leaf", "act": "void" | "restore"}],
    "withdrawn": [{"group", "prize", "leaf"}]}. Where the rules never publish keys, of an amended
    key group, remedy and reason are told, and a digest that the round's secret opens.
    """
    applied = list(round.corrections.filter(state=CorrectionState.APPLIED))
    if not applied:
        return []
    rules = rules_of_round(round=round)
    public = rules is not None and rules.result.key_shown == "after_release"
    leaves = _leaves(round, applied)
    return [_correction(made, leaves, public=public) for made in applied]


def _leaves(round: Round, corrections: list[Correction]) -> dict[int, str]:
    """{attempt id: leaf} of the attempts that corrections name."""
    named: set[int] = set()
    for made in corrections:
        named |= set(made.attempts.values_list("attempt", flat=True))
        named |= set(made.withdrawals.values_list("attempt", flat=True))
    found = leaves_of(round=round, attempts=named)
    return {attempt: leaf.hex() for attempt, leaf in found.items()}


def _correction(made: Correction, leaves: dict[int, str], *, public: bool) -> dict[str, Any]:
    amended = made.amendments.select_related("pool__group", "pool__round__secret")
    told = amendment_document if public else sealed_amendment
    return {
        "number": made.number,
        "reason": made.reason,
        "keys": [told(amendment) for amendment in amended],
        "entries": [
            {"leaf": leaves[one.attempt_id], "act": "restore" if one.restores else "void"}
            for one in made.attempts.all()
        ],
        "withdrawn": [
            {"group": one.group.code, "prize": one.tier_name, "leaf": leaves[one.attempt_id]}
            for one in made.withdrawals.select_related("group")
        ],
    }
