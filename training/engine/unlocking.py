"""Which lessons of a course are open to a learner, and what they wait for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter


def waits_for(
    order: Sequence[int],
    needed: Mapping[int, Collection[int]],
    done: Collection[int],
    *,
    required: Collection[int],
    in_order: bool,
) -> dict[int, list[int]]:
    """{lesson: lessons to be done first, in their order}; open lessons have none.

    `order`: the course's lessons as they stand. `needed`: the prerequisites of each; those no
    longer in the course ask for nothing. `in_order`: every required lesson before it, too. What is
    done stays open.
    """
    waits: dict[int, list[int]] = {}
    missing_before: list[int] = []
    for lesson in order:
        first = set(needed.get(lesson, ()))
        before = missing_before if in_order else []
        open_ones = [each for each in order if each in first and each not in done]
        waits[lesson] = [] if lesson in done else _in_order(order, [*before, *open_ones])
        if lesson in required and lesson not in done:
            missing_before = [*missing_before, lesson]
    return waits


def _in_order(order: Sequence[int], wanted: Iterable[int]) -> list[int]:
    chosen = set(wanted)
    return [lesson for lesson in order if lesson in chosen]


def has_cycle(needed: Mapping[int, Collection[int]]) -> bool:
    """Whether a lesson waits for itself, directly or through others."""
    try:
        TopologicalSorter(needed).prepare()
    except CycleError:
        return True
    return False
