"""Learning gain between two quizzes.

Source: R. R. Hake, “Interactive-engagement versus traditional methods”, American Journal of Physics
66 (1998) 64: the average normalised gain <g> = (%<after> − %<before>) / (100 − %<before>), of the
class averages, not the average of each person's own gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Figures of fewer say something about each; and what is told grows by as many at once, so that no
# two reports differ by fewer.
BATCH = 10


@dataclass(frozen=True)
class Anchors:
    """One person's answers to the items asked both times: how many, right before, right after."""

    items: int
    before: int
    after: int


@dataclass(frozen=True)
class Gain:
    """Shares of right answers before and after, and the gain; None where before all was right."""

    persons: int
    before: Fraction
    after: Fraction
    gain: Fraction | None


def whole_batches(count: int) -> int:
    """How many of `count` may be told: a multiple of BATCH."""
    return count - count % BATCH


def learning_gain(people: Sequence[Anchors]) -> Gain | None:
    """Of the first whole batches of those who were asked an item twice; None for fewer than ten.

    `people` in the order in which they finished.
    """
    asked = [each for each in people if each.items]
    told = asked[: whole_batches(len(asked))]
    if not told:
        return None
    before = sum((Fraction(each.before, each.items) for each in told), Fraction()) / len(told)
    after = sum((Fraction(each.after, each.items) for each in told), Fraction()) / len(told)
    gain = (after - before) / (1 - before) if before < 1 else None
    return Gain(len(told), before, after, gain)
