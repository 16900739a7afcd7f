from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.deadlines import Extension, TimeRules, WindowState, is_over, ranked_end

OPENS = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
MS, SECOND, MINUTE = (timedelta(milliseconds=n) for n in (1, 1000, 60_000))

rules = st.builds(
    TimeRules,
    opens_at=st.just(OPENS),
    closes_at=st.just(CLOSES),
    limit_seconds=st.none() | st.integers(1, 3600),
    at_close=st.sampled_from(["last_start", "last_save"]),
    grace_ms=st.integers(0, 60_000),
)
inside = st.datetimes(
    OPENS.replace(tzinfo=None), (CLOSES - MS).replace(tzinfo=None), timezones=st.just(UTC)
)


def made(**changes):
    return TimeRules(**({"opens_at": OPENS, "closes_at": CLOSES, "limit_seconds": 900} | changes))


def test_the_opening_belongs_to_the_window_and_the_close_does_not():
    states = {
        OPENS - MS: WindowState.BEFORE,
        OPENS: WindowState.OPEN,
        CLOSES - MS: WindowState.OPEN,
        CLOSES: WindowState.AFTER,
    }
    assert {now: made().window_at(now) for now in states} == states
    assert [made().may_start(now) for now in states] == [False, True, True, False]


spans = st.timedeltas(timedelta(0), timedelta(hours=2))
granted = st.lists(st.tuples(spans, st.integers(0, 7200)), max_size=3)


def extensions_of(started, later):
    """Extensions at these spans after the start, in the order of their grant."""
    moments = sorted((started + span, seconds) for span, seconds in later)
    return [Extension(at, seconds) for at, seconds in moments]


@pytest.mark.parametrize(
    ("changes", "before_close", "expected"),
    [
        ({}, 60 * MINUTE, -45 * MINUTE),
        ({}, 5 * MINUTE, 0 * MINUTE),
        ({"at_close": "last_start"}, 5 * MINUTE, 10 * MINUTE),
        ({"limit_seconds": None}, 60 * MINUTE, 0 * MINUTE),
        ({"limit_seconds": None, "at_close": "last_start"}, 5 * MINUTE, 0 * MINUTE),
    ],
)
def test_deadlines_by_hand(changes, before_close, expected):
    started = CLOSES - before_close
    assert made(**changes).deadline_at(started) - CLOSES == expected
    # Extra time is added last, and reaches past the close.
    more = [Extension(started, 120)]
    assert made(**changes).deadline_at(started, more) - CLOSES == expected + 2 * MINUTE


def test_an_extension_after_the_deadline_counts_from_its_grant():
    started = OPENS
    ended = made().deadline_at(started)
    late = Extension(ended + 3 * MINUTE, 60)
    assert made().deadline_at(started, [late]) == ended + 4 * MINUTE
    again = Extension(ended + 3 * MINUTE, 30)
    assert made().deadline_at(started, [late, again]) == ended + 4 * MINUTE + 30 * SECOND


@pytest.mark.parametrize(
    ("at_close", "limit", "before_close", "expected"),
    [
        ("last_save", 900, 15 * MINUTE, False),
        ("last_save", 900, 15 * MINUTE - MS, True),
        ("last_start", 900, MS, False),
        ("last_save", None, MS, False),
    ],
)
def test_whether_the_close_cuts_an_attempt_short(at_close, limit, before_close, expected):
    rule = made(at_close=at_close, limit_seconds=limit)
    assert rule.is_cut_short(CLOSES - before_close) is expected


def test_the_grace_is_taken_to_its_last_millisecond():
    deadline = OPENS + 15 * MINUTE
    accepted = [made().accepts(deadline + late, deadline) for late in (-MS, 5 * SECOND)]
    assert accepted == [True, True]
    assert made().accepts(deadline + 5 * SECOND + MS, deadline) is False
    assert made(grace_ms=0).accepts(deadline + MS, deadline) is False


def test_the_grace_never_ranks():
    deadline = OPENS + 15 * MINUTE
    assert ranked_end(deadline + 4 * SECOND, deadline) == deadline
    assert ranked_end(deadline - SECOND, deadline) == deadline - SECOND
    assert ranked_end(None, deadline) == deadline


@given(rules, inside)
def test_an_attempt_ends_after_it_starts_and_within_its_limit(rules, started):
    deadline = rules.deadline_at(started)
    assert rules.may_start(started)
    assert started < deadline <= rules.last_deadline()
    if rules.limit_seconds is not None:
        assert deadline <= started + rules.limit_seconds * SECOND
    if rules.at_close == "last_save":
        assert deadline <= CLOSES


@given(rules, inside, inside)
def test_who_starts_later_never_ends_earlier(rules, one, other):
    first, second = sorted((one, other))
    assert rules.deadline_at(first) <= rules.deadline_at(second)


@given(rules, inside, granted)
def test_extra_time_is_given_in_full(rules, started, later):
    deadline = rules.deadline_at(started)
    for number, extension in enumerate(extensions := extensions_of(started, later), start=1):
        longer = rules.deadline_at(started, extensions[:number])
        assert longer - deadline >= extension.seconds * SECOND
        assert longer - extension.granted_at >= extension.seconds * SECOND
        assert longer - max(deadline, extension.granted_at) == extension.seconds * SECOND
        deadline = longer


@given(rules, inside, granted, spans)
def test_start_save_and_closer_never_overlap(rules, started, later, after):
    """At any moment an open attempt either takes saves or may be closed, never both."""
    deadline = rules.deadline_at(started, extensions_of(started, later))
    now = started + after
    assert rules.accepts(now, deadline) is not is_over(now, deadline, rules.grace_ms)
    assert rules.accepts(deadline, deadline)


@given(rules, inside, st.timedeltas(timedelta(0), timedelta(hours=2)))
def test_once_refused_always_refused(rules, started, later):
    deadline = rules.deadline_at(started)
    now = deadline + later
    if not rules.accepts(now, deadline):
        assert not rules.accepts(now + MS, deadline)
    assert ranked_end(now, deadline) == deadline


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": OPENS},
        {"closes_at": OPENS - SECOND},
        {"limit_seconds": 0},
        {"limit_seconds": -1},
        {"grace_ms": -1},
    ],
)
def test_times_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"closes before|limit|takes no time away"):
        made(**wrong)


def test_an_extension_that_takes_time_away_is_refused():
    with pytest.raises(ValueError, match="takes no time away"):
        Extension(OPENS, -1)
