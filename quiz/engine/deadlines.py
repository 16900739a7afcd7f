"""When one may start, until when answers are taken, and which moment ranks. The only such rule.

The hot statements say the same in SQL with the database's clock; tests hold the two together.
All moments are aware datetimes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

AtClose = Literal["last_start", "last_save"]


class WindowState(StrEnum):
    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The window of a round and the time of one attempt in it.

    `limit_seconds` None: only the close ends an attempt. `at_close`: under "last_save" the close
    ends every attempt, under "last_start" one begun before it keeps its whole limit.
    `extra_seconds` are granted to this attempt by the organiser, who means them to be used: they
    are added last and may reach past the close. `grace_ms` is what the network may take after the
    deadline; it is no time to think and never ranks. Raises ValueError for times that can't be.
    """

    opens_at: datetime
    closes_at: datetime
    limit_seconds: int | None
    at_close: AtClose = "last_save"
    grace_ms: int = 5000
    extra_seconds: int = 0

    def __post_init__(self) -> None:
        if self.opens_at >= self.closes_at:
            raise ValueError("the round closes before it opens")
        if self.limit_seconds is not None and self.limit_seconds <= 0:
            raise ValueError("a limit is positive or None")
        if self.grace_ms < 0 or self.extra_seconds < 0:
            raise ValueError("neither grace nor extra time takes time away")

    def window_at(self, now: datetime) -> WindowState:
        """The opening belongs to the window, the close does not."""
        if now < self.opens_at:
            return WindowState.BEFORE
        return WindowState.OPEN if now < self.closes_at else WindowState.AFTER

    def may_start(self, now: datetime) -> bool:
        return self.window_at(now) is WindowState.OPEN

    def deadline_at(self, started_at: datetime) -> datetime:
        """The attempt's deadline, extra time included."""
        extra = timedelta(seconds=self.extra_seconds)
        if self.limit_seconds is None:
            return self.closes_at + extra
        own = started_at + timedelta(seconds=self.limit_seconds)
        return (own if self.at_close == "last_start" else min(own, self.closes_at)) + extra

    def accepts(self, now: datetime, deadline_at: datetime) -> bool:
        """Whether a save or submit reaching the database at `now` is taken."""
        return now <= deadline_at + timedelta(milliseconds=self.grace_ms)


def ranked_end(submitted_at: datetime | None, deadline_at: datetime) -> datetime:
    """The moment that ranks: the submit, at most the deadline; without a submit, the deadline."""
    return deadline_at if submitted_at is None else min(submitted_at, deadline_at)
