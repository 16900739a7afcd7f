"""People who never were: the entrants of one group in one synthetic round.

Only those who may come near a prize are drawn whole; the others are counted. That is exact, since
everything about a person is drawn independently of what the ranking looked at before. How people
behave is assumed, not measured: see the comments, which the page repeats in words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from heapq import nsmallest
from math import sqrt
from random import Random

from quiz.engine.ranking import Candidate, CriterionLike, chain_key

_DAY = 86_400_000
_WINDOW = 7 * _DAY
_REGISTERED = 30 * _DAY
_OLDEST, _YOUNGEST = date(1966, 1, 1).toordinal(), date(2010, 1, 1).toordinal()
_USUAL_LIMIT = 15 * 60_000
_USUAL_ATTEMPTS = 10
_EXACT_BELOW = 400
_ENOUGH_TO_SIFT = 4
_FROM_SCORE = ("all_correct", "score")
_DRAWN = {
    "prediction_error": "prediction",
    "duration": "duration_ms",
    "duration_share": "duration_ms",
    "submitted_at": "ended_at",
    "attempts_used": "attempts_used",
    "registered_at": "registered_at",
    "age": "birth_date",
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one group's round is like.

    `actual` is the prediction's true value (None: nothing is predicted), `step` what one person
    more or less makes of it, `decimals` how it is asked, `percent` whether it is a share.
    """

    group: str
    items: int
    chain: Sequence[CriterionLike]
    limit_ms: int | None
    attempts: int | None
    actual: Decimal | None
    step: Decimal
    decimals: int
    percent: bool


def draw_count(rng: Random, among: int, percent: float) -> int:
    """How many of `among` do what each does with this chance (a normal curve when many)."""
    chance = percent / 100
    if among < _EXACT_BELOW:
        return sum(rng.random() < chance for _one in range(among))
    drawn = round(rng.gauss(among * chance, sqrt(among * chance * (1 - chance))))
    return min(among, max(0, drawn))


