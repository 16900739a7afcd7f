"""No row for everybody speaks of fewer than ten persons, nor lets one be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.small_groups import LEAST, Part, merge_small

parts = st.lists(st.integers(0, 40), max_size=12).map(
    lambda sizes: [Part(str(n), size, 2 * size) for n, size in enumerate(sizes)]
)


@given(parts)
def test_every_row_has_ten_and_the_sum_stays(given_parts):
    told = merge_small(given_parts)
    assert all(part.persons >= LEAST for part in told)
    if told:
        assert sum(part.persons for part in told) == sum(part.persons for part in given_parts)
        assert sum(part.entries for part in told) == sum(part.entries for part in given_parts)


@given(parts)
def test_what_is_left_out_cannot_be_worked_out(given_parts):
    """Whoever knows the whole learns of those put together only that they are ten or more."""
    told = merge_small(given_parts)
    alone = sum(part.persons for part in told if not part.together)
    left = sum(part.persons for part in given_parts) - alone
    assert not told or left == 0 or left >= LEAST


def test_one_small_row_takes_the_next_one_along():
    told = merge_small([Part("a", 30, 30), Part("b", 3, 4), Part("c", 12, 15)])
    assert told == [Part("a", 30, 30), Part("", 15, 19, together=2)]


def test_too_few_people_are_no_table():
    assert merge_small([Part("a", 5, 5), Part("b", 4, 4)]) == []
    assert merge_small([]) == []
