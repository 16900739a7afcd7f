"""The rows of a round's result pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from quiz.domain.actual_values import actual_values, explain_value
from quiz.domain.awards import open_ties
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.ties import tied_digest
from quiz.domain.winners import WinnerRow, winner_rows
from quiz.enums import AwardKind, TieMethod
from quiz.models import Attempt, AudienceGroup, Round, Standing


def explain_values(round: Round) -> list[tuple[str, str]]:
    """(group, how its actual value came about) where something is predicted."""
    rules = rules_of_round(round=round)
    if rules is None or rules.entry.prediction is None:
        return []
    names = dict(round.contest.groups.values_list("pk", "name"))
    return [
        (names[group], explain_value(actual, rules.entry.prediction))
        for group, actual in actual_values(round=round).items()
    ]


def standing_rows(round: Round) -> QuerySet[Standing]:
    return (
        Standing.objects.filter(round=round)
        .select_related("entrant", "entrant__unit", "group")
        .order_by("group__order", "group_id", "rank", "attempt_id")
    )


def award_tables(round: Round) -> list[dict[str, Any]]:
    """Winners and reserves as tables; numbers are for the workbook, not for the page."""
    tables = []
    for kind in (AwardKind.PRIZE, AwardKind.RESERVE):
        rows: list[WinnerRow] = winner_rows(round=round, kind=kind, whole_numbers=False)
        if rows:
            tables.append({"kind": kind, "rows": rows, "money": sum(row.money for row in rows)})
    return tables


def tie_rows(round: Round) -> list[dict[str, Any]]:
    """Each tie that prizes hang on: who, what is published first, the ways the rules allow."""
    return [
        tie_row(round, tied.group, tied.tie.rank, sorted(tied.tie.attempts))
        for tied in open_ties(round=round)
    ]


def tie_row(round: Round, group: AudienceGroup, rank: int, attempts: list[int]) -> dict[str, Any]:
    """Attempts that share a rank of a group, as the page settles it."""
    rules = rules_of_round(round=round)
    people = (
        Attempt.objects.filter(pk__in=attempts)
        .select_related("entrant", "entrant__unit")
        .order_by("entrant__sort_name", "pk")
    )
    digest = tied_digest(round=round, attempts=attempts)
    notice = round.lot_notices.filter(digest=digest, withdrawn_at=None).first()
    return {
        "group": group,
        "rank": rank,
        "people": people,
        "count": len(attempts),
        "digest": digest,
        "notice": notice,
        "drawable": notice is not None and notice.draws_at <= timezone.now(),
        "methods": [
            method for method in TieMethod.values if rules is not None and rules.result.has(method)
        ],
    }
