"""Credited time: never more than the clock, the media, the lesson's own minutes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accounts.dates import VIETNAM
from training.engine.segments import length, union
from training.engine.study_time import (
    Piece,
    Span,
    credited,
    package_seconds,
    share_out,
    split_days,
    studied,
    within_minutes,
)

# Ten minutes before midnight in Vietnam, on New Year's Eve.
START = datetime(2026, 12, 31, 16, 50, tzinfo=UTC)
NEVER_FULL = dict.fromkeys(range(4), 10_000)


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begin = draw(st.integers(0, 1500))
    long = draw(st.integers(0, 600))
    rate = draw(st.sampled_from([0, 50, 100, 150, 200]))
    return Span(
        enrolment=draw(st.integers(0, 1)),
        lesson=draw(st.integers(0, 3)),
        began=at(begin),
        ended=at(begin + long),
        media_ms=draw(st.integers(0, 900_000)),
        rate=rate,
        is_media=draw(st.booleans()),
    )


SPANS = st.lists(spans(), max_size=8)
MINUTES = st.fixed_dictionaries({lesson: st.integers(0, 12) for lesson in range(4)})


@given(SPANS, MINUTES)
def test_no_more_is_credited_than_the_clock_showed_over_all_tabs_and_devices(given, minutes):
    wall = length([(span.began, span.ended) for span in given], timedelta())
    days = credited(given, minutes=minutes, zone=VIETNAM)
    assert sum(days.values()) <= wall.total_seconds()


@given(SPANS)
def test_every_moment_is_credited_once_and_only_where_somebody_studied(given):
    pieces = share_out(given)
    stretches = [(piece.began, piece.ended) for piece in pieces]
    assert union(stretches) == union(studied(span) for span in given)
    assert sum((end - begin for begin, end in stretches), timedelta()) == length(
        stretches, timedelta()
    )


@given(SPANS)
def test_a_moment_of_two_lessons_belongs_to_the_one_turned_to_last(given):
    for piece in share_out(given):
        middle = piece.began + (piece.ended - piece.began) / 2
        there = [span for span in given if studied(span)[0] <= middle < studied(span)[1]]
        last = max(there, key=lambda span: (span.began, span.lesson, span.enrolment))
        assert (piece.lesson, piece.enrolment) == (last.lesson, last.enrolment)


@given(SPANS)
def test_media_are_credited_by_what_was_played_divided_by_the_speed(given):
    media = [span for span in given if span.is_media and span.rate]
    days = credited([s for s in given if s.is_media], minutes=NEVER_FULL, zone=VIETNAM)
    assert sum(days.values()) <= sum(span.media_ms / 10 / span.rate for span in media)


@given(SPANS, MINUTES)
def test_a_lesson_counts_at_most_its_minutes_for_one_enrolment(given, minutes):
    days = credited(given, minutes=minutes, zone=VIETNAM)
    for pair in {key[:2] for key in days}:
        assert sum(s for key, s in days.items() if key[:2] == pair) <= minutes[pair[1]] * 60


@given(SPANS, MINUTES, st.randoms())
def test_spans_said_twice_or_in_another_order_change_nothing(given, minutes, random):
    again = [*given, *given]
    random.shuffle(again)
    assert credited(again, minutes=minutes, zone=VIETNAM) == credited(
        given, minutes=minutes, zone=VIETNAM
    )


@given(SPANS, spans())
def test_what_is_studied_later_takes_nothing_from_earlier(given, later):
    end = max((span.ended for span in given), default=START)
    moved = Span(0, 9, end, end + (later.ended - later.began))
    assert [p for p in share_out([*given, moved]) if p.lesson != 9] == share_out(given)


@given(st.integers(-10, 5000), SPANS)
def test_a_package_says_no_more_than_its_window_was_open(said, given):
    wall = length([(span.began, span.ended) for span in given], timedelta())
    assert 0 <= package_seconds(said, given) <= wall.total_seconds()


def test_a_piece_over_new_years_midnight_is_cut_by_vietnamese_dates():
    days = split_days([Piece(1, 2, at(0), at(900))], VIETNAM)
    assert days == {(1, 2, date(2026, 12, 31)): 600, (1, 2, date(2027, 1, 1)): 300}


def test_the_earliest_days_fill_a_lessons_minutes():
    days = {(1, 2, date(2026, 12, 31)): 600, (1, 2, date(2027, 1, 1)): 600}
    assert within_minutes(days, {2: 15}) == {
        (1, 2, date(2026, 12, 31)): 600,
        (1, 2, date(2027, 1, 1)): 300,
    }


def test_ten_minutes_of_video_at_twice_the_speed_are_five():
    film = Span(1, 2, at(0), at(600), media_ms=600_000, rate=200, is_media=True)
    assert sum(credited([film], minutes={2: 60}, zone=VIETNAM).values()) == 300