class Crowd:
    """Draws the people of one sitting; `next_id` numbers those nobody met before."""

    def __init__(self, rng: Random, sitting: Sitting, next_id: int) -> None:
        self.rng = rng
        self.sitting = sitting
        self.next_id = next_id
        self._draws: dict[str, Callable[[], object]] = {
            "prediction": self._prediction,
            "duration_ms": self._duration,
            "ended_at": lambda: int(rng.expovariate(1 / _DAY)) % _WINDOW,
            "attempts_used": self._attempts,
            "registered_at": lambda: int(rng.random() * _REGISTERED),
            "birth_date": lambda: date.fromordinal(rng.randrange(_OLDEST, _YOUNGEST)),
        }

    def front(self, *, perfect: int, others: int, wanted: int) -> list[Candidate]:
        """Everyone who can stand among the first `wanted`, ties at the end included.

        `perfect` papers have everything right; `others` don't.
        """
        kinds = [criterion.kind for criterion in self.sitting.chain]
        strict = "all_correct" in kinds
        if not strict and kinds[:1] != ["score"]:
            everyone = [0] * perfect + self._misses(others)
            return [self._person(missed) for missed in everyone]
        front: list[Candidate] = []
        for missed, count in self._classes(perfect, 0 if strict else others, wanted):
            if len(front) >= wanted:
                break
            front += self._sift(missed, count, wanted - len(front))
        return front

    def again(self, earlier: Candidate) -> Candidate:
        """An earlier winner in a new round: as quick as before, all correct, with a new guess."""
        drawn = self._person(0)
        limit = self.sitting.limit_ms or _USUAL_LIMIT
        pace = 0.9 + 0.2 * self.rng.random()
        return replace(
            drawn,
            entrant_id=earlier.entrant_id,
            duration_ms=min(limit, int(earlier.duration_ms * pace)),
            registered_at=earlier.registered_at,
            birth_date=earlier.birth_date,
        )

    def _classes(self, perfect: int, others: int, wanted: int) -> Iterator[tuple[int, int]]:
        """(items missed, how many people), the best first; the rest only if it can matter."""
        yield 0, perfect
        if perfect < wanted:
            missed = sorted(self._misses(others))
            for value in dict.fromkeys(missed):
                yield value, missed.count(value)

    def _misses(self, others: int) -> list[int]:
        """At least one item missed, about a seventh of the paper on average."""
        items = self.sitting.items
        rate = 7 / items
        return [min(items, 1 + int(self.rng.expovariate(rate))) for _one in range(others)]

    def _sift(self, missed: int, count: int, room: int) -> list[Candidate]:
        """Of `count` people with equal scores those whom the next criterion leaves in front."""
        name, criterion = self._first_drawn()
        if criterion is None or count <= room * _ENOUGH_TO_SIFT:
            return [self._person(missed) for _one in range(count)]
        draw = self._draws[name]
        values = [draw() for _one in range(count)]
        measure = self._measure(name, criterion)
        measured = [measure(value) for value in values]
        # One person more or less in the count may let somebody in from two steps behind.
        slack = 2 * self.sitting.step if name == "prediction" else 0
        limit = nsmallest(room, measured)[-1] + slack
        return [
            self._person(missed, **{name: value})
            for value, measure_of in zip(values, measured, strict=True)
            if measure_of <= limit
        ]

    def _first_drawn(self) -> tuple[str, CriterionLike | None]:
        for criterion in self.sitting.chain:
            if criterion.kind not in _FROM_SCORE:
                name = _DRAWN.get(criterion.kind)
                return (name, criterion) if name else ("", None)
        return "", None

    def _measure(self, name: str, criterion: CriterionLike) -> Callable[[object], Decimal]:
        """What the ranking compares of a value, asked of the ranking itself."""
        key = chain_key([criterion], self.sitting.actual)
        blank = self._person(0)
        known: dict[object, Decimal] = {}

        def measure(value: object) -> Decimal:
            if value not in known:
                ((_missing, measured),) = key(replace(blank, **{name: value}))  # type: ignore[arg-type]
                known[value] = Decimal(measured)
            return known[value]

        return measure

    def _person(self, missed: int, **known: object) -> Candidate:
        self.next_id += 1
        drawn = {
            name: known[name] if name in known else draw() for name, draw in self._draws.items()
        }
        items = self.sitting.items
        return Candidate(
            entrant_id=self.next_id,
            attempt_id=self.next_id,
            group=self.sitting.group,
            score=Decimal(items - missed),
            correct=items - missed,
            total=items,
            all_correct=missed == 0,
            limit_ms=self.sitting.limit_ms or _USUAL_LIMIT,
            **drawn,  # type: ignore[arg-type]
        )

    def _duration(self) -> int:
        """Mostly half the limit, hardly under a seventh of it; one in 30 is closed by the clock."""
        limit = self.sitting.limit_ms or _USUAL_LIMIT
        if self.rng.random() < 1 / 30:
            return limit
        return int(limit * self.rng.triangular(0.15, 1.0, 0.45))

    def _attempts(self) -> int:
        most = self.sitting.attempts or _USUAL_ATTEMPTS
        return min(most, 1 + int(self.rng.expovariate(1.0)))

    def _prediction(self) -> Decimal | None:
        """Off by half as a rule, and one guess in four is a round figure."""
        actual = self.sitting.actual
        if actual is None:
            return None
        if self.sitting.percent:
            guess = min(100.0, max(0.0, self.rng.gauss(float(actual), 15)))
            whole = self.rng.random() < 0.25
            return Decimal(round(guess, 0 if whole else self.sitting.decimals)).quantize(
                Decimal(1).scaleb(-self.sitting.decimals)
            )
        guess = max(1.0, float(actual)) * self.rng.lognormvariate(0, 0.5)
        rounded = round(guess, -2 if guess >= 1000 else -1)
        return Decimal(int(rounded if self.rng.random() < 0.25 else guess))
