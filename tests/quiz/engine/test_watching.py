from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.watching import FIGURES, Band, Totals, band_of, by_minute

START = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def totals(seconds: int, started: int, **more: int) -> Totals:
    figures = dict.fromkeys(FIGURES, 0) | {"started": started} | more
    return Totals(at=START + seconds * SECOND, **figures)


def test_minutes_are_told_where_samples_fall_on_their_ends():
    seen = by_minute([totals(0, 0), totals(60, 5, finished=2, closed=2), totals(120, 9)], minutes=9)
    assert [(one.at - START, one.started) for one in seen] == [(0 * SECOND, 5), (60 * SECOND, 4)]
    assert (seen[0].finished, seen[0].submitted) == (2, 0)


def test_between_two_samples_the_total_rises_evenly():
    seen = by_minute([totals(30, 0), totals(150, 120)], minutes=9)
    assert [(one.at - START, one.started) for one in seen] == [
        (0 * SECOND, 30),
        (60 * SECOND, 60),
        (120 * SECOND, 30),
    ]


def test_one_sample_tells_no_minute():
    assert by_minute([], minutes=9) == by_minute([totals(0, 7)], minutes=9) == []


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(0, 500)), min_size=1, max_size=30),
    st.integers(0, 59),
)
def test_nothing_is_lost_or_told_twice(steps, first):
    at, started, samples = first, 0, [totals(first, 0)]
    for seconds, more in steps:
        at, started = at + seconds, started + more
        samples.append(totals(at, started))
    seen = by_minute(samples, minutes=1000)
    assert sum(one.started for one in seen) == started
    assert len({one.at for one in seen}) == len(seen)


@pytest.mark.parametrize(
    ("troubles", "attempts", "band"),
    [
        (0, 0, Band.NONE),
        (1, 0, Band.MANY),
        (1, 101, Band.FEW),
        (1, 100, Band.NOTABLE),
        (5, 100, Band.MANY),
    ],
)
def test_bands_are_coarse(troubles, attempts, band):
    assert band_of(troubles, attempts) is band
