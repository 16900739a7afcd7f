"""A code holds for its half minute and ten seconds more; all codes are equally likely."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.engine.room_codes import (
    GRACE,
    SECONDS,
    code_from,
    seconds_left,
    tidy_code,
    window_of,
    windows_accepted,
)

START = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 10**9).map(lambda ms: START + timedelta(milliseconds=ms))


@given(shown=MOMENTS, later=st.integers(0, 120_000).map(lambda ms: timedelta(milliseconds=ms)))
def test_a_code_is_taken_while_it_is_shown_and_ten_seconds_after(shown, later):
    taken = window_of(shown) in windows_accepted(shown + later)
    gone = timedelta(seconds=seconds_left(shown))
    # A microsecond either way is the rounding of the clock.
    if later < gone + GRACE - timedelta(milliseconds=1):
        assert taken
    if later > gone + GRACE + timedelta(milliseconds=1):
        assert not taken


@given(MOMENTS)
def test_a_code_is_shown_for_at_most_its_window(moment):
    assert 0 < seconds_left(moment) <= SECONDS
    assert window_of(moment + timedelta(seconds=seconds_left(moment))) == window_of(moment) + 1


def test_a_code_has_six_digits_and_is_read_however_it_is_typed():
    assert code_from(bytes(32)) == "000000"
    assert code_from(b"\xff" * 32) == str((2**64 - 1) % 10**6)
    assert tidy_code(" 12 34-56") == "123456"
