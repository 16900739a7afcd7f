"""Tables for everybody: no row speaks of fewer than `LEAST` persons.

Rows below that are put together into one, with as many of the next smallest rows as it takes to
reach `LEAST`: with one small row left out alone, it would follow from the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 10


@dataclass(frozen=True)
class Part:
    """`together`: how many rows it stands for; 0 for a row of its own."""

    label: str
    persons: int
    entries: int
    together: int = 0


def merge_small(parts: Sequence[Part]) -> list[Part]:
    """The parts, small ones together at the end; [] where all together are too few."""
    counted = [part for part in parts if part.persons]
    by_size = sorted(counted, key=lambda part: part.persons)
    small = [part for part in by_size if part.persons < LEAST]
    large = by_size[len(small) :]
    while small and sum(part.persons for part in small) < LEAST and large:
        small.append(large.pop(0))
    if small and sum(part.persons for part in small) < LEAST:
        return []
    kept = [part for part in counted if part in large]
    if not small:
        return kept
    persons, entries = sum(p.persons for p in small), sum(p.entries for p in small)
    return [*kept, Part("", persons, entries, together=len(small))]
