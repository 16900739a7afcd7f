"""What is attended lies within the session, and nothing is credited twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.engine.attending import attended, without
from training.engine.segments import length

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
ELEVEN = EIGHT + timedelta(hours=3)
STRETCHES = st.tuples(st.integers(0, 50), st.integers(0, 50))


def minutes(came, left):
    moments = [None if at is None else EIGHT + timedelta(minutes=at) for at in (came, left)]
    found = attended(begins=EIGHT, ends=ELEVEN, came=moments[0], left=moments[1])
    return (found[1] - found[0]) // timedelta(minutes=1) if found else 0


def test_only_time_between_signing_in_and_out_within_the_hours_counts():
    assert minutes(-20, 200) == 180
    assert minutes(15, 100) == 85
    assert (minutes(15, None), minutes(None, 100)) == (0, 0)
    assert (minutes(190, 200), minutes(100, 50)) == (0, 0)


@given(stretch=STRETCHES, others=st.lists(STRETCHES, max_size=6))
def test_what_is_left_and_what_was_covered_make_the_stretch(stretch, others):
    begin, end = stretch
    left = without(stretch, others)
    points = set(range(begin, max(begin, end)))
    covered = {point for first, last in others for point in range(first, last)}
    assert {point for first, last in left for point in range(first, last)} == points - covered
    assert length(left) == sum(last - first for first, last in left)
