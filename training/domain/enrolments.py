"""Who takes which course: enrolling, due dates, exemptions, withdrawals."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc
from training.domain.enrolment_errors import (
    CourseNotOpen,
    CourseNotRunning,
    DuePassed,
    EnrolmentOver,
    OutsideAudience,
    PeopleOutOfReach,
    ReasonNeeded,
)
from training.domain.enrolment_terms import default_due
from training.enums import EnrolmentSource
from training.models import Course, Enrolment
from training.permissions import RUN_TRAINING, may_learn
from training.queries.enrolling import insert_enrolments


def enrolment_of(user: User, course: Course) -> Enrolment | None:
    """The enrolment in which the person now takes the course: the last that was not withdrawn."""
    held = Enrolment.objects.standing().filter(person=user, course=course)
    return held.order_by("-ordinal").first()


def enrollable_people(*, user: User, course: Course) -> QuerySet[User]:
    """Whom `user` may enrol: active people of units they run training at, of the audience."""
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING).below([course.unit_id])
    return User.objects.filter(unit__in=reach, is_active=True)


def check_running(course: Course, now: datetime) -> None:
    """Raises CourseNotRunning."""
    day = timezone.localdate(now)
    if not Course.objects.running_on(day).filter(pk=course.pk).exists():
        raise CourseNotRunning


def check_due(due_on: date | None, now: datetime) -> None:
    """Raises DuePassed for a day before today."""
    if due_on is not None and due_on < timezone.localdate(now):
        raise DuePassed


def enrol_self(*, user: User, course: Course, now: datetime) -> Enrolment:
    """Take an open course; asked for again it answers the same enrolment.

    Raises CourseNotRunning, CourseNotOpen, OutsideAudience.
    """
    if held := enrolment_of(user, course):
        return held
    check_running(course, now)
    if not course.is_open:
        raise CourseNotOpen
    if not may_learn(user, course):
        raise OutsideAudience
    insert_enrolments(
        course_id=course.pk,
        people=[user.pk],
        source=EnrolmentSource.SELF,
        by=None,
        due_on=default_due(course=course, now=now),
        now=now,
        again=True,
    )
    enrolment = enrolment_of(user, course)
    assert enrolment is not None  # noqa: S101 - just written, here or by whoever was quicker
    return enrolment


@transaction.atomic
def enrol_people(
    *,
    course: Course,
    people: Iterable[User],
    source: str,
    user: User,
    due_on: date | None = None,
    now: datetime,
) -> list[int]:
    """Enrol people of the units `user` runs training at; the ids of those newly enrolled.

    Who takes the course already, or has completed it, stays as they are; without `due_on` the
    course's terms say until when. Raises CourseNotRunning,
    DuePassed, PeopleOutOfReach (and enrols nobody then).
    """
    check_running(course, now)
    check_due(due_on, now)
    ids = {person.pk for person in people}
    if enrollable_people(user=user, course=course).filter(pk__in=ids).count() != len(ids):
        raise PeopleOutOfReach
    new = insert_enrolments(
        course_id=course.pk,
        people=sorted(ids),
        source=source,
        by=user.pk,
        due_on=due_on or default_due(course=course, now=now),
        now=now,
        again=True,
    )
    record_enrolled(course=course, user=user, source=source, new=new)
    return new


def record_enrolled(*, course: Course, user: User | None, source: str, new: list[int]) -> None:
    """One line of the diary for however many; none for nobody."""
    if new:
        record_act(
            actor=user,
            act="enrol_people",
            subject=course,
            unit_id=course.unit_id,
            source=source,
            count=len(new),
        )


def acted_enrolments(user: User) -> QuerySet[Enrolment]:
    """Enrolments whose person is of a unit the user runs training at."""
    return Enrolment.objects.filter(
        person__unit__in=OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    )


def _locked(enrolment: Enrolment, user: User) -> Enrolment:
    """The row, held until the act is done. Raises NotAllowed."""
    held = acted_enrolments(user).select_for_update(of=("self",)).filter(pk=enrolment.pk).first()
    if held is None:
        raise NotAllowed
    return held


def _unfinished(enrolment: Enrolment, user: User) -> Enrolment:
    """Raises NotAllowed, EnrolmentOver."""
    held = _locked(enrolment, user)
    if held.completed_at or held.exempted_at or held.withdrawn_at:
        raise EnrolmentOver
    return held


def _record(act: str, enrolment: Enrolment, user: User) -> None:
    record_act(
        actor=user,
        act=act,
        subject=enrolment,
        unit_id=enrolment.unit_id,
        course=enrolment.course_id,
    )


@transaction.atomic
def set_due(*, enrolment: Enrolment, due_on: date | None, user: User, now: datetime) -> Enrolment:
    """Another day until which to complete; None: no day. Raises NotAllowed, EnrolmentOver,
    DuePassed.
    """
    check_due(due_on, now)
    held = _unfinished(enrolment, user)
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    _record("set_enrolment_due", held, user)
    return held


@transaction.atomic
def exempt(*, enrolment: Enrolment, reason: str, user: User, now: datetime) -> Enrolment:
    """The person need not complete it. Raises ReasonNeeded, NotAllowed, EnrolmentOver."""
    reason = nfc(reason).strip()[:400]
    if not reason:
        raise ReasonNeeded
    held = _unfinished(enrolment, user)
    held.exempted_at, held.exempted_by, held.exempt_reason = now, user, reason
    held.save(update_fields=["exempted_at", "exempted_by", "exempt_reason"])
    _record("exempt_enrolment", held, user)
    return held


@transaction.atomic
def lift_exemption(*, enrolment: Enrolment, user: User) -> Enrolment:
    """They have to complete it after all. Raises NotAllowed; lifted already: nothing changes."""
    held = _locked(enrolment, user)
    if held.exempted_at is None:
        return held
    held.exempted_at, held.exempted_by, held.exempt_reason = None, None, ""
    held.save(update_fields=["exempted_at", "exempted_by", "exempt_reason"])
    _record("lift_course_exemption", held, user)
    return held


@transaction.atomic
def withdraw(*, enrolment: Enrolment, user: User, now: datetime) -> Enrolment:
    """Enrolled by mistake; what was studied stays stored. Raises NotAllowed, EnrolmentOver."""
    held = _unfinished(enrolment, user)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    _record("withdraw_enrolment", held, user)
    return held
