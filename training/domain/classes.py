"""Classes held in a room: planned, filled with people, cancelled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import tidy_values
from training.domain.class_errors import BadSession, ClassCancelled, ClassFull, SessionHeld
from training.domain.enrolment_errors import PeopleOutOfReach
from training.enums import FileState
from training.models import (
    ClassInvitee,
    ClassSession,
    Course,
    Enrolment,
    TrainingClass,
    TrainingFile,
)
from training.permissions import RUN_TRAINING, may_run_training_at


def require_may_run_class(user: User, training_class: TrainingClass) -> None:
    """Raises NotAllowed."""
    if not may_run_training_at(user, training_class.unit):
        raise NotAllowed


def _record(act: str, training_class: TrainingClass, user: User, **more: Any) -> None:
    unit_id = training_class.unit_id
    record_act(actor=user, act=act, subject=training_class, unit_id=unit_id, **more)


@transaction.atomic
def create_class(
    *, unit: OrgUnit, course: Course | None, user: User, now: datetime, **fields: Any
) -> TrainingClass:
    """`fields`: title, place, teacher, note, capacity, is_open. Raises NotAllowed."""
    if not may_run_training_at(user, unit):
        raise NotAllowed
    made = TrainingClass.objects.create(
        unit=unit, course=course, made_by=user, made_at=now, **tidy_values(fields)
    )
    _record("create_class", made, user)
    return made


@transaction.atomic
def change_class(*, training_class: TrainingClass, user: User, **fields: Any) -> TrainingClass:
    """Raises NotAllowed, ClassFull where more are invited than the new capacity holds."""
    held = _locked(training_class, user)
    for name, value in tidy_values(fields).items():
        setattr(held, name, value)
    _require_room(held, held.invitees.count())
    held.save()
    _record("change_class", held, user)
    return held


def _locked(training_class: TrainingClass, user: User) -> TrainingClass:
    """The row, held until the act is done. Raises NotAllowed, ClassCancelled."""
    require_may_run_class(user, training_class)
    held = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    if held.cancelled_at is not None:
        raise ClassCancelled
    return held


def _require_room(training_class: TrainingClass, people: int) -> None:
    """Raises ClassFull."""
    if training_class.capacity and people > training_class.capacity:
        raise ClassFull


@transaction.atomic
def cancel_class(*, training_class: TrainingClass, user: User, now: datetime) -> None:
    """It does not take place; who was invited and who came stays. Raises as `change_class`."""
    held = _locked(training_class, user)
    held.cancelled_at = now
    held.save(update_fields=["cancelled_at"])
    _record("cancel_class", held, user)


@transaction.atomic
def add_session(
    *, training_class: TrainingClass, begins_at: datetime, ends_at: datetime, user: User
) -> ClassSession:
    """Raises NotAllowed, ClassCancelled, BadSession."""
    held = _locked(training_class, user)
    if ends_at <= begins_at:
        raise BadSession
    try:
        with transaction.atomic():
            made = held.sessions.create(begins_at=begins_at, ends_at=ends_at)
    except IntegrityError:
        raise BadSession from None
    _record("add_class_session", held, user)
    return made


@transaction.atomic
def remove_session(*, session: ClassSession, user: User) -> None:
    """Raises NotAllowed, ClassCancelled, SessionHeld once somebody has signed in."""
    held = _locked(session.training_class, user)
    if session.attendances.exists():
        raise SessionHeld
    session.delete()
    _record("remove_class_session", held, user)


def invitable_people(*, training_class: TrainingClass, user: User) -> QuerySet[User]:
    """Active people of units the user runs training at, of the class's unit and below."""
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING).below([training_class.unit_id])
    return User.objects.filter(unit__in=reach, is_active=True)


@transaction.atomic
def invite(
    *, training_class: TrainingClass, people: Iterable[User], user: User, now: datetime
) -> int:
    """Ask people to come; how many are new. Two at once don't fill the room twice.

    Raises NotAllowed, ClassCancelled, PeopleOutOfReach, ClassFull; nobody is invited then.
    """
    held = _locked(training_class, user)
    ids = {person.pk for person in people}
    allowed = invitable_people(training_class=held, user=user).filter(pk__in=ids)
    if allowed.count() != len(ids):
        raise PeopleOutOfReach
    new = ids - set(held.invitees.values_list("person", flat=True))
    _require_room(held, held.invitees.count() + len(new))
    ClassInvitee.objects.bulk_create(
        ClassInvitee(training_class=held, person_id=pk, invited_by=user, invited_at=now)
        for pk in sorted(new)
    )
    if new:
        _record("invite_to_class", held, user, count=len(new))
    return len(new)


def learners_of(course: Course) -> QuerySet[User]:
    """Who still takes the course: whom its class is for."""
    taking = Enrolment.objects.unfinished().filter(course=course)
    return User.objects.filter(pk__in=taking.values("person"), is_active=True)


@transaction.atomic
def uninvite(*, invitee: ClassInvitee, user: User) -> None:
    """Raises NotAllowed, ClassCancelled."""
    held = _locked(invitee.training_class, user)
    invitee.delete()
    _record("uninvite_from_class", held, user)


@transaction.atomic
def attach_file(*, training_class: TrainingClass, file: TrainingFile, user: User) -> None:
    """Slides for those who are invited; a file of a unit the user runs training at.

    Raises NotAllowed, ClassCancelled.
    """
    held = _locked(training_class, user)
    if file.state != FileState.READY or not may_run_training_at(user, file.unit):
        raise NotAllowed
    held.files.add(file)
    _record("attach_to_class", held, user)


@transaction.atomic
def detach_file(*, training_class: TrainingClass, file: TrainingFile, user: User) -> None:
    """Raises NotAllowed, ClassCancelled."""
    held = _locked(training_class, user)
    held.files.remove(file)
    _record("detach_from_class", held, user)
