"""Half-open stretches on a line (seconds, pages, moments) and their union."""

from collections.abc import Iterable
from typing import Any, TypeVar

Mark = TypeVar("Mark", bound=Any)


def union(stretches: Iterable[tuple[Mark, Mark]]) -> list[tuple[Mark, Mark]]:
    """What is covered at least once: sorted, apart from each other, empty ones left out.

    Stretches that only touch become one.
    """
    joined: list[tuple[Mark, Mark]] = []
    for begin, end in sorted(each for each in stretches if each[0] < each[1]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def length(stretches: Iterable[tuple[Mark, Mark]], zero: Any = 0) -> Any:
    """How much is covered, counted once; `zero` of the same kind as a difference of two marks."""
    return sum((end - begin for begin, end in union(stretches)), zero)
