"""The deadline rule of `engine/deadlines.py` where rows are at hand: of a round, and in SQL.

The statements name the moment `clock.at`; the parameters are those of start and save.
"""

from datetime import datetime
from typing import Protocol

from quiz.engine.deadlines import TimeRules
from quiz.rules.document import RuleDocument


class Window(Protocol):
    """A round, or what a process keeps of it."""

    @property
    def opens_at(self) -> datetime: ...

    @property
    def closes_at(self) -> datetime: ...


IN_WINDOW = "clock.at >= r.opens_at AND clock.at < r.closes_at"
DEADLINE = """CASE WHEN %(limit)s::int IS NULL THEN r.closes_at
        WHEN %(last_start)s THEN clock.at + make_interval(secs => %(limit)s::int)
        ELSE least(clock.at + make_interval(secs => %(limit)s::int), r.closes_at) END"""
EXTENDED = "greatest({deadline}, {granted}) + make_interval(secs => %(seconds)s)"


def is_over_sql(deadline: str, *, now: str = "clock.at", grace: str = "%(grace)s::interval") -> str:
    """`is_over` of a column, or of a column and what else is waited for."""
    return f"{deadline} + {grace} < {now}"


def times_of(*, round: Window, rules: RuleDocument) -> TimeRules:
    """The round's window with what its rules say of time."""
    entry = rules.entry
    return TimeRules(
        round.opens_at,
        round.closes_at,
        limit_seconds=entry.time_limit_seconds,
        at_close=entry.at_close,
        grace_ms=entry.grace_ms,
    )


def deadline_if_started(*, round: Window, rules: RuleDocument, now: datetime) -> datetime | None:
    """When an attempt begun now would end; None outside the window."""
    times = times_of(round=round, rules=rules)
    return times.deadline_at(now) if times.may_start(now) else None
