import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.rehearsing import Measurement, count_lost, percentile, report_of


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_percentiles_by_nearest_rank(share, expected):
    assert percentile(range(100, 0, -1), share) == expected
    assert percentile([7.0], share) == 7.0


@given(st.lists(st.floats(0, 10), min_size=1, max_size=50), st.sampled_from([0.5, 0.95, 0.99]))
def test_a_percentile_is_the_smallest_that_enough_do_not_exceed(values, share):
    found = percentile(values, share)
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


@pytest.mark.parametrize(
    ("stored", "lost"),
    [
        ({1: ([1, 2, 0], True)}, 0),
        ({1: ([1, 2, 4], True)}, 0),  # a later save whose reply was lost
        ({1: ([1, 0, 0], True)}, 1),
        ({1: ([1, 2, 0], False)}, 1),
        ({}, 1),
    ],
)
def test_what_was_acknowledged_and_is_not_stored_is_lost(stored, lost):
    assert count_lost({1: ([1, 2, 0], True)}, stored) == lost


def test_a_report_tells_offered_and_reached():
    measured = Measurement(begun=9, completed=8, requests=80, seconds=30.0)
    measured.times["save"] += [0.010] * 19 + [0.5]
    measured.errors["503"] += 2
    report = report_of(measured, entrants=10, minutes=0.5, lost=0)
    assert (report["offered_per_minute"], report["reached_per_minute"]) == (20.0, 16.0)
    assert report["steps"] == {"save": {"count": 20, "p50": 10.0, "p95": 10.0, "p99": 500.0}}
    assert report["errors"] == {"503": 2}
