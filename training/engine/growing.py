"""A lesson's state takes in what a page reports, and only ever grows.

Reports may come twice, late, in any order and from several devices: stretches are joined, the best
score stays, the newest position wins by the moment it tells of. What lies outside the lesson's
extent or outside the time since it was first opened is cut away.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from training.engine.completion import Extent
from training.engine.segments import length, union

# A state is read and written whole; more stretches than these no honest page makes.
MOST_STRETCHES = 2000
# Clocks of a page and of the server drift apart by a little.
SLACK_SECONDS = 5.0

Stretch = tuple[float, float]
Stretches = tuple[tuple[float, float], ...]


class Report(BaseModel):
    """What one open page tells of one lesson.

    `tab` is random per open page. `pages` half-open, from 1; `watched` in media seconds;
    `studied` in seconds since the lesson was first opened, by the server's clock; `position` in
    media seconds (or the page in sight) at the moment `position_at`, in the same seconds as
    `studied`. `media_ms` is how far the media went since the report before, `rate` how fast, in
    hundredths. `in_use`: the page is in sight and somebody is reading, watching or moving.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    tab: str = Field(min_length=1, max_length=22, pattern=r"^[A-Za-z0-9_-]+$")
    pages: tuple[tuple[int, int], ...] = Field(default=(), max_length=MOST_STRETCHES)
    watched: Stretches = Field(default=(), max_length=MOST_STRETCHES)
    studied: Stretches = Field(default=(), max_length=MOST_STRETCHES)
    position: float | None = Field(default=None, ge=0, le=1e7)
    position_at: float = Field(default=0, ge=0, le=1e10)
    media_ms: int = Field(default=0, ge=0, le=86_400_000)
    rate: int = Field(default=100, ge=10, le=1600)
    in_use: bool = True


def grow(
    state: Mapping[str, Any], report: Report, *, extent: Extent, elapsed: float
) -> dict[str, Any]:
    """The state with the report taken in; `elapsed`: seconds since the lesson was first opened."""
    grown = dict(state)
    latest = max(0.0, elapsed + SLACK_SECONDS)
    _join(grown, "pages", _cut(report.pages, 1, extent.pages + 1))
    _join(grown, "watched", _cut(report.watched, 0, extent.seconds))
    _join(grown, "studied", _cut(report.studied, 0, latest))
    grown["seconds"] = int(length(_stretches(grown, "studied")))
    if report.position is not None:
        told = (round(min(report.position_at, latest), 1), round(report.position, 1))
        if told > (grown.get("position_at", -1.0), grown.get("position", 0.0)):
            grown["position_at"], grown["position"] = told
    return grown


def best_score(state: Mapping[str, Any], score: float) -> dict[str, Any]:
    """The state with a quiz's score in per cent, where it is the best so far."""
    return {**state, "score": max(score, state.get("score") or 0)}


def _cut(stretches: Iterable[Stretch], first: float, last: float) -> list[Stretch]:
    """The parts between `first` and `last`, in tenths; reversed and empty ones fall out."""
    cut = [
        (max(first, round(begin, 1)), min(last, round(end, 1)))
        for begin, end in stretches
        if begin < end
    ]
    return [(begin, end) for begin, end in cut if begin < end]


def _join(state: dict[str, Any], name: str, new: list[Stretch]) -> None:
    joined = union([*_stretches(state, name), *new])
    if new and len(joined) <= MOST_STRETCHES:
        state[name] = [list(each) for each in joined]


def _stretches(state: Mapping[str, Any], name: str) -> list[Stretch]:
    return [(begin, end) for begin, end in state.get(name) or ()]
