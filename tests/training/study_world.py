"""A course with lessons and somebody who takes it."""

from datetime import UTC, datetime

from accounts.models import OrgUnit, User
from tests.factories import make_person, make_unit, unique
from training.enums import CourseState, EnrolmentSource, LessonKind
from training.models import Course, CourseModule, Enrolment, Lesson

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def make_course(
    unit: OrgUnit | None = None, minutes: tuple[int, ...] = (30,), **fields: object
) -> Course:
    """A published course with a lesson to read for each of `minutes`."""
    unit = unit or make_unit()
    defaults = {
        "code": unique("khoa"),
        "title": "Cải cách hành chính cơ bản",
        "state": CourseState.PUBLISHED,
        "published_at": NOW,
        "made_by": make_person(unit=unit),
    }
    course = Course.objects.create(unit=unit, **defaults | fields)
    module = CourseModule.objects.create(course=course, position=1, title="Phần một")
    Lesson.objects.bulk_create(
        Lesson(module=module, position=n, title=f"Bài {n}", kind=LessonKind.TEXT, minutes=most)
        for n, most in enumerate(minutes, start=1)
    )
    return course


def lessons_of(course: Course) -> list[Lesson]:
    return list(Lesson.objects.filter(module__course=course).order_by("position"))


def enrol(course: Course, person: User) -> Enrolment:
    return Enrolment.objects.create(
        course=course,
        person=person,
        unit=person.unit,
        source=EnrolmentSource.SELF,
        enrolled_by=person,
        enrolled_at=NOW,
    )
