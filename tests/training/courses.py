"""Courses to test with, small enough to see through."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import OrgUnit, User
from quiz.domain.practice_banks import set_for_practice
from tests.factories import make_bank, make_person
from training.enums import CourseState, EnrolmentSource, FileState, LessonKind
from training.models import Course, CourseModule, Enrolment, Lesson, TrainingFile

READ = {"all": [{"kind": "read"}]}


def make_course(unit: OrgUnit, user: User, *, code: str = "mot-cua", **given: object) -> Course:
    """A published course without lessons, open since yesterday."""
    given = {"title": "Một cửa", "state": CourseState.PUBLISHED, "in_order": False} | given
    published = timezone.now() - timedelta(days=1)
    return Course.objects.create(
        unit=unit, code=code, made_by=user, **{"published_at": published} | given
    )


def add_lesson(course: Course, title: str = "Bài đọc", **given: object) -> Lesson:
    """The next lesson of the course's only module; a text unless told otherwise."""
    module, _made = CourseModule.objects.get_or_create(
        course=course, position=1, defaults={"title": "Phần 1"}
    )
    given = {"kind": LessonKind.TEXT, "completion": READ, "body": "Nội dung."} | given
    place = module.lessons.count() + 1
    return Lesson.objects.create(module=module, position=place, title=title, **given)


def make_quiz(course: Course, unit: OrgUnit) -> Lesson:
    """Two items of a bank open for practice, one try."""
    author, reviewer = make_person("author", unit=unit), make_person("reviewer", unit=unit)
    bank = make_bank(unit=unit, author=author, reviewer=reviewer)
    set_for_practice(bank=bank, practice=True, user=author, now=timezone.now())
    return add_lesson(
        course,
        kind=LessonKind.QUIZ,
        completion={"all": [{"kind": "quiz", "percent": 50, "retries": 0}]},
        settings={"bank": bank.pk, "paper": {"blueprint": [{"count": 2}]}, "instant": True},
    )


def make_file(unit: OrgUnit, user: User, kind: str, **facts: object) -> TrainingFile:
    """A checked file of which only the row is there."""
    return TrainingFile.objects.create(
        unit=unit,
        name=f"tep.{kind}",
        size=10,
        received=10,
        state=FileState.READY,
        kind=kind,
        sha256="0" * 64,
        facts=facts,
        added_by=user,
        added_at=timezone.now(),
    )


def enrol(course: Course, person: User, now: datetime | None = None) -> Enrolment:
    return Enrolment.objects.create(
        course=course,
        person=person,
        unit=person.unit,
        source=EnrolmentSource.SELF,
        enrolled_by=person,
        enrolled_at=now or timezone.now(),
    )
