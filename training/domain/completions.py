"""When a course is completed, and who is told."""

from collections.abc import Callable, Iterable
from datetime import datetime

from accounts.domain.audit import record_act
from training.models import Course, Enrolment, Lesson, LessonProgress

Told = Callable[[Enrolment, datetime], object]
_ON_COMPLETED: list[Told] = []


def register_on_completed(told: Told) -> None:
    """Called when Django starts. `told(enrolment, now)` runs once per enrolment, in the
    transaction in which its course became complete; what it queues, it queues on commit.
    """
    if told not in _ON_COMPLETED:
        _ON_COMPLETED.append(told)


def lessons_of(course: Course) -> list[Lesson]:
    """The lessons in use, in the order in which they stand."""
    lessons = Lesson.objects.filter(module__course=course, is_retired=False)
    return list(lessons.select_related("module", "file").order_by("module__position", "position"))


def lessons_that_count(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Those that complete the course: the required ones, or all where none is."""
    shown = list(lessons)
    return [lesson for lesson in shown if lesson.is_required] or shown


def complete_if_done(*, enrolment: Enrolment, now: datetime) -> bool:
    """Complete the course if every lesson that counts is; whether this made it complete.

    Inside a transaction, with the enrolment locked; completed once, it stays so whatever lessons
    come to the course later.
    """
    if enrolment.completed_at is not None or enrolment.withdrawn_at is not None:
        return False
    wanted = {lesson.pk for lesson in lessons_that_count(lessons_of(enrolment.course))}
    done = LessonProgress.objects.filter(enrolment=enrolment, lesson__in=wanted)
    if not wanted or done.exclude(completed_at=None).count() < len(wanted):
        return False
    enrolment.completed_at = now
    enrolment.save(update_fields=["completed_at"])
    record_act(
        actor=enrolment.person,
        act="complete_course",
        subject=enrolment.course,
        unit_id=enrolment.course.unit_id,
        enrolment=enrolment.pk,
    )
    for told in _ON_COMPLETED:
        told(enrolment, now)
    return True
