"""Whole units take a course, whoever joins later included; what expires is taken again."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from training.domain.enrolment_errors import UnitOutOfReach
from training.domain.enrolment_terms import default_due
from training.domain.enrolments import check_due, check_running, record_enrolled
from training.enums import EnrolmentSource
from training.models import Course, Enrolment, UnitEnrolment
from training.permissions import RUN_TRAINING, may_run_training_at
from training.queries.enrolling import insert_enrolments, insert_renewals


def units_to_enrol(*, user: User, course: Course) -> QuerySet[OrgUnit]:
    """Units the user runs training at, of the course's audience."""
    return OrgUnit.objects.reached_by(user, *RUN_TRAINING).below([course.unit_id])


@transaction.atomic
def enrol_unit(
    *,
    course: Course,
    unit: OrgUnit,
    due_on: date | None = None,
    standing: bool = True,
    user: User,
    now: datetime,
) -> list[int]:
    """Everybody of the unit and below takes the course; the ids of those newly enrolled.

    `standing`: also whoever joins later. Whoever was withdrawn from the course stays out of it;
    name them to enrol them again. Raises CourseNotRunning, DuePassed, UnitOutOfReach.
    """
    check_running(course, now)
    check_due(due_on, now)
    if not units_to_enrol(user=user, course=course).filter(pk=unit.pk).exists():
        raise UnitOutOfReach
    due = due_on or default_due(course=course, now=now)
    if standing:
        _keep_standing(course, unit, due, user, now)
    new = _enrol_below(course, unit, due, user, now)
    record_act(
        actor=user, act="enrol_unit", subject=course, unit_id=unit.pk, unit=unit.pk, count=len(new)
    )
    return new


def _keep_standing(
    course: Course, unit: OrgUnit, due_on: date | None, user: User, now: datetime
) -> None:
    """One standing enrolment a unit: asked for again it takes the newer due date."""
    held = UnitEnrolment.objects.filter(course=course, unit=unit, ended_at=None)
    if held.update(due_on=due_on):
        return
    try:
        with transaction.atomic():
            held.create(course=course, unit=unit, due_on=due_on, made_by=user, made_at=now)
    except IntegrityError:  # somebody else was quicker
        held.update(due_on=due_on)


def _enrol_below(
    course: Course, unit: OrgUnit, due_on: date | None, user: User, now: datetime
) -> list[int]:
    """Who is of the unit or below, of the audience, and was never enrolled."""
    audience = OrgUnit.objects.below([unit.pk]).below([course.unit_id])
    ever = Enrolment.objects.filter(course=course, person=OuterRef("pk"))
    people = User.objects.filter(~Exists(ever), unit__in=audience, is_active=True)
    return insert_enrolments(
        course_id=course.pk,
        people=list(people.values_list("pk", flat=True)),
        source=EnrolmentSource.UNIT,
        by=user.pk,
        due_on=due_on,
        now=now,
        again=False,
    )


@transaction.atomic
def end_unit_enrolment(*, rule: UnitEnrolment, user: User, now: datetime) -> None:
    """Who joins from now on is not enrolled by it; those enrolled stay. Raises NotAllowed."""
    if not may_run_training_at(user, rule.unit):
        raise NotAllowed
    if UnitEnrolment.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=now):
        about = {"unit_id": rule.unit_id, "unit": rule.unit_id}
        record_act(actor=user, act="end_unit_enrolment", subject=rule.course, **about)


def apply_unit_enrolments(*, now: datetime) -> int:
    """Enrol who joined a unit since; how many. Run as often as wanted, it enrols nobody twice."""
    today = timezone.localdate(now)
    rules = UnitEnrolment.objects.filter(
        ended_at=None, course__in=Course.objects.running_on(today)
    ).select_related("course", "unit", "made_by")
    return sum(len(_apply(rule, today, now)) for rule in rules)


@transaction.atomic
def _apply(rule: UnitEnrolment, today: date, now: datetime) -> list[int]:
    due = rule.due_on and max(rule.due_on, today + timedelta(days=rule.due_days))
    new = _enrol_below(rule.course, rule.unit, due, rule.made_by, now)
    record_enrolled(course=rule.course, user=None, source=EnrolmentSource.UNIT, new=new)
    return new


@transaction.atomic
def open_renewals(*, now: datetime) -> int:
    """Begin the next time of each completed course that is about to expire; how many."""
    opened = Counter(insert_renewals(day=timezone.localdate(now), now=now))
    for course in Course.objects.filter(pk__in=opened):
        record_act(
            actor=None,
            act="renew_enrolments",
            subject=course,
            unit_id=course.unit_id,
            count=opened[course.pk],
        )
    return opened.total()
