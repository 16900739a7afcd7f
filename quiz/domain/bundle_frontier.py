"""How much of each entry a release has to open so that its prizes can be recomputed.

The frontier of a group is the last place that awarding looked at: won, in reserve, passed over or
tied for a prize. Down to it everything the chain compares is opened; an entry behind it only down
to the first criterion at which it falls behind the frontier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from quiz.domain.awards import plan_round
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.sealing import FATE, FATES_FROM
from quiz.domain.ties import decided_places
from quiz.engine.awards import Awards
from quiz.engine.ranking import Candidate, Key, chain_key
from quiz.errors import RoundNotReady
from quiz.models import Round
from quiz.rules.document import RuleDocument

# Criteria whose values are not in the leaf: the platform declares an order, not the value.
DECLARED = ("attempts_used", "registered_at", "age", "duration_share")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
CHUNK = 2000

_FACTS = f"""
SELECT a.id, {FATE}, a.group_id, s.rank, a.entrant_id, s.score, s.correct, s.total, s.prediction,
    s.duration_ms, s.ended_at, s.attempts_used, e.registered_at, e.birth_date, g.score, g.correct,
    g.answered, g.total, a.deadline_at - a.started_at
{FATES_FROM.replace("WHERE", "LEFT JOIN quiz_grade g ON g.attempt_id = a.id WHERE")}
"""


class Facts(NamedTuple):
    """One attempt as the seal left it; the standing's values are None unless it is counted."""

    attempt: int
    fate: str
    group: int
    rank: int | None
    entrant: int
    score: Decimal
    correct: int
    total: int
    prediction: Decimal | None
    duration_ms: int
    ended_at: datetime
    attempts_used: int
    registered_at: datetime
    birth_date: date | None
    mark: Decimal | None
    right: int | None
    answered: int | None
    items: int | None
    limit: timedelta


def read_facts(round: Round) -> Iterator[Facts]:
    """Every attempt of the round in the tree's order."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{_FACTS} ORDER BY a.secret", [round.pk])
        while rows := cursor.fetchmany(CHUNK):
            yield from map(Facts._make, rows)


def _read_front(round: Round, group: int, rank: int) -> list[Facts]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_FACTS} AND s.attempt_id = a.id AND s.group_id = %s AND s.rank <= %s",
            [round.pk, group, rank],
        )
        return [Facts._make(row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Opening:
    """What is opened of an entry: criteria of the chain, and places for those not in its leaf."""

    kinds: tuple[str, ...]
    declared: dict[str, int]


class Frontier:
    """The frontier of one group; `planned` are its prizes."""

    def __init__(
        self, round: Round, rules: RuleDocument, group: int, planned: Awards, actual: Decimal | None
    ) -> None:
        unknown = "prediction_error" if actual is None else ""
        chain = [criterion for criterion in rules.result.chain if criterion.kind != unknown]
        self.kinds = [c.kind for c in chain if c.kind != "all_correct"]
        self._key = chain_key(chain, actual)
        self._places = decided_places(round=round)
        self.rank = last_rank(planned)
        keys = [self.key_of(facts) for facts in _read_front(round, group, self.rank)]
        self._cut = max(keys, default=None)
        self._orders: dict[str, list[tuple[bool, int | Decimal]]] = {
            kind: sorted({key[at] for key in keys})
            for at, kind in enumerate(self.kinds)
            if kind in DECLARED
        }

    def key_of(self, facts: Facts) -> Key:
        """What the chain compares of a counted attempt; the smaller comes first."""
        lot, decision = self._places
        return self._key(
            Candidate(
                entrant_id=facts.entrant,
                attempt_id=facts.attempt,
                group="",
                score=facts.score,
                correct=facts.correct,
                total=facts.total,
                all_correct=facts.correct == facts.total,
                prediction=facts.prediction,
                duration_ms=facts.duration_ms,
                ended_at=(facts.ended_at - _EPOCH) // _MS,
                attempts_used=facts.attempts_used,
                registered_at=(facts.registered_at - _EPOCH) // _MS,
                birth_date=facts.birth_date,
                limit_ms=facts.limit // _MS,
                lot=lot.get(facts.attempt),
                decision=decision.get(facts.attempt),
            )
        )

    def opening(self, facts: Facts) -> Opening:
        """What to open of a counted attempt."""
        if self._cut is None or facts.rank is None:
            return Opening((), {})
        key = self.key_of(facts)
        kinds = self.kinds
        if facts.rank > self.rank:
            behind = next(at for at, value in enumerate(self._cut) if key[at] != value)
            kinds = kinds[: behind + 1]
        return Opening(
            tuple(kinds),
            {
                kind: self._declare(kind, key[at])
                for at, kind in enumerate(kinds)
                if kind in DECLARED
            },
        )

    def _declare(self, kind: str, value: tuple[bool, int | Decimal]) -> int:
        """The place of a value among those at the frontier; one more than the last if behind."""
        order = self._orders[kind]
        return order.index(value) + 1 if value in order else len(order) + 1


def last_rank(planned: Awards) -> int:
    """The lowest rank that awarding looked at; 0 if nobody is ranked."""
    seen = [one.rank for one in (*planned.awards, *planned.reserves)]
    seen += [one.rank for one in planned.skipped]
    seen += [one.rank for one in planned.unresolved_ties]
    return max(seen, default=0)


def frontiers(round: Round) -> tuple[dict[int, Frontier], dict[int, Awards]]:
    """Frontier and planned prizes of each group, by group id."""
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    values: Mapping[str, Mapping[str, str]] = round.seal.actual_values
    found, plans = {}, {}
    for group, planned in plan_round(round, rules):
        value = values.get(group.code)
        actual = Decimal(value["value"]) if value else None
        found[group.pk] = Frontier(round, rules, group.pk, planned, actual)
        plans[group.pk] = planned
    return found, plans
