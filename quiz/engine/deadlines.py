"""When one may start, until when answers are taken, and which moment ranks. The only such rule.

Start, save, submit, the closer and the pages that tell the time left ask here. The hot statements
say the same in SQL with the database's clock (`domain/deadlines.py`); tests hold the two together.
All moments are aware datetimes.
"""

from collections.abc import Iterable
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
class Extension:
    """Time an organiser granted one attempt, and when. Raises ValueError if it takes time away."""

    granted_at: datetime
    seconds: int

    def __post_init__(self) -> None:
        if self.seconds < 0:
            raise ValueError("an extension takes no time away")


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The window of a round and the time of one attempt in it.

    `limit_seconds` None: only the close ends an attempt. `at_close`: under "last_save" the close
    ends every attempt, under "last_start" one begun before it keeps its whole limit. `grace_ms`
    is what the network may take after the deadline; it is no time to think and never ranks.
    Raises ValueError for times that can't be.
    """

    opens_at: datetime
    closes_at: datetime
    limit_seconds: int | None
    at_close: AtClose = "last_save"
    grace_ms: int = 5000

    def __post_init__(self) -> None:
        if self.opens_at >= self.closes_at:
            raise ValueError("the round closes before it opens")
        if self.limit_seconds is not None and self.limit_seconds <= 0:
            raise ValueError("a limit is positive or None")
        if self.grace_ms < 0:
            raise ValueError("the grace takes no time away")

    def window_at(self, now: datetime) -> WindowState:
        """The opening belongs to the window, the close does not."""
        if now < self.opens_at:
            return WindowState.BEFORE
        return WindowState.OPEN if now < self.closes_at else WindowState.AFTER

    def may_start(self, now: datetime) -> bool:
        return self.window_at(now) is WindowState.OPEN

    def deadline_at(self, started_at: datetime, extensions: Iterable[Extension] = ()) -> datetime:
        """The deadline of an attempt begun then; extensions in the order of their grant."""
        deadline = self._own_deadline(started_at)
        for extension in extensions:
            deadline = extend(deadline, extension)
        return deadline

    def _own_deadline(self, started_at: datetime) -> datetime:
        if self.limit_seconds is None:
            return self.closes_at
        own = started_at + timedelta(seconds=self.limit_seconds)
        return own if self.at_close == "last_start" else min(own, self.closes_at)

    def last_deadline(self) -> datetime:
        """No attempt of the round has a later deadline, extensions apart."""
        return self.deadline_at(self.closes_at)

    def is_cut_short(self, started_at: datetime) -> bool:
        """Whether the close leaves an attempt begun then less than its limit."""
        whole = timedelta(seconds=self.limit_seconds or 0)
        return self.deadline_at(started_at) < started_at + whole

    def accepts(self, now: datetime, deadline_at: datetime) -> bool:
        """Whether a save or submit reaching the database at `now` is taken."""
        return not is_over(now, deadline_at, self.grace_ms)


def extend(deadline_at: datetime, extension: Extension) -> datetime:
    """The deadline after an extension.

    Granted time is meant to be used: it is counted from the deadline or, if that has passed, from
    the grant, and may reach past the close.
    """
    return max(deadline_at, extension.granted_at) + timedelta(seconds=extension.seconds)


def is_over(now: datetime, deadline_at: datetime, grace_ms: int) -> bool:
    """Whether an attempt takes nothing more: past deadline and grace, to the millisecond."""
    return now > deadline_at + timedelta(milliseconds=grace_ms)


def ranked_end(submitted_at: datetime | None, deadline_at: datetime) -> datetime:
    """The moment that ranks: the submit, at most the deadline; without a submit, the deadline."""
    return deadline_at if submitted_at is None else min(submitted_at, deadline_at)
