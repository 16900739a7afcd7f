"""How much of each entry a release has to open so that its prizes can be recomputed.

The frontier of a group is the last place that awarding looked at: won, in reserve, passed over or
tied for a prize. Down to it everything the chain compares is opened; an entry behind it only down
to the first criterion at which it falls behind the frontier, by the widest interval that shows it
(`quiz.engine.bounds`), and only if enough others show the same (`quiz.engine.hiding`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from quiz.domain.awards import plan_round
from quiz.domain.bundle_earlier import NOTHING_TOLD, Told
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.sealing import FATE, FATES_FROM
from quiz.domain.ties import decided_places
from quiz.engine.awards import Awards
from quiz.engine.bounds import BOUNDS_OF, Interval, bound_value
from quiz.engine.hiding import NOTHING, Profile, Shown, decide_hiding, decide_hiding_again
from quiz.engine.moments import MS, to_ms
from quiz.engine.ranking import Candidate, Key, chain_key
from quiz.errors import RoundNotReady
from quiz.models import Round
from quiz.rules.document import RuleDocument

# Criteria whose values are not in the leaf: the platform declares an order, not the value.
DECLARED = ("attempts_used", "registered_at", "age", "duration_share")
# Criterion → the fields of the leaf whose exact values it compares.
FIELDS_OF = {
    "prediction_error": ("prediction",),
    "duration": ("started", "ended"),
    "submitted_at": ("ended",),
}
CHUNK = 2000
OPENED = ("counted", "unranked")

_FACTS = f"""
SELECT a.id, {FATE}, a.group_id, s.rank, a.entrant_id, s.score, s.correct, s.total, s.prediction,
    s.duration_ms, s.ended_at, s.attempts_used, e.registered_at, e.birth_date, g.score, g.correct,
    g.answered, g.total, a.deadline_at - a.started_at,
    octet_length(a.secret) < 32, a.ended_at
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
    erased: bool
    over_at: datetime | None


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
    """What is opened of a ranked entry for the chain: fields of its leaf, names of its intervals,
    and places for what is not in the leaf. `behind`: that it stands behind is declared.
    `profile` is what others may know of what is opened, None at the frontier and of winners beside.
    """

    fields: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    declared: Mapping[str, int] | None = None
    behind: bool = False
    profile: Profile | None = NOTHING


