"""Entries done faster than anybody can read and choose, and far better than by guessing.

`SECONDS_AN_ITEM` is a floor nobody reaches honestly: reading the words of an item alone takes
several times as long, and finding its place, choosing and going on takes about a second even for
who knows the answers by heart. Guessing as fast is possible and no offence, so the answers must be
better than blind guessing gives once in a million.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from quiz.engine.integrity.sittings import RightMasks, Sitting

SECONDS_AN_ITEM = 1.0
BY_GUESSING = 1e-6


@dataclass(frozen=True)
class FastSitting:
    attempt: int
    seconds: float
    answered: int
    right: int


def too_fast(
    sitting: Sitting, *, right: RightMasks, option_counts: Sequence[int]
) -> FastSitting | None:
    """The entry, if it was impossibly fast for what it got right."""
    answered = sum(mask > 0 for mask in sitting.masks)
    seconds = (sitting.ended - sitting.started) / 1000
    if not answered or seconds >= SECONDS_AN_ITEM * answered:
        return None
    total = sitting.total(right)
    fewest = min(option_counts[item] for item in sitting.items)
    if by_guessing(answered, total, max(fewest, 2)) > BY_GUESSING:
        return None
    return FastSitting(sitting.attempt, seconds, answered, total)


@lru_cache(maxsize=4096)
def by_guessing(answered: int, right: int, options: int) -> float:
    """The chance of at least `right` of `answered` when each is guessed among `options`."""
    p = 1 / options
    return sum(
        comb(answered, n) * p**n * (1 - p) ** (answered - n) for n in range(right, answered + 1)
    )
