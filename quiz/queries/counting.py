"""Counting persons and entries of a round or contest, once duplicates and voids are settled.

A person is an entrant not set aside as a duplicate; an entry is a valid attempt of such a person.
The same counts serve the prediction's true value and the participation figures.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

_COUNT = """
SELECT count(DISTINCT a.entrant_id), count(*),
       count(DISTINCT a.entrant_id) FILTER (WHERE g.correct = g.total),
       count(*) FILTER (WHERE g.correct = g.total)
FROM quiz_attempt a
JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
JOIN quiz_round r ON r.id = a.round_id
LEFT JOIN quiz_grade g ON g.attempt_id = a.id
WHERE a.voided_at IS NULL AND NOT a.entrant_id = ANY(%(without)s) AND {scope}
"""
_SCOPES = {
    "round": "a.round_id = %(round)s",
    "group": "a.round_id = %(round)s AND a.group_id = %(group)s",
    "contest": "r.contest_id = (SELECT contest_id FROM quiz_round WHERE id = %(round)s)"
    " AND r.number <= (SELECT number FROM quiz_round WHERE id = %(round)s)",
}


@dataclass(frozen=True)
class Tally:
    """Persons and entries, and of each how many answered everything right."""

    persons: int
    entries: int
    persons_all_correct: int
    entries_all_correct: int


def tally(
    *, round_id: int, scope: str, group_id: int | None = None, without: Collection[int] = ()
) -> Tally:
    """The counts over `scope`: "round", "group" (of this round) or "contest" (up to this round).

    `without`: entrants left out, as if they had not entered.
    """
    bound = {"round": round_id, "group": group_id, "without": list(without)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(scope=_SCOPES[scope]), bound)
        return Tally(*cursor.fetchone())
