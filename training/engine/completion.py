"""When a lesson counts as done: a rule is data, all of its conditions have to be met.

A rule reads {"all": [{"kind": "watched", "percent": 90}, {"kind": "minutes", "minutes": 5}]} and
is judged on a lesson's state (`training.models.LessonProgress`) and its true extent. Each
condition tells how far it is met, from 0 to 1; no condition is met by an empty state, and whatever
only adds to a state never takes anything away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from training.engine.segments import length, union

MOST_CONDITIONS = 5
# Players go at most this fast: who says they watched more than the time allows is believed so far.
FASTEST = 2.0


@dataclass(frozen=True)
class Extent:
    """How long a lesson truly is: pages (1 of a text) and seconds of its media, 0 for unknown.

    `elapsed`: seconds since the person first opened it.
    """

    pages: int = 0
    seconds: float = 0
    elapsed: float = math.inf


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Read(_Part):
    """Every page was in sight. `by_word`: “Tôi đã đọc đến cuối” says so too."""

    kind: Literal["read"] = "read"
    by_word: bool = False


class Watched(_Part):
    """The union of what was played covers so much of the media."""

    kind: Literal["watched"] = "watched"
    percent: int = Field(default=90, ge=1, le=100)


class Minutes(_Part):
    """The page was in use for so long, counted once over all tabs and devices."""

    kind: Literal["minutes"] = "minutes"
    minutes: int = Field(ge=1, le=600)


class Passed(_Part):
    """A try of the lesson's quiz reached so many per cent. `retries`: tries after the first; None
    for as many as one likes.
    """

    kind: Literal["quiz"] = "quiz"
    percent: int = Field(default=80, ge=1, le=100)
    retries: int | None = Field(default=None, ge=0, le=99)


class Package(_Part):
    """A SCORM package says that it is completed, or passed."""

    kind: Literal["scorm"] = "scorm"
    status: Literal["completed", "passed"] = "completed"


Condition = Annotated[Read | Watched | Minutes | Passed | Package, Field(discriminator="kind")]


class Rule(_Part):
    """All conditions together."""

    all: tuple[Condition, ...] = Field(min_length=1, max_length=MOST_CONDITIONS)


def is_met(rule: Rule, state: Mapping[str, Any], extent: Extent) -> bool:
    return all(how_far(condition, state, extent) >= 1 for condition in rule.all)


def share_done(rule: Rule, state: Mapping[str, Any], extent: Extent) -> float:
    """How far the whole rule is met, 0 to 1: the mean of its conditions."""
    return sum(how_far(each, state, extent) for each in rule.all) / len(rule.all)


def how_far(condition: Condition, state: Mapping[str, Any], extent: Extent) -> float:
    """How far one condition is met, 0 to 1."""
    match condition:
        case Read():
            if condition.by_word and state.get("said_read"):
                return 1.0
            return _share(length(union(_stretches(state, "pages"))), extent.pages)
        case Watched():
            wanted = extent.seconds * condition.percent / 100
            watched = length(union(_stretches(state, "watched")))
            return _share(min(watched, extent.elapsed * FASTEST), wanted)
        case Minutes():
            return _share(length(union(_stretches(state, "studied"))), condition.minutes * 60)
        case Passed():
            return _share(state.get("score") or 0, condition.percent)
        case Package():
            return float(_package_says(state.get("scorm") or {}, condition.status))


def _share(have: float, wanted: float) -> float:
    return min(1.0, have / wanted) if wanted > 0 else 0.0


def _stretches(state: Mapping[str, Any], name: str) -> list[tuple[float, float]]:
    return [(begin, end) for begin, end in state.get(name) or ()]


def _package_says(scorm: Mapping[str, Any], wanted: str) -> bool:
    passed = scorm.get("success") == "passed" or scorm.get("status") == "passed"
    return passed or (wanted == "completed" and scorm.get("status") == "completed")
