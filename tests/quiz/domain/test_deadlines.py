"""The statements' deadline rule is that of `engine/deadlines.py`, at every boundary."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.domain.attempts import save_attempt, start_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.closing import CLOSE_DELAY, close_overdue_attempts
from quiz.domain.deadlines import DEADLINE, EXTENDED, IN_WINDOW, is_over_sql, times_of
from quiz.domain.extensions import extend_attempt
from quiz.domain.readiness import read_readiness
from quiz.domain.round_closing import last_deadline
from quiz.engine.deadlines import Extension, TimeRules
from quiz.enums import EventKind
from quiz.errors import AttemptClosed, SaveTooLate, TooEarly, TooLate
from quiz.models import Attempt, AttemptEvent
from tests.factories import (
    HOUR,
    answers_input,
    database_now,
    make_open_contest,
    make_rules,
    register,
    start,
)

pytestmark = pytest.mark.django_db
MS = timedelta(milliseconds=1)
OPENS = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
AT_CLOSE = ["last_save", "last_start"]

rules = st.builds(
    TimeRules,
    opens_at=st.just(OPENS),
    closes_at=st.just(CLOSES),
    limit_seconds=st.none() | st.integers(1, 9000),
    at_close=st.sampled_from(AT_CLOSE),
    grace_ms=st.integers(0, 60_000),
)


def near(*moments):
    """These moments, the millisecond before and after, and any other."""
    edges = [moment + step * MS for moment in moments for step in (-1, 0, 1)]
    later = (CLOSES + HOUR).replace(tzinfo=None)
    other = st.datetimes(OPENS.replace(tzinfo=None), later, timezones=st.just(UTC))
    return st.sampled_from(edges) | other.map(lambda at: at.replace(microsecond=0))


_ASKED = f"""
WITH clock AS (SELECT %(at)s::timestamptz AS at),
    r AS (SELECT %(opens)s::timestamptz AS opens_at, %(closes)s::timestamptz AS closes_at)
SELECT {IN_WINDOW}, {DEADLINE},
    {EXTENDED.format(deadline="%(before)s::timestamptz", granted="clock.at")},
    {is_over_sql("%(before)s::timestamptz")}
FROM clock, r
"""


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules, near(OPENS, CLOSES), near(CLOSES), st.integers(0, 9000), st.data())
def test_sql_and_python_agree(rule, at, before, seconds, data):
    grace = timedelta(milliseconds=rule.grace_ms)
    at = data.draw(st.just(at) | near(before + grace))
    asked = {
        "at": at,
        "opens": OPENS,
        "closes": CLOSES,
        "limit": rule.limit_seconds,
        "last_start": rule.at_close == "last_start",
        "before": before,
        "seconds": seconds,
        "grace": grace,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, asked)
        in_window, deadline, extended, over = cursor.fetchone()
    assert in_window is rule.may_start(at)
    assert deadline == rule.deadline_at(at)
    assert extended == max(before, at) + timedelta(seconds=seconds)
    assert over is not rule.accepts(at, before)


def to_the_moment(moment):
    """The clock shifted so that the statements' `now()` is exactly this."""
    return shifted_clock(moment - database_now())


@pytest.mark.parametrize("at_close", AT_CLOSE)
def test_start_at_the_edges_of_the_window(at_close):
    whole = HOUR - timedelta(microseconds=database_now().microsecond)
    made = make_open_contest(
        opens_in=whole, closes_in=whole + HOUR, rules=make_rules(entry={"at_close": at_close})
    )
    opens, closes = made.round.opens_at, made.round.closes_at
    who = register(made)
    with to_the_moment(opens - MS), pytest.raises(TooEarly):
        start(made, who)
    with to_the_moment(closes), pytest.raises(TooLate):
        start(made, who)
    with to_the_moment(closes - MS):
        row = start(made, who).row
    rule = times_of(round=made.round, rules=make_rules(entry={"at_close": at_close}))
    assert row.deadline_at == rule.deadline_at(row.started_at) <= rule.last_deadline()


@pytest.mark.parametrize("grace_ms", [0, 5000])
def test_save_submit_and_closer_share_the_last_millisecond(grace_ms):
    made = make_open_contest(rules=make_rules(entry={"grace_ms": grace_ms}))
    one, other = start(made, register(made)), start(made, register(made))
    end = one.row.deadline_at + timedelta(milliseconds=grace_ms)
    given = answers_input(one, [1, 0, 0, 0, 0])
    assert other.row.deadline_at == one.row.deadline_at
    with to_the_moment(end):
        save_attempt(token=one.token, given=given)
        assert submit_attempt(token=other.token, given=given).row.ended_at == one.row.deadline_at
    with to_the_moment(end + MS), pytest.raises(SaveTooLate):
        save_attempt(token=one.token, given=answers_input(one, [2, 0, 0, 0, 0], base=1))
    assert close_overdue_attempts(now=end, delay=timedelta(0)) == 0
    assert close_overdue_attempts(now=end + CLOSE_DELAY) == 0
    assert close_overdue_attempts(now=end + MS, delay=timedelta(0)) == 1
    with to_the_moment(end), pytest.raises(AttemptClosed):
        save_attempt(token=one.token, given=answers_input(one, [4, 0, 0, 0, 0], base=1))


@pytest.mark.parametrize("at_close", AT_CLOSE)
def test_the_stored_deadline_follows_from_start_and_extensions(at_close):
    made = make_open_contest(rules=make_rules(entry={"at_close": at_close}))
    with shifted_clock(50 * timedelta(minutes=1)):
        sitting = start(made, register(made))
        attempt = Attempt.objects.get()
        extend_attempt(attempt=attempt, seconds=90, reason="Mất điện", user=made.organiser)
    over = attempt.deadline_at + timedelta(minutes=3)
    with to_the_moment(over):
        extend_attempt(attempt=attempt, seconds=60, reason="Mất điện", user=made.organiser)
    seconds = AttemptEvent.objects.filter(kind=EventKind.EXTENSION).order_by("pk")
    granted = [event.details["seconds"] for event in seconds]
    moments = [sitting.row.started_at, over.replace(microsecond=over.microsecond // 1000 * 1000)]
    rule = times_of(round=made.round, rules=make_rules(entry={"at_close": at_close}))
    expected = rule.deadline_at(sitting.row.started_at, map(Extension, moments, granted))
    assert attempt.deadline_at == expected
    assert last_deadline(round=made.round, rules=make_rules(entry={"at_close": at_close})) == max(
        expected, rule.last_deadline()
    ) + timedelta(milliseconds=rule.grace_ms)


@pytest.mark.parametrize(
    ("at_close", "minutes", "cut_short"),
    [("last_save", 30, False), ("last_save", 50, True), ("last_start", 50, False)],
)
def test_the_deadline_told_before_the_start_is_the_one_given(at_close, minutes, cut_short):
    made = make_open_contest(rules=make_rules(entry={"at_close": at_close}))
    who = register(made)
    with shifted_clock(timedelta(minutes=minutes)):
        told = read_readiness(contest_code=made.contest.code, entrant_token=who.token)
        begun = start_attempt(entrant_token=who.token, round_id=made.round.pk, ordinal=1)
    assert told.cut_short is cut_short
    assert abs(told.deadline_at - begun.row.deadline_at) < timedelta(seconds=10)
    assert (begun.row.deadline_at == made.round.closes_at) is cut_short
