"""How far papers differ: sums of facilities, their distribution, and what came of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.drawing import BlueprintRow, PoolForDraw
from quiz.engine.paper_spread import (
    correlation_of,
    expected_of,
    parts_of,
    spread_of,
)

values = st.lists(st.floats(0, 20, allow_nan=False), min_size=1, max_size=60)
pairs = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=60)


def test_what_is_expected_is_the_sum_over_the_drawn_items():
    pool = PoolForDraw((BlueprintRow((0, 1), 2), BlueprintRow((2, 3), 1)), (4,) * 4, (False,) * 4)
    sums = {round(expected_of(pool, (0.5, 0.25, 0.9, 0.1), bytes([n])), 6) for n in range(40)}
    assert sums == {1.65, 0.85}


def test_the_row_decides_how_many_of_its_items_a_paper_has():
    """Items worth 1 in one row, 0 in the other: every paper has the same sum."""
    pool = PoolForDraw(
        (BlueprintRow(tuple(range(5)), 3), BlueprintRow(tuple(range(5, 12)), 4)),
        (4,) * 12,
        (False,) * 12,
    )
    facility = [1.0] * 5 + [0.0] * 7
    assert {expected_of(pool, facility, bytes([n])) for n in range(60)} == {3.0}


@given(values)
def test_a_spread_counts_every_paper_once(found):
    spread = spread_of(found)
    assert sum(each.count for each in spread.bins) == spread.count == len(found)
    assert (spread.minimum, spread.maximum) == (min(found), max(found))
    assert spread.minimum <= spread.median <= spread.maximum
    assert all(a.high == b.low for a, b in zip(spread.bins, spread.bins[1:], strict=False))


def test_papers_alike_stand_in_one_bin():
    spread = spread_of([7.25] * 9)
    assert [(each.low, each.high, each.count) for each in spread.bins] == [(7.25, 7.25, 9)]
    assert (spread.width, spread.deviation) == (0, 0)


def test_no_papers_have_no_spread():
    with pytest.raises(ValueError, match="no papers"):
        spread_of([])


@given(pairs)
def test_parts_hold_every_paper_and_grow_easier(papers):
    parts = parts_of(papers)
    assert sum(part.papers for part in parts) == len(papers)
    assert [part.expected for part in parts] == sorted(part.expected for part in parts)
    sizes = {part.papers for part in parts}
    assert len(papers) < 10 or max(sizes) - min(sizes) <= 1


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=30, unique=True))
def test_a_straight_line_correlates_fully(expected):
    rising = [(float(e), 3.0 * e + 1) for e in expected]
    falling = [(float(e), 2.0 - e) for e in expected]
    assert math.isclose(correlation_of(rising), 1)
    assert math.isclose(correlation_of(falling), -1)


@given(pairs)
def test_correlation_lies_between_minus_one_and_one(papers):
    found = correlation_of([(float(e), float(s)) for e, s in papers])
    assert found is None or -1 <= found <= 1


def test_what_does_not_vary_has_no_correlation():
    assert correlation_of([]) is None
    assert correlation_of([(1.0, 2.0)]) is None
    assert correlation_of([(1.0, 2.0), (1.0, 3.0)]) is None
    assert correlation_of([(1.0, 2.0), (2.0, 2.0)]) is None
