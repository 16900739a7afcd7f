"""What SCORM packages say of themselves, taken into a lesson's state.

`state["scorm"]` reads {"status", "success", "score", "seconds", "scos": {id: record}}. A record
holds what the package wants to be told again ("suspend", "location", "values"), and what counts:
"status" (completed, incomplete, not attempted), "success" (passed, failed, unknown), "score"
{"raw", "min", "max", "scaled"}, "sessions" {tab: [opened, counted, sequence]} in seconds.

A session's own figure never counts for more than its window was open.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from training.engine.scorm_manifest import V12

MOST_SESSIONS = 20
MOST_VALUES = 400
# What is kept besides and told again: what packages read back.
_KEPT = re.compile(
    r"cmi\.(objectives\.\d+\.[\w.]+|comments|student_preference\.\w+|learner_preference\.\w+"
    r"|progress_measure|core\.exit|exit)"
)
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)")
_PERIOD = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_SPANS = (31_536_000, 2_592_000, 86_400, 3600, 60, 1)
Value = Annotated[str, StringConstraints(max_length=64_000)]
Key = Annotated[str, StringConstraints(max_length=100, pattern=r"^cmi\.[\w.]+$")]
Tab = Annotated[str, StringConstraints(pattern=r"^[\w-]{8,22}$")]


class Runtime(BaseModel):
    """What an open page tells of one SCO: the values as the package left them.

    `sequence` rises within a tab; `elapsed` is how long the page has had the SCO open, in seconds.
    Without `values` it only says that somebody is there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    tab: Tab
    sco: str = Field(max_length=200)
    sequence: int = Field(ge=0, le=10_000_000)
    elapsed: float = Field(ge=0, le=86_400)
    values: dict[Key, Value] = Field(default_factory=dict, max_length=MOST_VALUES)


def read_seconds(text: str) -> float:
    """A session's time: 0001:02:03.5 of 1.2, PT1H2M3.5S of 2004; 0 for what is neither."""
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = match.groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    match = _PERIOD.fullmatch(text)
    if match is None or not any(match.groups()):
        return 0.0
    return sum(float(part or 0) * span for part, span in zip(match.groups(), _SPANS, strict=True))


def open_session(
    state: Mapping[str, Any], *, sco: str, tab: str, now: float, is_sco: bool = True
) -> dict[str, Any]:
    """A window of a SCO opens at `now`, in seconds since the epoch. An asset is done by that."""
    record = _record(state, sco)
    sessions = dict(record.get("sessions", {}))
    sessions.setdefault(tab, [now, 0.0, -1])
    changed = {**record, **_folded(record, sessions)}
    if not is_sco:
        changed["status"] = "completed"
    return _with(state, sco, changed)


def take_in(
    state: Mapping[str, Any],
    told: Runtime,
    *,
    version: str,
    mastery: float | None,
    now: float,
) -> dict[str, Any]:
    """The state after a report; one that comes late or twice changes nothing that was said since.

    Completed stays completed and passed stays passed, whatever a second visit says.
    """
    record = _record(state, told.sco)
    sessions = dict(record.get("sessions", {}))
    opened, counted, sequence = sessions.get(told.tab, (now, 0.0, -1))
    if told.sequence <= sequence or not told.values:
        return dict(state)
    names = _NAMES_12 if version == V12 else _NAMES_2004
    said = read_seconds(told.values.get(names["session"], ""))
    counted = max(counted, min(said, told.elapsed, max(0.0, now - opened)))
    sessions[told.tab] = [opened, round(counted, 1), told.sequence]
    changed = {**record, **_folded(record, sessions), **_judged(record, told, version, mastery)}
    changed["suspend"] = told.values.get("cmi.suspend_data", record.get("suspend", ""))
    changed["location"] = told.values.get(names["location"], record.get("location", ""))
    changed["values"] = {k: v for k, v in told.values.items() if v and _KEPT.fullmatch(k)}
    return _with(state, told.sco, changed)


_NAMES_12 = {
    "session": "cmi.core.session_time",
    "location": "cmi.core.lesson_location",
    "score": "cmi.core.score.",
}
_NAMES_2004 = {
    "session": "cmi.session_time",
    "location": "cmi.location",
    "score": "cmi.score.",
}


