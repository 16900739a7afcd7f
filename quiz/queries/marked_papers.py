"""The table of an item analysis, made by the database from marked papers.

Marking draws each paper anyway and keeps which items it held, so that counting needs neither seeds
nor rows that come to Python one by one. Papers that are the same for all have their items given.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

MASKS = 256  # an answer is a mask of at most eight options

_ITEMS = "coalesce(g.items, %(items)s::int2[])"
_TOTAL = "g.correct"
# Marks made before a key was amended know another number of right answers: then it is counted,
# once a paper, which takes OFFSET 0.
_TOTAL_NOW = f"""(
    SELECT sum(get_bit(%(right)s::bytea, item * {MASKS} + mask))
    FROM unnest(a.answers, {_ITEMS}) AS answered (mask, item)
)"""
# Blank answers behind the last given one were not reached: in ",4,0,0" the end becomes ",-1,-1". As
# text and not by a subquery, which would keep PostgreSQL from counting with several processes.
_TEXT = "',' || array_to_string(a.answers, ',')"
_BLANK_END = f"substring({_TEXT} FROM '(?:,0)+$')"
_MASKS = f"""
CASE WHEN a.answers[cardinality(a.answers)] > 0 THEN a.answers ELSE string_to_array(
    ltrim(left({_TEXT}, -length({_BLANK_END})) || replace({_BLANK_END}, '0', '-1'), ','), ','
)::int2[] END
"""
_CELLS = f"""
SELECT item, mask, first, total, count(*)
FROM (
    SELECT {_MASKS} AS masks, {_ITEMS} AS items, a.ordinal = 1 AS first, {{total}} AS total
    FROM quiz_attempt a JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
    LEFT JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE a.round_id = %(round)s AND a.pool_id = %(pool)s AND a.state <> %(open)s
        AND a.voided_at IS NULL AND octet_length(a.secret) >= %(secret)s {{once}}
) AS sat, unnest(masks, items) AS answered (mask, item)
GROUP BY 1, 2, 3, 4
"""


class ItemCell(NamedTuple):
    """So many `papers` had this answer to this item, and this number of right answers in all.

    `mask` -1: not reached. `first`: the papers are their entrants' first.
    """

    item: int
    mask: int
    first: bool
    total: int
    papers: int


def count_marked_papers(
    *,
    round_id: int,
    pool_id: int,
    open_state: int,
    secret: int,
    items: Sequence[int] | None,
    right: bytes | None,
) -> list[ItemCell] | None:
    """The cells of the pool's closed and valid attempts; None if some are not marked.

    `items`: those of every paper where these are the same, else None. `right`: where marks may be
    of other keys, whether an answer is right, as bit item × MASKS + mask.
    """
    total, once = (_TOTAL, "") if right is None else (_TOTAL_NOW, "OFFSET 0")
    bound = {
        "round": round_id,
        "pool": pool_id,
        "open": open_state,
        "secret": secret,
        "items": None if items is None else list(items),
        "right": right,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CELLS.format(total=total, once=once), bound)
        cells = [ItemCell(*row) for row in cursor.fetchall()]
    unmarked = any(cell.item is None or cell.total is None for cell in cells)
    return None if unmarked else cells
