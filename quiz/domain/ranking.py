"""Ranking a round in one SQL statement generated from the chain of criteria.

`quiz.engine.ranking` says the same in Python; a test holds the two equal over random rounds.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from quiz.domain.actual_values import actual_values
from quiz.domain.extra_attempts import extra_attempts
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.ties import decided_places
from quiz.engine.ranking import DECIMALS, share_parts
from quiz.errors import RoundNotReady
from quiz.models import Round, Standing
from quiz.rules.document import Criterion, RuleDocument

_UNIT_MS = {"ms": 1, "second": 1000, "minute": 60_000}
_MAY_BE_MISSING = ("prediction_error", "duration_share", "age", "lot", "decision")
_MOMENTS = {"submitted_at": "ended_at", "registered_at": "registered_at"}
_PLAIN = {
    "score": "score",
    "prediction_error": "prediction_error",
    "attempts_used": "attempts_used",
    "age": "birth_date",
    "lot": "lot_place",
    "decision": "decision_place",
}
_TRUNC = {"ms": "milliseconds", "second": "second", "minute": "minute"}


# A million attempts are sorted twice; on disk that costs as much again. Ends with the transaction.
SORT_IN_MEMORY = "SET LOCAL work_mem = '192MB'"


def _expression(criterion: Criterion) -> str:
    """The value compared, as SQL over the counted attempt's facts; smaller is better for "asc"."""
    kind, precision = criterion.kind, criterion.precision
    if kind == "duration":
        return f"duration_ms / {_UNIT_MS[precision]}"
    if kind in _MOMENTS:
        return f"date_trunc('{_TRUNC[precision]}', {_MOMENTS[kind]})"
    if kind == "duration_share":
        return f"duration_ms * {share_parts(precision)} / nullif(limit_ms, 0)"
    if kind in ("score", "prediction_error") and precision in DECIMALS:
        return f"trunc({_PLAIN[kind]}, {DECIMALS[precision]})"
    if kind == "age" and precision in ("month", "year"):
        return f"date_trunc('{precision}', birth_date::timestamp)"
    return _PLAIN[kind]


def order_by(chain: Sequence[Criterion]) -> str:
    """The chain as an ORDER BY list; who lacks the value a criterion asks for comes last.

    Empty where nothing is compared.
    """
    terms = []
    for criterion in chain:
        if criterion.kind == "all_correct":
            continue
        direction = criterion.direction
        if criterion.kind == "age":  # the oldest was born first
            direction = "asc" if direction == "desc" else "desc"
        last = " NULLS LAST" if criterion.kind in _MAY_BE_MISSING else ""
        terms.append(f"{_expression(criterion)} {direction}{last}")
    return ", ".join(terms)


_FACTS = """
SELECT a.id AS attempt_id, a.entrant_id, a.group_id, a.ordinal, a.prediction,
       g.score, g.correct, g.total, g.answered, {entrant},
       least(a.ended_at, a.deadline_at) AS ended_at,
       (date_part('epoch', least(a.ended_at, a.deadline_at) - a.started_at) * 1000)::bigint
           AS duration_ms, {limit} AS limit_ms,
       abs(a.prediction - actual.value) AS prediction_error,
       {lot_place} AS lot_place, {decision_place} AS decision_place
FROM quiz_attempt a
JOIN quiz_grade g ON g.attempt_id = a.id
LEFT JOIN unnest(%(groups)s::bigint[], %(values)s::numeric[]) AS actual(group_id, value)
    ON actual.group_id = a.group_id
{joins}
WHERE a.round_id = %(round)s AND a.voided_at IS NULL AND NOT EXISTS (
    SELECT FROM quiz_entrant d WHERE d.id = a.entrant_id AND d.duplicate_of_id IS NOT NULL)
"""
_INSERT = """
INSERT INTO quiz_standing (round_id, group_id, entrant_id, attempt_id, rank, tied, score, correct,
    total, prediction, prediction_error, duration_ms, ended_at, attempts_used)
SELECT %(round)s, group_id, entrant_id, attempt_id, rank() OVER chain,
       count(*) OVER (chain RANGE BETWEEN CURRENT ROW AND CURRENT ROW) > 1,
       score, correct, total, prediction, prediction_error, duration_ms, ended_at, attempts_used
FROM ({counted}) AS counted
WINDOW chain AS (PARTITION BY group_id ORDER BY {chain})
"""
_PLACES = (
    "LEFT JOIN unnest(%({name})s::bigint[], %({name}_places)s::int[])"
    " AS {name}(attempt_id, place) ON {name}.attempt_id = a.id"
)

_ENTRANT = "e.registered_at, e.birth_date"
_LIMIT = "(date_part('epoch', a.deadline_at - a.started_at) * 1000)::bigint"
_NO_ENTRANT = "NULL::timestamptz AS registered_at, NULL::date AS birth_date"


