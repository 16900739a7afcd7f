"""Hake's gain, of ten people or more, growing by ten at once."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from training.engine.gain import Anchors, learning_gain

PEOPLE = st.integers(1, 20).flatmap(
    lambda items: st.builds(
        Anchors, st.just(items), before=st.integers(0, items), after=st.integers(0, items)
    )
)


def test_the_gain_is_hake_s_formula_over_the_averages():
    found = learning_gain([Anchors(4, 1, 3)] * 5 + [Anchors(4, 3, 4)] * 5)
    assert (found.persons, found.before, found.after, found.gain) == (
        10,
        Fraction(1, 2),
        Fraction(7, 8),
        Fraction(3, 4),
    )


def test_who_knew_everything_before_leaves_no_gain_to_tell():
    assert learning_gain([Anchors(2, 2, 2)] * 10).gain is None


def test_nobody_who_was_asked_nothing_twice_counts():
    assert learning_gain([Anchors(0, 0, 0)] * 30 + [Anchors(1, 0, 1)] * 9) is None


@given(st.lists(PEOPLE, max_size=35))
def test_nothing_is_told_of_fewer_than_ten_and_one_more_person_changes_nothing_within_a_batch(
    people,
):
    found = learning_gain(people)
    assert (found is None) == (len(people) < 10)
    if len(people) % 10:
        assert found == learning_gain(people[:-1])
    if found:
        assert 0 <= found.before <= 1
        assert found.persons % 10 == 0
