"""One entry, as the hints look at it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

# By place in the pool: the masks that earn full marks.
RightMasks = Sequence[Set[int]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A closed entry: moments in ms; `items` by place in the pool, `masks` beside them (0 blank).

    Option ids in masks are the pool's, so answers to differently shuffled papers compare.
    """

    attempt: int
    entrant: int
    unit: int | None
    started: int
    ended: int
    items: Sequence[int]
    masks: Sequence[int]

    def total(self, right: RightMasks) -> int:
        """How many items it got right."""
        return sum(mask in right[item] for item, mask in zip(self.items, self.masks, strict=True))
