"""A course with lessons and somebody who takes it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from accounts.models import OrgUnit, User
from tests.factories import make_person, make_unit, unique
from training.domain.duty import set_duty
from training.enums import CourseState, EnrolmentSource, LessonKind, Measure, Rounding
from training.models import Course, CourseModule, Credit, DutySetting, Enrolment, Lesson

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
    }
    fields = defaults | {"made_by": fields.get("made_by") or make_person(unit=unit)} | fields
    course = Course.objects.create(unit=unit, **fields)
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


def make_duty(unit: OrgUnit, user: User, **fields: object) -> DutySetting:
    """So many periods of 45 minutes a year from 2026 on, two unless told otherwise."""
    values = {
        "from_date": date(2026, 1, 1),
        "measure": Measure.PERIOD,
        "minutes_per_unit": 45,
        "yearly": Decimal(2),
        "rounding": Rounding.DOWN,
        "due_month": 12,
        "due_day": 31,
        "source": "Kế hoạch bồi dưỡng của tỉnh",
    }
    return set_duty(unit=unit, user=user, now=NOW, **values | fields)


def approved_credit(person: User, by: User, *, taken_on: date, minutes: int = 90) -> Credit:
    """A paper from elsewhere that another person approved."""
    return Credit.objects.create(
        person=person,
        title="Kỹ năng số",
        issuer="Học viện",
        number="12/GCN",
        taken_on=taken_on,
        minutes=minutes,
        state="approved",
        entered_by=person,
        entered_at=NOW,
        decided_by=by,
        decided_at=NOW,
    )
