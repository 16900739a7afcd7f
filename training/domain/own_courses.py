"""A person's courses: what is due, what is open to them, what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import OrgUnit, User
from training.domain.completions import lessons_that_count
from training.domain.progress import Standing, course_standing, extent_for, is_running, rule_of
from training.engine.completion import share_done
from training.models import Course, Enrolment, Lesson


@dataclass(frozen=True)
class OwnCourse:
    """An enrolment: lessons that count, those of them done, and the one to go on with."""

    enrolment: Enrolment
    done: int
    total: int
    next_lesson: Lesson | None
    running: bool
    overdue: bool


@dataclass(frozen=True)
class OwnCourses:
    """`due`: unfinished, the nearest day first; `open`: may be taken; `finished`: newest first."""

    due: Sequence[OwnCourse]
    open: Sequence[Course]
    finished: Sequence[Enrolment]


def own_courses(*, user: User, now: datetime) -> OwnCourses:
    held = Enrolment.objects.standing().filter(person=user).select_related("course__unit")
    unfinished = [each for each in held if not (each.completed_at or each.exempted_at)]
    due = [own_course(enrolment=each, now=now) for each in unfinished]
    due.sort(key=lambda own: (own.enrolment.due_on or date.max, own.enrolment.pk))
    finished = [each for each in held if each.completed_at or each.exempted_at]
    finished.sort(key=lambda each: each.completed_at or each.exempted_at or now, reverse=True)
    taken = {each.course_id for each in held}
    return OwnCourses(due, [each for each in _open_to(user, now) if each.pk not in taken], finished)


def _open_to(user: User, now: datetime) -> list[Course]:
    if user.unit_id is None:
        return []
    running = Course.objects.running_on(timezone.localdate(now)).filter(is_open=True)
    return list(
        running.for_units(_line_of(user.unit)).select_related("unit").order_by("title", "pk")
    )


def _line_of(unit: OrgUnit | None) -> list[int]:
    """A unit and those above it."""
    line: list[int] = []
    while unit is not None:
        line.append(unit.pk)
        unit = unit.parent
    return line


def own_course(*, enrolment: Enrolment, now: datetime) -> OwnCourse:
    standing = course_standing(enrolment=enrolment)
    counting = lessons_that_count(standing.lessons)
    done = sum(lesson.pk in standing.done for lesson in counting)
    late = enrolment.due_on is not None and enrolment.due_on < timezone.localdate(now)
    return OwnCourse(
        enrolment=enrolment,
        done=done,
        total=len(counting),
        next_lesson=next_lesson(standing),
        running=is_running(enrolment.course, now),
        overdue=late and enrolment.completed_at is None,
    )


def next_lesson(standing: Standing) -> Lesson | None:
    """The first lesson that is open and not done."""
    for lesson in standing.lessons:
        if lesson.pk not in standing.done and not standing.waits[lesson.pk]:
            return lesson
    return None


def lesson_share(standing: Standing, lesson: Lesson, now: datetime) -> int:
    """How far a lesson is, in whole per cent; 100 only once it is done."""
    progress = standing.progress.get(lesson.pk)
    if progress is None:
        return 0
    if progress.completed_at:
        return 100
    progress.lesson = lesson
    share = share_done(rule_of(lesson), progress.state, extent_for(progress, now))
    return min(99, int(share * 100))
