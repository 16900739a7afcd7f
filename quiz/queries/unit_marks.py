"""What collective prizes are computed from: the marks and the individual winners of each unit.

A person's marks are those of their counted attempt; who counts: `UnitPrizeRules.members`. People of
the list belong to the unit of the list, everybody else to the unit they entered for.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection

from quiz.queries.roster_listed import listed_member, listed_values

Marks = tuple[tuple[Fraction, int], ...]

# Which of a person's attempts counts, by `ResultRules.counted_attempt`.
_COUNTED = {"best": "g.score DESC, a.ordinal", "first": "a.ordinal", "last": "a.ordinal DESC"}
# Two entrants not yet found to be one person may be linked to one line of the list.
_LISTED = """
people AS (
    SELECT DISTINCT ON (listed.id) listed.unit_id, g.score, g.total
    FROM listed
    JOIN quiz_entrant linked ON linked.roster_entry_id = listed.id
    JOIN quiz_attempt a ON a.entrant_id = coalesce(linked.duplicate_of_id, linked.id)
    JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE NOT listed.exempt AND a.round_id = ANY(%(rounds)s) AND a.voided_at IS NULL
    ORDER BY listed.id, {counted}, a.id
)
"""
_EVERYBODY = """
people AS (
    SELECT DISTINCT ON (a.entrant_id) a.unit_id, g.score, g.total
    FROM quiz_attempt a
    JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
    JOIN quiz_audiencegroup og ON og.id = a.group_id
    JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE a.round_id = ANY(%(rounds)s) AND a.voided_at IS NULL AND a.unit_id IS NOT NULL
        AND (NOT EXISTS (SELECT FROM listed WHERE group_code <> '')
            OR og.code IN (SELECT group_code FROM listed))
    ORDER BY a.entrant_id, {counted}, a.id
)
"""
_MARKS = """
SELECT unit_id, score, total, count(*) FROM people WHERE total > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_WINNERS = {
    "listed": """
SELECT listed.unit_id, count(*) FROM quiz_award w
JOIN quiz_entrant e ON e.id = w.entrant_id JOIN listed ON listed.id = e.roster_entry_id
WHERE w.round_id = ANY(%(rounds)s) AND w.kind = 'prize' AND NOT listed.exempt GROUP BY 1
""",
    "everybody": """
SELECT a.unit_id, count(*) FROM quiz_award w JOIN quiz_attempt a ON a.id = w.attempt_id
WHERE w.round_id = ANY(%(rounds)s) AND w.kind = 'prize' AND a.unit_id IS NOT NULL GROUP BY 1
""",
}


def marks_by_unit(
    round_id: int, *, roster_id: int | None, members: str, counted: str, points: Decimal
) -> dict[int, Marks]:
    """(percent of full marks, people with it) by unit; `points` is what one item is worth."""
    people = (_LISTED if members == "listed" else _EVERYBODY).format(counted=_COUNTED[counted])
    found: dict[int, dict[Fraction, int]] = defaultdict(lambda: defaultdict(int))
    for unit, score, total, persons in _rows(f", {people} {_MARKS}", round_id, roster_id):
        found[unit][100 * Fraction(score) / (total * Fraction(points))] += persons
    return {unit: tuple(marks.items()) for unit, marks in found.items()}


def winners_by_unit(round_id: int, *, roster_id: int | None, members: str) -> dict[int, int]:
    """Individual prizes of the round by unit, reserves left out."""
    return dict(_rows(_WINNERS[members], round_id, roster_id))


def _rows(sql: str, round_id: int, roster_id: int | None) -> list[Any]:
    rounds = [round_id]
    with connection.cursor() as cursor:
        statement = f"WITH {listed_member(rounds)} {sql}"
        cursor.execute(statement, listed_values(rounds, roster_id=roster_id))
        return cursor.fetchall()