class Frontier:
    """The frontier of one group; `planned` are its prizes, `bounded` whether leaves have bounds."""

    def __init__(
        self,
        round: Round,
        rules: RuleDocument,
        group: int,
        planned: Awards,
        actual: Decimal | None,
        *,
        bounded: bool,
    ) -> None:
        unknown = "prediction_error" if actual is None else ""
        chain = [criterion for criterion in rules.result.chain if criterion.kind != unknown]
        self._chain = [criterion for criterion in chain if criterion.kind != "all_correct"]
        self.kinds = [criterion.kind for criterion in self._chain]
        self._actual, self._bounded = actual, bounded
        self._key = chain_key(chain, actual)
        self._places = decided_places(round=round)
        self.rank = last_rank(planned)
        self._side = {one.attempt for one in planned.side.awards}
        front = _read_front(round, group, self.rank)
        self.opened_ranks = {facts.rank for facts in front if not facts.erased}
        keys = [self.key_of(facts) for facts in front]
        self._cut = max(keys, default=None)
        self._orders: dict[str, list[tuple[bool, int | Decimal]]] = {
            kind: sorted({key[at] for key in keys})
            for at, kind in enumerate(self.kinds)
            if kind in DECLARED
        }
        self._least: dict[tuple[int, str, Interval], Key] = {}

    def key_of(self, facts: Facts) -> Key:
        """What the chain compares of a counted attempt; the smaller comes first."""
        return self._key(self._candidate(facts))

    def _candidate(self, facts: Facts) -> Candidate:
        lot, decision = self._places
        return Candidate(
            entrant_id=facts.entrant,
            attempt_id=facts.attempt,
            group="",
            score=facts.score,
            correct=facts.correct,
            total=facts.total,
            all_correct=facts.correct == facts.total,
            prediction=facts.prediction,
            duration_ms=facts.duration_ms,
            ended_at=to_ms(facts.ended_at),
            attempts_used=facts.attempts_used,
            registered_at=to_ms(facts.registered_at),
            birth_date=facts.birth_date,
            limit_ms=facts.limit // MS,
            lot=lot.get(facts.attempt),
            decision=decision.get(facts.attempt),
        )

    def opening(self, facts: Facts) -> Opening:
        """What to open of an attempt that is counted or unranked: all the decision prints of a
        winner, by rank or beside.
        """
        contends = facts.attempt in self._side
        if facts.rank is None or (self._cut is None and not contends):
            return Opening()
        candidate = self._candidate(facts)
        key = self._key(candidate)
        if self._cut is None or facts.rank <= self.rank or contends:
            fields = [field for kind in self.kinds for field in FIELDS_OF.get(kind, ())]
            declared = self._declare(key, len(key))
            return Opening(tuple(fields), declared=declared, profile=None)
        return self._behind(candidate, key, self._cut)

    def _behind(self, candidate: Candidate, key: Key, cut: Key) -> Opening:
        """Down to the first criterion at which it falls behind."""
        last = next(at for at, value in enumerate(cut) if key[at] != value)
        fields: list[str] = []
        bounds: list[str] = []
        profile: list[tuple[str, object]] = []
        for at, kind in enumerate(self.kinds[: last + 1]):
            named = self._interval(at, candidate, cut, strictly=at == last)
            if named is not None:
                bounds.append(named[0])
                profile.append(named)
            elif kind in FIELDS_OF:
                fields.extend(FIELDS_OF[kind])
                profile.append((kind, _exact(kind, candidate)))
        declared = self._declare(key, last + 1)
        profile.extend(declared.items())
        return Opening(tuple(fields), tuple(bounds), declared, profile=tuple(profile))

    def _interval(
        self, at: int, candidate: Candidate, cut: Key, *, strictly: bool
    ) -> tuple[str, Interval] | None:
        """The widest interval that shows it behind the frontier, or not before it."""
        for name in BOUNDS_OF.get(self.kinds[at], ()) if self._bounded else ():
            found = bound_value(
                name, candidate.prediction, candidate.duration_ms, candidate.ended_at
            )
            if found is None:
                return None
            least = self._least_of(at, name, found, candidate)
            if least > cut[at : at + 1] or (not strictly and least == cut[at : at + 1]):
                return name, found
        return None

    def _least_of(self, at: int, name: str, interval: Interval, candidate: Candidate) -> Key:
        """The best that a value inside an interval can compare as."""
        known = self._least.get((at, name, interval))
        if known is None:
            key = chain_key([self._chain[at]], self._actual)
            tried = [replace(candidate, **fields) for fields in self._ends(name, interval)]
            known = self._least[at, name, interval] = min(map(key, tried))
        return known

    def _ends(self, name: str, interval: Interval) -> list[dict[str, Any]]:
        low, high = interval
        kind = name.partition("/")[0]
        if kind == "prediction":
            inside = self._actual is not None and low <= self._actual < high
            ends = [low, high, self._actual] if inside else [low, high]
            return [{"prediction": value} for value in ends]
        if kind == "duration":
            return [{"duration_ms": low}, {"duration_ms": high - 1}]
        first, after = map(to_ms, interval)
        return [{"ended_at": first}, {"ended_at": after - 1}]

    def _declare(self, key: Key, depth: int) -> dict[str, int]:
        """For each such criterion the place of the value among those at the frontier; one more
        than the last if it is none of them.
        """
        declared: dict[str, int] = {}
        for kind, value in zip(self.kinds[:depth], key, strict=False):
            if kind in DECLARED:
                order = self._orders[kind]
                declared[kind] = order.index(value) + 1 if value in order else len(order) + 1
        return declared


def _exact(kind: str, candidate: Candidate) -> object:
    """What the fields that a criterion compares tell when they are opened."""
    if kind == "prediction_error":
        return candidate.prediction
    if kind == "duration":  # its two moments
        return candidate.duration_ms, candidate.ended_at
    return candidate.ended_at


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
    bounded = {
        pool.group_id for pool in round.pools.all() if pool.document.get("leaf_version", 1) > 1
    }
    found, plans = {}, {}
    for group, planned in plan_round(round, rules):
        value = values.get(group.code)
        actual = Decimal(value["value"]) if value else None
        found[group.pk] = Frontier(
            round, rules, group.pk, planned, actual, bounded=group.pk in bounded
        )
        plans[group.pk] = planned
    return found, plans


class Hidings:
    """What may be shown of the entries outside the frontier, beside what was `told` before."""

    def __init__(self, round: Round, fronts: Mapping[int, Frontier], told: Iterable[Told]) -> None:
        counts: defaultdict[tuple[int, Told], Counter[Profile]] = defaultdict(Counter)
        for facts, before in zip(read_facts(round), told, strict=False):
            if facts.fate in OPENED and not facts.erased and not before.whole:
                profile = fronts[facts.group].opening(facts).profile
                if profile is not None:
                    counts[facts.group, before][profile] += 1
        self._found = {
            (group, before): decide_hiding(found)
            if before == NOTHING_TOLD
            else decide_hiding_again(found, shown=before.shown)
            for (group, before), found in counts.items()
        }

    def shown(self, group: int, before: Told, profile: Profile) -> Shown:
        """Of an entry that was counted. Of who was shown whole once there is nothing to hide."""
        return Shown.PROFILE if before.whole else self._found[group, before].shown(profile)
