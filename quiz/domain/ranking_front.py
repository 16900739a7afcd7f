"""Who may stand at the front of a round whose prediction's true value is not yet known.

By rank, one statement over the same facts as the ranking's own. Of each attempt it compares the
best that any value between two bounds gives with the worst that others get: whoever has enough
certain people ahead at their worst is left out. By age nothing but who is there is unknown. What
remains is ranked in Python by `quiz.engine.certainty`.
"""

from itertools import takewhile

from quiz.domain.ranking import attempts_to_rank, order_by
from quiz.engine.ranking import DECIMALS
from quiz.rules.document import Criterion, RuleDocument

_SETTLED_LATER = ("lot", "decision")
_COLUMNS = """attempt_id, entrant_id, score, correct, total, prediction, duration_ms, ended_at,
    attempts_used, registered_at, birth_date, limit_ms"""
_FRONT = """
WITH measured AS (
    SELECT *, {best} AS best_error, {worst} AS worst_error
    FROM ({attempts}) AS counted WHERE group_id = %(group)s
), sure AS (
    SELECT *, row_number() OVER (PARTITION BY entrant_id ORDER BY {before}worst_error) AS nth
    FROM measured WHERE NOT entrant_id = ANY(%(unsure)s::bigint[])
), both_ends AS (
    SELECT {columns}, best_error AS error, false AS at_worst FROM measured
    UNION ALL
    SELECT {columns}, worst_error, true FROM sure WHERE nth = 1
)
SELECT {columns} FROM (
    SELECT *, count(*) FILTER (WHERE at_worst) OVER (
        ORDER BY {before}error, at_worst ROWS UNBOUNDED PRECEDING) AS ahead
    FROM both_ends
) AS placed
WHERE NOT at_worst AND ahead < %(wanted)s
"""
# Who comes after `wanted` who are surely there is out; equal birth dates stay together.
_AGES = """
WITH aged AS (
    SELECT counted.*, e.birth_date AS born
    FROM ({attempts}) AS counted JOIN quiz_entrant e ON e.id = counted.entrant_id
    WHERE counted.group_id = %(group)s AND e.birth_date IS NOT NULL
)
SELECT {columns} FROM aged WHERE coalesce(born {until} (
    SELECT born FROM (
        SELECT DISTINCT entrant_id, born FROM aged
        WHERE NOT entrant_id = ANY(%(unsure)s::bigint[])
    ) AS sure ORDER BY born {direction} OFFSET %(wanted)s - 1 LIMIT 1
), true)
"""
_LOW, _HIGH = "abs(prediction - %(low)s::numeric)", "abs(prediction - %(high)s::numeric)"
_BEST = (
    "CASE WHEN prediction BETWEEN %(low)s::numeric AND %(high)s::numeric THEN 0"
    f" ELSE least({_LOW}, {_HIGH}) END"
)


def front_statement(rules: RuleDocument, *, extra: bool) -> str:
    """Binds what `ranking_parameters` gives, and `group`, `low`, `high`, `wanted`, `unsure`.

    A row an attempt; of an entrant several only where the best counts. Who is out whatever the
    value is, but never somebody among the first `wanted` when all of `unsure` are out. `extra`: see
    `ranking_statement`.
    """
    chain = [c for c in rules.result.chain if c.kind not in _SETTLED_LATER]
    before = list(takewhile(lambda c: c.kind != "prediction_error", chain))
    asked = next((c for c in chain if c.kind == "prediction_error"), None)
    ordered = order_by(before)
    return _FRONT.format(
        best=_cut(asked, _BEST),
        worst=_cut(asked, f"greatest({_LOW}, {_HIGH})"),
        attempts=attempts_to_rank(rules, extra=extra),
        before=f"{ordered}, " if ordered else "",
        columns=_COLUMNS,
    )


def ages_statement(rules: RuleDocument, *, extra: bool, youngest: bool) -> str:
    """Binds what `ranking_parameters` gives, and `group`, `wanted`, `unsure`.

    Every attempt that may be ranked of those with a birth date who may be among the `wanted` first
    by age, all of `unsure` being out or not. The columns are those of `front_statement`.
    """
    return _AGES.format(
        attempts=attempts_to_rank(rules, extra=extra),
        columns=_COLUMNS.replace("birth_date", "born"),
        until=">=" if youngest else "<=",
        direction="DESC" if youngest else "ASC",
    )


def _cut(asked: Criterion | None, error: str) -> str:
    """The error as the chain compares it; nothing where it does not."""
    if asked is None:
        return "0::numeric"
    if asked.precision in DECIMALS:
        return f"trunc({error}, {DECIMALS[asked.precision]})"
    return error
