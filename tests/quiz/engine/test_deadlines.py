from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.deadlines import TimeRules, WindowState, ranked_end

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
    extra_seconds=st.just(0) | st.integers(0, 7200),
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


@pytest.mark.parametrize(
    ("changes", "before_close", "expected"),
    [
        ({}, 60 * MINUTE, -45 * MINUTE),
        ({}, 5 * MINUTE, 0 * MINUTE),
        ({"at_close": "last_start"}, 5 * MINUTE, 10 * MINUTE),
        ({"limit_seconds": None}, 60 * MINUTE, 0 * MINUTE),
        ({"limit_seconds": None, "at_close": "last_start"}, 5 * MINUTE, 0 * MINUTE),
        ({"extra_seconds": 120}, 60 * MINUTE, -43 * MINUTE),
        ({"extra_seconds": 120}, 5 * MINUTE, 2 * MINUTE),
        ({"extra_seconds": 120, "at_close": "last_start"}, 5 * MINUTE, 12 * MINUTE),
        ({"extra_seconds": 120, "limit_seconds": None}, 5 * MINUTE, 2 * MINUTE),
    ],
)
def test_deadlines_by_hand(changes, before_close, expected):
    assert made(**changes).deadline_at(CLOSES - before_close) - CLOSES == expected


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
    extra = rules.extra_seconds * SECOND
    assert rules.may_start(started)
    assert deadline > started
    if rules.limit_seconds is not None:
        assert deadline <= started + rules.limit_seconds * SECOND + extra
    if rules.at_close == "last_save":
        assert deadline <= CLOSES + extra


@given(rules, inside, inside)
def test_who_starts_later_never_ends_earlier(rules, one, other):
    first, second = sorted((one, other))
    assert rules.deadline_at(first) <= rules.deadline_at(second)


@given(rules, inside, st.integers(0, 7200))
def test_extra_time_is_given_in_full(rules, started, extra):
    more = TimeRules(
        opens_at=OPENS,
        closes_at=CLOSES,
        limit_seconds=rules.limit_seconds,
        at_close=rules.at_close,
        extra_seconds=extra,
    )
    gained = more.deadline_at(started) - rules.deadline_at(started)
    assert gained == (extra - rules.extra_seconds) * SECOND


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
        {"extra_seconds": -1},
    ],
)
def test_times_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"closes before|limit|takes time away"):
        made(**wrong)
