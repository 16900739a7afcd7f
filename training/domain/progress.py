"""A learner's progress in a lesson: reports are taken in, completion is judged in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from training.domain.completions import complete_if_done, lessons_of
from training.domain.progress_errors import CourseClosed, LessonLocked, LessonRetired, NotByWord
from training.domain.study import record_beat
from training.engine.completion import Extent, Read, Rule, is_met
from training.engine.growing import Report, grow
from training.engine.unlocking import waits_for
from training.enums import PAGED, CourseState, LessonKind
from training.errors import BadProgress, NotEnrolled
from training.models import Course, Enrolment, Lesson, LessonProgress

State = Mapping[str, Any]


def read_report(document: object) -> Report:
    """What a page sent, checked. Raises BadProgress."""
    try:
        return Report.model_validate(document)
    except ValidationError as fault:
        raise BadProgress from fault


def rule_of(lesson: Lesson) -> Rule:
    """The lesson's completion rule; stored ones were checked when they were written."""
    return Rule.model_validate(lesson.completion)


def extent_of(lesson: Lesson) -> Extent:
    """The true extent, as found in the file; a text, picture or link is one page."""
    facts = lesson.file.facts if lesson.file else {}
    if lesson.kind in PAGED:
        return Extent(pages=facts.get("pages") or 0)
    if lesson.kind == LessonKind.VIDEO:
        return Extent(seconds=facts.get("seconds") or 0)
    return Extent(pages=1)


def extent_for(progress: LessonProgress, now: datetime) -> Extent:
    """The lesson's extent, with the time since the person first opened it."""
    extent = extent_of(progress.lesson)
    elapsed = (now - progress.opened_at).total_seconds()
    return Extent(pages=extent.pages, seconds=extent.seconds, elapsed=elapsed)


def is_running(course: Course, now: datetime) -> bool:
    """Whether the course is open on the day: published and within its days."""
    day = timezone.localdate(now)
    begun = course.valid_from is None or course.valid_from <= day
    over = course.valid_to is not None and course.valid_to <= day
    return course.state == CourseState.PUBLISHED and begun and not over


@dataclass(frozen=True)
class Standing:
    """A course as one learner has it: `waits` {lesson id: the lessons it waits for}."""

    lessons: list[Lesson]
    progress: dict[int, LessonProgress]
    waits: dict[int, list[Lesson]]

    @property
    def done(self) -> set[int]:
        return {pk for pk, each in self.progress.items() if each.completed_at}


def course_standing(*, enrolment: Enrolment) -> Standing:
    """Every lesson in use, how far the person is in it, and what it waits for."""
    lessons = lessons_of(enrolment.course)
    rows = LessonProgress.objects.filter(enrolment=enrolment, lesson__in=lessons)
    return standing_of(enrolment.course, lessons, {row.lesson_id: row for row in rows})


def standing_of(
    course: Course, lessons: list[Lesson], progress: dict[int, LessonProgress]
) -> Standing:
    """The course's lessons with somebody's progress in them, or nobody's."""
    by_id = {lesson.pk: lesson for lesson in lessons}
    links = Lesson.prerequisites.through.objects.filter(from_lesson__in=by_id)
    needed: dict[int, list[int]] = {}
    for lesson, first in links.values_list("from_lesson", "to_lesson"):
        needed.setdefault(lesson, []).append(first)
    waits = waits_for(
        list(by_id),
        needed,
        {pk for pk, row in progress.items() if row.completed_at},
        required={pk for pk, lesson in by_id.items() if lesson.is_required},
        in_order=course.in_order,
    )
    told = {pk: [by_id[each] for each in missing] for pk, missing in waits.items()}
    return Standing(lessons, progress, told)


def require_open(*, enrolment: Enrolment, lesson: Lesson, now: datetime) -> None:
    """Raises NotEnrolled, CourseClosed, LessonRetired, LessonLocked."""
    if enrolment.withdrawn_at is not None or lesson.module.course_id != enrolment.course_id:
        raise NotEnrolled
    if not is_running(enrolment.course, now):
        raise CourseClosed
    if lesson.is_retired:
        raise LessonRetired
    waiting = course_standing(enrolment=enrolment).waits[lesson.pk]
    if waiting:
        raise LessonLocked(waits_for=[each.title for each in waiting])


@transaction.atomic
def open_lesson(*, enrolment: Enrolment, lesson: Lesson, now: datetime) -> LessonProgress:
    """The progress of a lesson that the person has before them, begun where it was not yet.

    Raises NotEnrolled, CourseClosed, LessonRetired, LessonLocked.
    """
    require_open(enrolment=enrolment, lesson=lesson, now=now)
    progress, begun = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"opened_at": now, "changed_at": now}
    )
    if begun:
        Enrolment.objects.filter(pk=enrolment.pk, started_at=None).update(started_at=now)
    return progress


@transaction.atomic
def save_progress(
    *, enrolment: Enrolment, lesson: Lesson, report: Report, now: datetime
) -> LessonProgress:
    """Take in what an open page tells. A report may come twice, late, or after another device's;
    while the page is in use it is a heartbeat of studying, too.

    Raises NotEnrolled, CourseClosed, LessonRetired, LessonLocked.
    """

    def taken_in(progress: LessonProgress) -> State:
        extent = extent_for(progress, now)
        return grow(progress.state, report, extent=extent, elapsed=extent.elapsed)

    progress = change_state(enrolment=enrolment, lesson=lesson, change=taken_in, now=now)
    if report.in_use:
        record_beat(
            enrolment=enrolment,
            lesson=lesson,
            tab=report.tab,
            now=now,
            media_ms=report.media_ms,
            rate=report.rate,
        )
    return progress


def say_read(*, enrolment: Enrolment, lesson: Lesson, now: datetime) -> LessonProgress:
    """“Tôi đã đọc đến cuối”, for who reads without script.

    Raises NotByWord where the lesson's rule doesn't take somebody's word; as `save_progress`.
    """
    if not any(isinstance(each, Read) and each.by_word for each in rule_of(lesson).all):
        raise NotByWord
    return change_state(
        enrolment=enrolment,
        lesson=lesson,
        change=lambda progress: {**progress.state, "said_read": True},
        now=now,
    )


@transaction.atomic
def change_state(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    change: Callable[[LessonProgress], State],
    now: datetime,
) -> LessonProgress:
    """The one way by which a state changes: read under a lock, changed, stored, judged.

    `change` gets the stored progress and returns the new state. A lesson done stays done. Raises
    NotEnrolled, CourseClosed, LessonRetired, LessonLocked.
    """
    # Two devices of one person: the second waits here, and so sees what the first stored.
    held = Enrolment.objects.select_related("course", "person").select_for_update(of=("self",))
    enrolment = held.get(pk=enrolment.pk)
    progress = open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    progress.lesson = lesson
    progress.state = dict(change(progress))
    progress.revision += 1
    progress.changed_at = now
    met = is_met(rule_of(lesson), progress.state, extent_for(progress, now))
    if met and progress.completed_at is None:
        progress.completed_at = now
    progress.save(update_fields=["state", "revision", "changed_at", "completed_at"])
    if met:
        complete_if_done(enrolment=enrolment, now=now)
    return progress