def ranking_statement(
    rules: RuleDocument, *, settled: Collection[str] = ("lot", "decision"), extra: bool = False
) -> str:
    """The INSERT of the standings; it binds what `ranking_parameters` gives.

    `settled`: the ways by which ties were settled so far; others need not be looked at. `extra`:
    attempts beyond the rules' number were granted.
    """
    places = [name for name in settled if rules.result.has(name)]
    facts = _facts(rules, places)
    # Where only "all correct" is asked for, all who are ranked share the first place.
    chain = order_by(rules.result.chain) or "score desc"
    return _INSERT.format(counted=_counted(rules, facts, extra), chain=chain)


def _facts(rules: RuleDocument, places: Sequence[str]) -> str:
    """The attempts that may count with all that the chain asks."""
    joins = [_PLACES.format(name=name) for name in places]
    # Duplicates are few and found by their index; all entrants are read only if the chain asks.
    asked = [c.kind for c in rules.result.chain if c.kind in ("registered_at", "age")]
    if asked:
        joins.append("JOIN quiz_entrant e ON e.id = a.entrant_id")
    return _FACTS.format(
        entrant=_ENTRANT if asked else _NO_ENTRANT,
        limit=_LIMIT if rules.result.has("duration_share") else "NULL::bigint",
        lot_place=_place("lot", places),
        decision_place=_place("decision", places),
        joins="\n".join(joins),
    )


def _place(name: str, places: Sequence[str]) -> str:
    return f"{name}.place" if name in places else "NULL::int"


def _counted(rules: RuleDocument, facts: str, extra: bool) -> str:
    """One attempt of each entrant that the rules let into the ranking.

    How many attempts were used counts all of them. An attempt that the rules call invalid is never
    chosen; one that is not all correct may be (the first, the last), and then leaves its entrant
    unranked. Where only one attempt is allowed nothing has to be chosen.
    """
    valid = "answered = total" if rules.entry.require_all_answered else "true"
    passing = "correct = total" if rules.result.has("all_correct") else "true"
    if rules.entry.attempts_per_round == 1 and not extra:
        return f"SELECT *, 1 AS attempts_used FROM ({facts}) AS f WHERE {valid} AND {passing}"
    # Both windows go by entrant, so that the rows are sorted once for both.
    return f"""
    SELECT * FROM (
        SELECT *, count(*) OVER (PARTITION BY entrant_id) AS attempts_used,
            row_number() OVER (PARTITION BY entrant_id ORDER BY {_choice(rules, valid, passing)})
                AS turn
        FROM ({facts}) AS f
    ) AS numbered WHERE turn = 1 AND {valid} AND {passing}"""


def attempts_to_rank(rules: RuleDocument, *, extra: bool) -> str:
    """The attempts that may be ranked, with their facts: of each entrant the one that counts, or
    all that could where the best counts. Ties settled afterwards are left out; `extra`: see
    `ranking_statement`.
    """
    facts = _facts(rules, ())
    once = rules.entry.attempts_per_round == 1 and not extra
    if once or rules.result.counted_attempt != "best":
        return _counted(rules, facts, extra)
    valid = "answered = total" if rules.entry.require_all_answered else "true"
    passing = "correct = total" if rules.result.has("all_correct") else "true"
    return f"""
    SELECT * FROM (
        SELECT *, count(*) OVER (PARTITION BY entrant_id) AS attempts_used FROM ({facts}) AS f
    ) AS numbered WHERE {valid} AND {passing}"""


def _choice(rules: RuleDocument, valid: str, passing: str) -> str:
    """The order in which an entrant's attempts are asked whether they count."""
    terms = [] if valid == "true" else [f"NOT ({valid})"]
    if rules.result.counted_attempt == "best":
        terms += [] if passing == "true" else [f"NOT ({passing})"]
        # Equal for all attempts of one entrant, and counted only beside them.
        chain = [step for step in rules.result.chain if step.kind != "attempts_used"]
        terms += list(filter(None, [order_by(chain)]))
    return ", ".join(
        [*terms, "ordinal DESC" if rules.result.counted_attempt == "last" else "ordinal"]
    )


def ranking_parameters(
    *,
    round_id: int,
    values: Mapping[int, Decimal],
    lot: Mapping[int, int],
    decision: Mapping[int, int],
) -> dict[str, Any]:
    """What the statement binds; places are by attempt id."""
    return {
        "round": round_id,
        "groups": list(values),
        "values": list(values.values()),
        "lot": list(lot),
        "lot_places": list(lot.values()),
        "decision": list(decision),
        "decision_places": list(decision.values()),
    }


@transaction.atomic
def rank_round(*, round: Round) -> int:
    """Rank the graded round anew, each group on its own; the number of entrants ranked."""
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    Standing.objects.filter(round=round).delete()
    lot, decision = decided_places(round=round)
    settled = [name for name, places in (("lot", lot), ("decision", decision)) if places]
    values = {group: actual.value for group, actual in actual_values(round=round).items()}
    with connection.cursor() as cursor:
        cursor.execute(SORT_IN_MEMORY)
        cursor.execute(
            ranking_statement(rules, settled=settled, extra=bool(extra_attempts(round=round))),
            ranking_parameters(round_id=round.pk, values=values, lot=lot, decision=decision),
        )
        return cursor.rowcount
