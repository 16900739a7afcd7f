"""SCORM lessons: what a package is told when it opens, and what it says taken in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from accounts.models import User
from training.domain.progress import change_state
from training.domain.scorm_errors import PackageNotReady
from training.domain.study import record_beat
from training.engine.scorm_manifest import V12
from training.engine.scorm_state import (
    Runtime,
    open_session,
    record_seconds,
    sum_up,
    take_in,
)
from training.enums import FileKind, FileState
from training.errors import BadProgress
from training.models import Enrolment, Lesson, LessonProgress

Facts = Mapping[str, Any]


def read_runtime(document: object) -> Runtime:
    """What a page sent, checked. Raises BadProgress."""
    try:
        return Runtime.model_validate(document)
    except ValidationError as fault:
        raise BadProgress from fault


def package_of(lesson: Lesson) -> Facts:
    """What is known of the lesson's package. Raises PackageNotReady."""
    file = lesson.file
    if file is None or file.state != FileState.READY or file.kind != FileKind.SCORM:
        raise PackageNotReady
    return file.facts


def sco_of(package: Facts, sco_id: str) -> Facts:
    """The part of this id; the first one where there is none."""
    scos = package["scos"]
    return next((each for each in scos if each["id"] == sco_id), scos[0])


def open_sco(
    *, enrolment: Enrolment, lesson: Lesson, sco_id: str, tab: str, now: datetime
) -> LessonProgress:
    """A page opens a part of the package: from now on its window is open.

    Raises PackageNotReady, and as `training.domain.progress.change_state`.
    """
    package = package_of(lesson)
    sco = sco_of(package, sco_id)

    def opened(progress: LessonProgress) -> Mapping[str, Any]:
        state = open_session(
            progress.state, sco=sco["id"], tab=tab, now=now.timestamp(), is_sco=sco["is_sco"]
        )
        return sum_up(state, package["scos"])

    return change_state(enrolment=enrolment, lesson=lesson, change=opened, now=now)


def save_runtime(
    *, enrolment: Enrolment, lesson: Lesson, told: Runtime, now: datetime
) -> LessonProgress:
    """Take in what a package says, twice, late or from another device; counts as studying.

    Raises PackageNotReady, and as `training.domain.progress.change_state`.
    """
    package = package_of(lesson)
    sco = sco_of(package, told.sco)

    def taken(progress: LessonProgress) -> Mapping[str, Any]:
        state = take_in(
            progress.state,
            told,
            version=package["version"],
            mastery=sco["mastery"],
            now=now.timestamp(),
        )
        return sum_up(state, package["scos"])

    progress = change_state(enrolment=enrolment, lesson=lesson, change=taken, now=now)
    record_beat(enrolment=enrolment, lesson=lesson, tab=told.tab, now=now)
    return progress


def launch_values(package: Facts, sco: Facts, record: Facts, person: User) -> dict[str, str]:
    """The data model as the package finds it, by full names."""
    total = record_seconds(record)
    began = bool(record.get("status"))
    shared = {
        **{name: value for name, value in record.get("values", {}).items() if "exit" not in name},
        "cmi.suspend_data": record.get("suspend", ""),
        "cmi.launch_data": sco["launch_data"],
    }
    score = {name: f"{value:g}" for name, value in record.get("score", {}).items()}
    entry = _entry(record, began=began)
    # Who it is, packages are told by name alone; the id says nothing outside this site.
    if package["version"] == V12:
        own = {
            "cmi.core.student_id": f"nguoi-hoc-{person.pk}",
            "cmi.core.student_name": person.full_name,
            "cmi.core.lesson_location": record.get("location", ""),
            "cmi.core.lesson_status": _status_12(record),
            "cmi.core.entry": entry,
            "cmi.core.credit": "credit",
            "cmi.core.lesson_mode": "normal",
            "cmi.core.total_time": _clock(total),
            **{
                f"cmi.core.score.{name}": score[name]
                for name in ("raw", "min", "max")
                if name in score
            },
        }
        if sco["mastery"] is not None:
            own["cmi.student_data.mastery_score"] = f"{sco['mastery']:g}"
        return shared | own
    own = {
        "cmi.learner_id": f"nguoi-hoc-{person.pk}",
        "cmi.learner_name": person.full_name,
        "cmi.location": record.get("location", ""),
        "cmi.completion_status": record.get("status", "unknown"),
        "cmi.success_status": record.get("success", "unknown"),
        "cmi.entry": entry,
        "cmi.credit": "credit",
        "cmi.mode": "normal",
        "cmi.total_time": f"PT{round(total)}S",
        **{f"cmi.score.{name}": value for name, value in score.items()},
    }
    if sco["mastery"] is not None:
        own["cmi.scaled_passing_score"] = f"{sco['mastery']:g}"
    return shared | own


def _entry(record: Facts, *, began: bool) -> str:
    if not began:
        return "ab-initio"
    exits = record.get("values", {})
    suspended = "suspend" in (exits.get("cmi.exit"), exits.get("cmi.core.exit"))
    return "resume" if suspended or record.get("suspend") else ""


def _status_12(record: Facts) -> str:
    if record.get("success", "unknown") != "unknown":
        return str(record["success"])
    return str(record.get("status", "not attempted"))


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600:04}:{whole // 60 % 60:02}:{whole % 60:02}"
