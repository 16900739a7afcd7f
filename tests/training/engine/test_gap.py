"""The shortest set that closes a gap, held against trying every set."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from training.engine.gap import shortest_set


def by_trying_all(minutes: list[int], gap: int) -> tuple[int, ...]:
    sets = (
        chosen
        for count in range(len(minutes) + 1)
        for chosen in combinations(range(len(minutes)), count)
        if all(minutes[place] > 0 for place in chosen)
    )
    enough = [
        (sum(minutes[place] for place in chosen), len(chosen), chosen)
        for chosen in sets
        if sum(minutes[place] for place in chosen) >= gap
    ]
    everything = tuple(place for place, each in enumerate(minutes) if each > 0)
    return min(enough)[2] if enough else everything


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 200))
def test_it_is_the_smallest_sum_then_the_fewest_then_the_earliest(minutes, gap):
    assert shortest_set(minutes, gap) == by_trying_all(minutes, gap)


def test_one_course_of_the_very_length_is_taken_before_two():
    assert shortest_set([30, 60, 90, 25], 90) == (2,)