def _judged(
    record: Mapping[str, Any], told: Runtime, version: str, mastery: float | None
) -> dict[str, Any]:
    names = _NAMES_12 if version == V12 else _NAMES_2004
    score = {
        name: number
        for name in ("raw", "min", "max", "scaled")
        if (number := _number(told.values.get(names["score"] + name, ""))) is not None
    }
    if version == V12:
        status, success = _of_12(told.values.get("cmi.core.lesson_status", ""), score, mastery)
    else:
        status = told.values.get("cmi.completion_status", "incomplete")
        success = told.values.get("cmi.success_status", "unknown")
    if "raw" not in score and "scaled" not in score:
        score = {}  # a highest mark alone is no mark
    passed_before = record.get("success") == "passed"
    old = record.get("score", {})
    if passed_before and _height(old) >= _height(score):
        score = old
    return {
        "status": "completed" if record.get("status") == "completed" else _status(status),
        "success": "passed" if passed_before else _success(success),
        "score": score or old,
    }


def _of_12(said: str, score: Mapping[str, float], mastery: float | None) -> tuple[str, str]:
    """(completion, success) of the one status that 1.2 has; a mastery score decides where the
    package leaves it open (Run-Time Environment 1.2, cmi.core.lesson_status).
    """
    if said in ("passed", "failed"):
        return "completed", said
    if said == "completed" and mastery is not None and "raw" in score:
        return "completed", "passed" if score["raw"] >= mastery else "failed"
    return said, "unknown"


def _status(said: str) -> str:
    return "completed" if said == "completed" else "incomplete"


def _success(said: str) -> str:
    return said if said in ("passed", "failed") else "unknown"


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _height(score: Mapping[str, float]) -> float:
    """A score as a share, to be compared."""
    if "scaled" in score:
        return score["scaled"]
    lowest, highest = score.get("min", 0.0), score.get("max", 100.0)
    return (score.get("raw", 0.0) - lowest) / (highest - lowest) if highest > lowest else 0.0


def _record(state: Mapping[str, Any], sco: str) -> Mapping[str, Any]:
    return state.get("scorm", {}).get("scos", {}).get(sco, {})


def _folded(record: Mapping[str, Any], sessions: dict[str, Any]) -> dict[str, Any]:
    """The newest sessions by themselves, what older ones counted as one sum."""
    earlier = record.get("earlier", 0.0)
    while len(sessions) > MOST_SESSIONS:
        oldest = min(sessions, key=lambda tab: sessions[tab][0])
        earlier += sessions.pop(oldest)[1]
    return {"sessions": sessions, "earlier": earlier}


def record_seconds(record: Mapping[str, Any]) -> float:
    """What the sessions of one SCO count together."""
    return record.get("earlier", 0.0) + sum(each[1] for each in record.get("sessions", {}).values())


def _with(state: Mapping[str, Any], sco: str, record: Mapping[str, Any]) -> dict[str, Any]:
    scorm = state.get("scorm", {})
    return {**state, "scorm": {**scorm, "scos": {**scorm.get("scos", {}), sco: dict(record)}}}


def sum_up(state: Mapping[str, Any], scos: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole package from its parts: done when every part is, passed when every judged one is.

    The score is the mean of the parts that have one, in hundredths of what each could reach.
    """
    scorm = state.get("scorm", {})
    records = [scorm.get("scos", {}).get(sco["id"], {}) for sco in scos]
    done = [each.get("status") == "completed" for each in records]
    judged = [each["success"] for each in records if each.get("success", "unknown") != "unknown"]
    heights = [_height(each["score"]) for each in records if each.get("score")]
    success = "unknown"
    if "failed" in judged:
        success = "failed"
    elif judged and all(done):
        success = "passed"
    whole = {
        "status": "completed" if all(done) else "incomplete",
        "success": success,
        "score": round(sum(heights) / len(heights) * 100, 2) if heights else None,
        "seconds": round(sum(record_seconds(each) for each in records), 1),
    }
    return {**state, "scorm": {**scorm, **whole}}
