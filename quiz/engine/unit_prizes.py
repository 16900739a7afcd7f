"""Collective prizes: a unit's result from its members' marks, and the order of units.

Exact fractions; each figure is rounded half up before it is weighed, and so is the sum, so that
whoever recomputes from the printed table finds the printed result.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Component:
    """`weight` percent of one figure; what each kind means: `quiz.rules.unit_prizes`."""

    kind: str
    weight: Fraction = HUNDRED
    at_least: int = 80
    over: str = "entered"
    count: int = 10
    name: str = ""


@dataclass(frozen=True)
class Condition:
    """Units of `size_from` to under `size_below` (None: any) need `percent` of a figure."""

    kind: str
    percent: Fraction = HUNDRED
    size_from: int = 0
    size_below: int | None = None

    def concerns(self, size: int) -> bool:
        return self.size_from <= size and (self.size_below is None or size < self.size_below)


@dataclass(frozen=True)
class Formula:
    """`ties`: kinds of figures, or "size" (larger first), compared in turn where sums are equal;
    what they leave equal the board decides.
    """

    components: tuple[Component, ...]
    conditions: tuple[Condition, ...] = ()
    ties: tuple[str, ...] = ()
    members: Literal["listed", "everybody"] = "listed"
    decimals: int = 2

    def component(self, kind: str) -> Component:
        """The formula's own figure of a kind, else the plain one."""
        return next((part for part in self.components if part.kind == kind), Component(kind))

    @property
    def figures(self) -> tuple[Component, ...]:
        """Everything a unit's table shows: what is weighed, then what only bars or breaks ties."""
        others = (*(each.kind for each in self.conditions), *self.ties)
        weighed = {part.kind for part in self.components}
        extra = dict.fromkeys(kind for kind in others if kind != "size" and kind not in weighed)
        return (*self.components, *(Component(kind) for kind in extra))


@dataclass(frozen=True)
class Unit:
    """What is known of a unit. `listed` and `headcount` without the exempt.

    `done`: of the listed, who entered; `entrants`: everybody who entered. `marks`: (percent of full
    marks, members with it), of the listed alone or of everybody, as the formula's `members` says.
    `points`: given by the board, 0 to 100; `preferred`: its decision among equals, higher first.
    """

    code: str
    listed: int
    done: int
    headcount: int
    entrants: int
    marks: tuple[tuple[Fraction, int], ...]
    winners: int = 0
    points: Fraction = Fraction(0)
    preferred: int = 0

    def size(self, formula: Formula) -> int:
        return self.listed if formula.members == "listed" else self.headcount


@dataclass(frozen=True)
class Result:
    """`figures` as `Formula.figures` and `sum`, rounded; `barred`: conditions that are not met."""

    unit: Unit
    size: int
    figures: tuple[Fraction, ...]
    sum: Fraction
    tie_values: tuple[Fraction, ...]
    barred: tuple[Condition, ...]


@dataclass(frozen=True)
class Placed:
    """`place` from 1, shared by those nothing tells apart (`tied` of them); None for the barred."""

    result: Result
    place: int | None
    tied: int = 1


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """A number of at least 0 rounded to so many decimals."""
    scale = 10**decimals
    return Fraction((value * scale * 2 + 1) // 2, scale)


def _percent(part: Fraction | int, whole: int) -> Fraction:
    return HUNDRED * part / whole if whole else Fraction(0)


def measure(component: Component, unit: Unit, formula: Formula) -> Fraction:
    """One figure of a unit, exact, from 0 to 100; 0 where there is nothing to divide by."""
    entered = sum(count for _mark, count in unit.marks)
    # A headcount may be out of date: nobody who entered is left out of the denominator.
    over = entered if component.over == "entered" else max(entered, unit.size(formula))
    if component.kind == "completion":
        return _percent(unit.done, unit.listed)
    if component.kind == "participation":
        return min(HUNDRED, _percent(unit.entrants, unit.headcount))
    if component.kind == "average":
        return _percent(sum(mark * count for mark, count in unit.marks), over) / 100
    if component.kind == "share":
        good = sum(count for mark, count in unit.marks if mark >= component.at_least)
        return _percent(good, over)
    if component.kind == "top":
        return best_sum(unit.marks, component.count) / component.count
    if component.kind in ("winner", "points"):
        return unit.points if component.kind == "points" else HUNDRED * bool(unit.winners)
    raise ValueError(component.kind)


def best_sum(marks: Iterable[tuple[Fraction, int]], count: int) -> Fraction:
    """The sum of the `count` highest marks; fewer marks than that count as zeros."""
    total = Fraction(0)
    for mark, members in sorted(marks, reverse=True):
        total += mark * min(members, count)
        count -= min(members, count)
    return total


def evaluate(formula: Formula, unit: Unit) -> Result:
    """A unit's figures, its weighed sum, and what bars it."""

    def rounded(component: Component) -> Fraction:
        return round_half_up(measure(component, unit, formula), formula.decimals)

    size = unit.size(formula)
    figures = tuple(rounded(component) for component in formula.figures)
    weighed = zip(formula.components, figures, strict=False)
    total = sum((part.weight * value for part, value in weighed), Fraction(0)) / 100
    return Result(
        unit=unit,
        size=size,
        figures=figures,
        sum=round_half_up(total, formula.decimals),
        tie_values=tuple(
            Fraction(size) if kind == "size" else rounded(formula.component(kind))
            for kind in formula.ties
        ),
        # Compared exactly: 69.996 % is not 70 %, whatever is printed.
        barred=tuple(
            each
            for each in formula.conditions
            if each.concerns(size)
            and measure(formula.component(each.kind), unit, formula) < each.percent
        ),
    )


def rank_units(formula: Formula, units: Iterable[Unit]) -> list[Placed]:
    """The units in order, the barred last; those nothing tells apart share a place."""
    results = [evaluate(formula, unit) for unit in units]
    results.sort(key=lambda result: result.unit.code)
    results.sort(key=_key, reverse=True)
    sharing = Counter(map(_key, results))
    first: dict[object, int] = {}
    placed = []
    for number, result in enumerate(results, start=1):
        place = first.setdefault(_key(result), number)
        placed.append(
            Placed(result, None) if result.barred else Placed(result, place, sharing[_key(result)])
        )
    return placed


def _key(result: Result) -> tuple[bool, Fraction, tuple[Fraction, ...], int]:
    return (not result.barred, result.sum, result.tie_values, result.unit.preferred)


def tier_of(placed: Placed, counts: Sequence[int]) -> int | None:
    """Which tier (its index) a place takes, tiers being handed out down the order by `counts`.

    None: no prize. -1: those who share the place would not all get the same, so that a person has
    to decide.
    """
    if placed.place is None:
        return None
    taken = {_tier_at(placed.place + step, counts) for step in range(placed.tied)}
    return taken.pop() if len(taken) == 1 else -1


def _tier_at(place: int, counts: Sequence[int]) -> int | None:
    for index, count in enumerate(counts):
        place -= count
        if place <= 0:
            return index
    return None
