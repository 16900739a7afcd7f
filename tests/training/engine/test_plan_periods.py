"""Periods of a plan's report, and how far a task is when looked at from one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.engine.plan_periods import CODES, ReportPeriod, month_end, quarter_of
from training.engine.plan_progress import (
    DOING,
    DONE,
    LATE,
    WAITING,
    Proof,
    judge,
    sight_of_day,
    sight_of_period,
)

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("code", "first", "last", "before"),
    [
        ("q1", "2026-01-01", "2026-03-31", ("q4", 2025)),
        ("q3", "2026-07-01", "2026-09-30", ("q2", 2026)),
        ("h1", "2026-01-01", "2026-06-30", ("h1", 2025)),
        ("m9", "2026-01-01", "2026-09-30", ("m9", 2025)),
        ("year", "2026-01-01", "2026-12-31", ("year", 2025)),
    ],
)
def test_a_period_has_its_days_and_what_it_is_set_against(code, first, last, before):
    period = ReportPeriod(code, 2026)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.before().code, period.before().year) == before


@given(st.sampled_from(CODES), st.integers(2015, 2100))
def test_the_next_quarter_begins_the_day_after(code, year):
    period = ReportPeriod(code, year)
    assert period.next_quarter().first == period.last + timedelta(days=1)
    assert period.months()[-1] == period.last.replace(day=1)
    assert period.last == month_end(year, period.last.month)
    assert quarter_of(period.last) == (period.last.month - 1) // 3 + 1


def state(day, *, done_on=None, proofs=(), sight=None):
    found = judge(due_on=DUE, done_on=done_on, proofs=proofs, sight=sight or sight_of_day(day))
    return found.state


def test_a_task_is_late_the_day_after_its_due_day():
    assert state(DUE) == WAITING
    assert state(DUE + timedelta(days=1)) == LATE
    assert state(DUE, proofs=[Proof(DUE)]) == DOING
    assert state(DUE + timedelta(days=1), proofs=[Proof(DUE)]) == LATE


def test_a_period_that_is_over_is_judged_by_its_last_day():
    july = DUE + timedelta(days=15)
    assert state(july, sight=sight_of_period(DUE, july)) == LATE
    assert state(DUE, sight=sight_of_period(DUE, DUE)) == WAITING
    # Done in July: the second quarter's report tells that it was late at the quarter's end.
    assert state(july, done_on=july, sight=sight_of_period(DUE, july)) == LATE
    assert state(july, done_on=july) == DONE


@given(
    st.lists(st.builds(Proof, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 99))),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_only_what_happened_by_the_day_is_reached(proofs, day):
    found = judge(due_on=DUE, done_on=None, proofs=proofs, sight=sight_of_day(day))
    assert found.reached == sum(proof.amount for proof in proofs if proof.day <= day)
    begun = any(proof.day <= day for proof in proofs)
    assert found.state == (LATE if day > DUE else DOING if begun else WAITING)
