"""The union of stretches: what counts once however often it was watched."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from training.engine.segments import length, union

STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def covered(stretches: list[tuple[int, int]]) -> set[int]:
    return {mark for begin, end in stretches for mark in range(begin, end)}


@given(STRETCHES)
def test_a_union_covers_the_same_marks_in_sorted_stretches_apart_from_each_other(stretches) -> None:
    joined = union(stretches)
    assert covered(joined) == covered(stretches)
    assert all(begin < end for begin, end in joined)
    assert all(left[1] < right[0] for left, right in pairwise(joined))
    assert length(stretches) == len(covered(stretches))


def test_stretches_that_touch_are_one_and_empty_ones_none() -> None:
    assert union([(3, 5), (1, 3), (7, 7), (9, 8)]) == [(1, 5)]
    assert length([]) == 0
