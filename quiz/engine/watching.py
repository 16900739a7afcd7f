"""A round's running totals as figures a minute, and how much goes wrong, in coarse words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Totals:
    """What had happened by `at`, since some beginning; `finished`: submitted or out of time."""

    at: datetime
    started: int
    finished: int
    closed: int
    refusals: int
    conflicts: int
    resumes: int


FIGURES = ("started", "finished", "closed", "refusals", "conflicts", "resumes")


@dataclass(frozen=True, slots=True)
class Minute(Totals):
    """What happened in the minute that begins at `at`."""

    @property
    def submitted(self) -> int:
        """Ended by the entrant. An extension that reopens one takes it back, never below zero."""
        return max(0, self.finished - self.closed)

    @property
    def troubles(self) -> int:
        return self.refusals + self.conflicts


class Band(StrEnum):
    """How often saves are refused or collide, too coarse to count anything by."""

    NONE = "none"
    FEW = "few"
    NOTABLE = "notable"
    MANY = "many"


def by_minute(totals: Sequence[Totals], *, minutes: int) -> list[Minute]:
    """The last whole and begun minutes covered by `totals` (oldest first), at most so many.

    Between two samples the total is taken to rise evenly, so a minute's figure is exact where
    samples fall on its ends, and what happened is never lost or told twice.
    """
    if len(totals) < 2:
        return []
    last = totals[-1].at
    first = max(totals[0].at, last.replace(second=0, microsecond=0) - (minutes - 1) * MINUTE)
    edges = list(_edges(first, last))
    steps = {name: [_at(totals, name, edge) for edge in edges] for name in FIGURES}
    return [
        Minute(
            at=edges[place].replace(second=0, microsecond=0),
            **{name: max(0, values[place + 1] - values[place]) for name, values in steps.items()},
        )
        for place in range(len(edges) - 1)
    ]


def _edges(first: datetime, last: datetime) -> Iterator[datetime]:
    """`first`, each whole minute after it, and `last`."""
    yield first
    edge = first.replace(second=0, microsecond=0) + MINUTE
    while edge < last:
        yield edge
        edge += MINUTE
    if first < last:
        yield last


def _at(totals: Sequence[Totals], name: str, moment: datetime) -> int:
    """The total at a moment between the first and the last sample."""
    after = next(total for total in totals if total.at >= moment)
    before = next(total for total in reversed(totals) if total.at <= moment)
    low, high = getattr(before, name), getattr(after, name)
    if after.at <= before.at:
        return high
    return low + round((high - low) * ((moment - before.at) / (after.at - before.at)))


def band_of(troubles: int, attempts: int) -> Band:
    """The share of `attempts` that met trouble: none, under 1 %, under 5 %, more."""
    if troubles == 0:
        return Band.NONE
    share = troubles / max(1, attempts)
    if share < 0.01:
        return Band.FEW
    return Band.NOTABLE if share < 0.05 else Band.MANY
