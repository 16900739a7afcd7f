"""What the table of routes asks of enrolling and of classes; a part of its world."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.domain.jobs import queue_job
from accounts.enums import Role
from accounts.models import Job, OrgUnit, User
from tests.factories import HOUR, OpenContest
from tests.training.enrolment_world import make_course
from training.domain.enrolments import enrol_self
from training.models import ClassSession, Course, Enrolment, TrainingClass, UnitEnrolment


class EnrolmentThings:
    """Of the unit `here`; the newcomer takes the course and is invited to the class."""

    if TYPE_CHECKING:
        made: OpenContest
        unit: OrgUnit
        newcomer: User

        def person(self, actor: str) -> User: ...

    @cached_property
    def taken_course(self) -> Course:
        return make_course(self.unit, self.made.organiser, "khoa-dang-hoc")

    @cached_property
    def enrolment(self) -> Enrolment:
        return enrol_self(user=self.newcomer, course=self.taken_course, now=timezone.now())

    @cached_property
    def unit_rule(self) -> UnitEnrolment:
        return UnitEnrolment.objects.create(
            course=self.taken_course,
            unit=self.unit,
            made_by=self.made.organiser,
            made_at=timezone.now(),
        )

    @cached_property
    def class_session(self) -> ClassSession:
        """Lasts now."""
        now = timezone.now()
        made = TrainingClass.objects.create(
            unit=self.unit, title="Lớp", place="Phòng", made_by=self.made.organiser, made_at=now
        )
        made.invitees.create(person=self.newcomer, invited_by=self.made.organiser, invited_at=now)
        return made.sessions.create(begins_at=now - HOUR, ends_at=now + HOUR)

    @property
    def room(self) -> TrainingClass:
        return self.class_session.training_class

    @cached_property
    def enrolment_check(self) -> Job:
        """A list sent by the organiser here, not read yet."""
        params = {"course": self.taken_course.pk, "due_on": ""}
        owner = self.person(f"{Role.ORGANISER} here")
        return queue_job(kind="check_enrolments", params=params, user=owner, now=timezone.now())
