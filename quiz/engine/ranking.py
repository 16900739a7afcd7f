"""Ranking on plain values: the chain of criteria of the rules, step by step.

The platform ranks in one SQL pass; this is the same in thirty lines, for small sets, proposals and
the tests that hold the SQL. Ranks are those of competitions: 1, 2, 2, 4.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from typing import Literal, Protocol

Counted = Literal["best", "first", "last"]

NATURAL_DIRECTION = {
    "all_correct": "desc",
    "score": "desc",
    "prediction_error": "asc",
    "duration": "asc",
    "duration_share": "asc",
    "submitted_at": "asc",
    "attempts_used": "asc",
    "registered_at": "asc",
    "age": "desc",
    "lot": "asc",
    "decision": "asc",
}
_MS = {"ms": 1, "second": 1000, "minute": 60_000}
DECIMALS = {"whole": 0, "tenth": 1, "hundredth": 2}


class RankingError(ValueError):
    """The chain can't be applied: an unknown criterion, or no actual value to compare with."""


class CriterionLike(Protocol):
    """What ranking reads of a criterion; those of the rule document have it too."""

    @property
    def kind(self) -> str: ...
    @property
    def direction(self) -> str | None: ...
    @property
    def precision(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Criterion:
    """`direction` None is the one natural to the kind.

    `precision` cuts off before comparing: "ms", "second" or "minute" for moments and durations,
    "month" or "year" for the birth date behind the age, "whole", "tenth" or "hundredth" for the
    score, for the prediction error and for the share of the limit in percent. Any other word leaves
    score, age and error as they are, and the share at hundredths.
    """

    kind: str
    direction: str | None = None
    precision: str = "second"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attempt with what a chain may ask of it and of its entrant.

    `duration_ms`, `limit_ms` (the time this attempt was given) and the moments `ended_at`,
    `registered_at` are milliseconds (the moments since 1970, UTC). `lot` and `decision` are the
    places given to tied attempts afterwards.
    """

    entrant_id: int
    attempt_id: int
    group: str
    score: Decimal
    correct: int
    total: int
    all_correct: bool
    prediction: Decimal | None
    duration_ms: int
    ended_at: int
    attempts_used: int
    registered_at: int
    birth_date: date | None = None
    limit_ms: int | None = None
    lot: int | None = None
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """`tied`: others share the rank. `lost_by`: the criterion that put it behind the rank above."""

    candidate: Candidate
    rank: int
    tied: bool
    lost_by: str | None


Value = int | Decimal | None
Key = tuple[tuple[bool, int | Decimal], ...]


def rank(
    candidates: Iterable[Candidate], chain: Sequence[CriterionLike], actual: Decimal | None
) -> list[Ranked]:
    """Candidates of one group by rank; with `all_correct` in the chain only those who are.

    `actual` is the prediction's true value. A candidate without the value a criterion asks for
    comes behind all who have it. Inside a rank the order is by attempt id and means nothing.
    Raises `RankingError`.
    """
    key = chain_key(chain, actual)
    kinds = [criterion.kind for criterion in chain if criterion.kind != "all_correct"]
    eligible = passing(candidates, chain)
    keyed = sorted(
        ((key(candidate), candidate) for candidate in eligible),
        key=lambda pair: (pair[0], pair[1].attempt_id),
    )
    ranked: list[Ranked] = []
    above: Key | None = None
    for value, pairs in groupby(keyed, key=lambda pair: pair[0]):
        members = [candidate for _value, candidate in pairs]
        place = len(ranked) + 1
        lost_by = None if above is None else kinds[_first_difference(above, value)]
        ranked.extend(Ranked(member, place, len(members) > 1, lost_by) for member in members)
        above = value
    return ranked


def choose_counted(
    candidates: Iterable[Candidate],
    *,
    counted: Counted,
    chain: Sequence[CriterionLike],
    actual: Decimal | None,
) -> list[Candidate]:
    """One candidate per entrant: the attempt that counts.

    "best" is the one first under the chain (all correct before not), of equals the earliest.
    An entrant's attempts never overlap, so their order is that of their ends.
    """
    key = chain_key(chain, actual)

    def by_time(candidate: Candidate) -> tuple[int, int]:
        return candidate.ended_at, candidate.attempt_id

    order: dict[str, Callable[[Candidate], object]] = {
        "best": lambda c: (not (passing([c], chain)), key(c), by_time(c)),
        "first": by_time,
        "last": lambda c: tuple(-part for part in by_time(c)),
    }
    ordered = sorted(candidates, key=lambda c: (c.entrant_id, order[counted](c)))
    return [next(attempts) for _id, attempts in groupby(ordered, key=lambda c: c.entrant_id)]


def passing(candidates: Iterable[Candidate], chain: Sequence[CriterionLike]) -> list[Candidate]:
    """Those the chain ranks at all."""
    strict = any(criterion.kind == "all_correct" for criterion in chain)
    return [candidate for candidate in candidates if candidate.all_correct or not strict]


def chain_key(chain: Sequence[CriterionLike], actual: Decimal | None) -> Callable[[Candidate], Key]:
    """A function giving sort keys: the smaller comes first, equal keys are tied."""
    steps = [_step(criterion, actual) for criterion in chain if criterion.kind != "all_correct"]

    def key(candidate: Candidate) -> Key:
        values = ((read(candidate), sign) for read, sign in steps)
        return tuple(
            (value is None, 0 if value is None else sign * value) for value, sign in values
        )

    return key


def prediction_error(
    prediction: Decimal | None, actual: Decimal, decimals: int | None = None
) -> Decimal | None:
    """|prediction − actual|, cut after `decimals` (None: exact)."""
    if prediction is None:
        return None
    return _cut(abs(prediction - actual), decimals)


def _cut(figure: Decimal, decimals: int | None) -> Decimal:
    if decimals is None:
        return figure
    return figure.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _step(
    criterion: CriterionLike, actual: Decimal | None
) -> tuple[Callable[[Candidate], Value], int]:
    kind = criterion.kind
    if kind not in NATURAL_DIRECTION:
        raise RankingError(f"unknown criterion: {kind!r}")
    sign = -1 if (criterion.direction or NATURAL_DIRECTION[kind]) == "desc" else 1
    if kind == "score":
        decimals = DECIMALS.get(criterion.precision)
        return lambda candidate: _cut(candidate.score, decimals), sign
    if kind == "prediction_error":
        return _read_error(criterion, actual), sign
    if kind in _MOMENTS:
        field, unit = _MOMENTS[kind], _unit(criterion)
        return lambda candidate: getattr(candidate, field) // unit, sign
    if kind == "duration_share":
        parts = share_parts(criterion.precision)
        return lambda candidate: duration_share(candidate, parts), sign
    if kind == "age":
        return lambda candidate: _age(candidate.birth_date, criterion.precision), sign
    return lambda candidate: getattr(candidate, kind), sign


_MOMENTS = {"duration": "duration_ms", "submitted_at": "ended_at", "registered_at": "registered_at"}


def _unit(criterion: CriterionLike) -> int:
    if criterion.precision not in _MS:
        raise RankingError(f"unknown precision: {criterion.precision!r}")
    return _MS[criterion.precision]


def share_parts(precision: str) -> int:
    """Into how many steps the whole limit is cut: 100 for whole percents, 10,000 for hundredths."""
    return int(100 * 10 ** DECIMALS.get(precision, 2))


def duration_share(candidate: Candidate, parts: int) -> int | None:
    """The time taken as whole `parts` of the time given, rounded down; None without a limit."""
    return candidate.duration_ms * parts // candidate.limit_ms if candidate.limit_ms else None


def _read_error(criterion: CriterionLike, actual: Decimal | None) -> Callable[[Candidate], Value]:
    if actual is None:
        raise RankingError("the prediction's true value is not fixed yet")
    decimals = DECIMALS.get(criterion.precision)
    return lambda candidate: prediction_error(candidate.prediction, actual, decimals)


def _age(born: date | None, precision: str) -> int | None:
    """Older is more: days, months or years from the birth to the end of the calendar."""
    if born is None:
        return None
    if precision == "year":
        return date.max.year - born.year
    if precision == "month":
        return 12 * (date.max.year - born.year) - born.month
    return date.max.toordinal() - born.toordinal()


def _first_difference(one: Key, other: Key) -> int:
    return next(i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
