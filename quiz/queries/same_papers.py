"""The table of an item analysis where every paper holds the same items in one order.

Nothing has to be drawn then, so the database makes the table itself, several times faster than rows
that come to Python one by one. Its totals are the marks' numbers of right answers.
"""

from typing import NamedTuple

from django.db import connection

_VALID = """
FROM quiz_attempt a JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
LEFT JOIN quiz_grade g ON g.attempt_id = a.id
WHERE a.round_id = %(round)s AND a.pool_id = %(pool)s AND a.state <> %(open)s
    AND a.voided_at IS NULL AND octet_length(a.secret) >= %(secret)s
"""
_PAPERS = f"SELECT count(*) {_VALID}"
# Blank answers behind the last given one were not reached.
_CELLS = f"""
SELECT slot::int - 1, CASE
    WHEN mask = 0 AND NOT EXISTS (SELECT FROM unnest(answers[slot + 1:]) AS later WHERE later > 0)
    THEN %(not_reached)s ELSE mask END, total, count(*)
FROM (SELECT a.answers, g.correct AS total {_VALID} AND a.ordinal = 1) AS sat,
    unnest(answers) WITH ORDINALITY AS answered (mask, slot)
GROUP BY 1, 2, 3
"""


class SlotCell(NamedTuple):
    """How many gave this answer in this slot, having this total; None: not marked yet."""

    slot: int
    mask: int
    total: int | None
    people: int


def count_same_papers(
    *, round_id: int, pool_id: int, open_state: int, secret: int, not_reached: int
) -> tuple[int, list[SlotCell]]:
    """(papers, cells of first entries) of the pool's closed and valid attempts."""
    bound = {
        "round": round_id,
        "pool": pool_id,
        "open": open_state,
        "secret": secret,
        "not_reached": not_reached,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAPERS, bound)
        [papers] = cursor.fetchone()
        cursor.execute(_CELLS, bound)
        return papers, [SlotCell(*row) for row in cursor.fetchall()]
