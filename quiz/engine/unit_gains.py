"""What a unit can gain without anybody knowing more: by blank entries, and by being split.

`BEST_OF_LIST` can't be gained. What that says exactly, for units and their parts as below:

* **Blank entries.** After any number of entries without a right answer, by people of the list or
  by others, the unit's result and its place among the same other units are as before. It takes the
  `count` highest marks of people of the list and counts the missing as zero, over a number that
  is the same for all units; a blank entry turns a missing zero into a zero. Nothing else is
  compared but the size of the list, which no entry changes.
* **Splitting.** If the people of a unit's list are divided between two units, neither has a better
  result than the whole had, nor a better place among the same other units (and the other part).
  The highest marks of a part are marks of the whole, so their sum is at most the whole's; at equal
  sums the larger list comes first, and a part is no larger. The parts have to be judged among the
  same units: a bloc is made of kinds of units, never of sizes, and a round keeps its tree of units.

It does not say that two parts together win no more prizes than the whole: two good halves may take
two places. And no formula that divides by a unit's own size can promise even this: one of two
parts has at least the average of both, and a part of one person has that person's mark. The price
is that a larger list has more people to be among the best.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from quiz.engine.unit_prizes import Component, Formula, Result, Unit, evaluate

BEST_OF_LIST = Formula(components=(Component("top"),), ties=("size",))


@dataclass(frozen=True)
class Gain:
    """Before and after. `blanks`: how many entries were blank; `part`: the better part's people."""

    before: Result
    after: Result
    blanks: int = 0
    part: int = 0

    @property
    def gained(self) -> bool:
        """A higher sum, or considered where it was barred before."""
        return _worth(self.after) > _worth(self.before)


def cannot_be_gained(formula: Formula) -> bool:
    """Whether the formula is `BEST_OF_LIST`, but for the count, the decimals and missing ties."""
    return (
        formula.members == "listed"
        and not formula.conditions
        and set(formula.ties) <= {"size"}
        and all(part.kind == "top" for part in formula.components)
    )


def with_blanks(formula: Formula, unit: Unit, *, listed: int, others: int = 0) -> Unit:
    """The unit after blank entries by `listed` people of its list, not yet entered, and by others.

    Raises ValueError when the list has not so many left.
    """
    if unit.done + listed > unit.listed:
        raise ValueError(listed)
    counted = listed + (others if formula.members == "everybody" else 0)
    return replace(
        unit,
        done=unit.done + listed,
        entrants=unit.entrants + listed + others,
        marks=(*unit.marks, (Fraction(0), counted)) if counted else unit.marks,
    )


def largest_blank_gain(formula: Formula, unit: Unit, k: int) -> Gain:
    """The most that at most `k` blank entries bring the unit; of equal gains the fewest entries."""
    before = evaluate(formula, unit)
    best = Gain(before, before)
    for blanks in range(1, k + 1):
        for listed in range(min(blanks, unit.listed - unit.done) + 1):
            blank = with_blanks(formula, unit, listed=listed, others=blanks - listed)
            after = evaluate(formula, blank)
            if _worth(after) > _worth(best.after):
                best = Gain(before, after, blanks=blanks)
    return best


def largest_split_gain(formula: Formula, unit: Unit) -> Gain:
    """The most that the better part of the unit split in two has; of equal gains the largest part.

    The unit has to be one whose list is its headcount. For so many people, so many of them with
    marks, no part has better figures than the one that takes the highest marks and the individual
    winners; all these are tried. The board is taken to give a part what it gave the whole. Raises
    ValueError for another unit.
    """
    if (unit.listed, unit.done) != (unit.headcount, unit.entrants):
        raise ValueError(unit.code)
    before = evaluate(formula, unit)
    best = Gain(before, before)
    for part in _best_parts(unit):
        after = evaluate(formula, part)
        worth, held = _worth(after), _worth(best.after)
        if worth > held or (best.part and worth == held and part.listed > best.part):
            best = Gain(before, after, part=part.listed)
    return best


def _best_parts(unit: Unit) -> Iterator[Unit]:
    marks = sorted((mark for mark, count in unit.marks for _ in range(count)), reverse=True)
    for entered in range(len(marks) + 1):
        for missing in range(unit.listed - len(marks) + 1):
            size = entered + missing
            if 0 < size < unit.listed:
                taken = tuple(Counter(marks[:entered]).items())
                winners = unit.winners if entered else 0
                yield Unit(unit.code, size, entered, size, entered, taken, winners, unit.points)


def _worth(result: Result) -> tuple[bool, Fraction]:
    return (not result.barred, Fraction(0) if result.barred else result.sum)
