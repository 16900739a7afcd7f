"""Signing in and out of a class by the code on the projector, or ticked with a reason.

Nothing of the code is stored: it is a keyed digest of session, direction and half minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.db.models import QuerySet

from accounts.crypto import keyed_digest, keyed_digests
from accounts.domain.audit import record_act
from accounts.domain.throttling import take_turn
from accounts.models import User
from accounts.text import nfc
from training.domain.class_errors import (
    ClassCancelled,
    ClassFull,
    NotInvited,
    NotSignedIn,
    SessionNotOn,
    WrongRoomCode,
)
from training.domain.classes import require_may_run_class
from training.domain.enrolment_errors import ReasonNeeded
from training.engine.attending import attended
from training.engine.room_codes import (
    code_from,
    seconds_left,
    tidy_code,
    window_of,
    windows_accepted,
)
from training.enums import Direction, SignWay
from training.models import Attendance, ClassSession, TrainingClass

PURPOSE = "class-code"
BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=60)
# A million codes, each good for under a minute: ten tries in ten minutes guess none.
TRIES, TRIES_SECONDS = 10, 600


@dataclass(frozen=True)
class ShownCode:
    """What the projector shows, and for how many seconds yet."""

    code: str
    seconds: float


def _told(session: ClassSession, direction: str, window: int) -> bytes:
    return f"{session.pk}:{direction}:{window}".encode()


def shown_code(*, session: ClassSession, direction: str, user: User, now: datetime) -> ShownCode:
    """The code of this half minute. Raises NotAllowed, ClassCancelled, SessionNotOn."""
    require_may_run_class(user, session.training_class)
    check_on(session, direction, now)
    digest = keyed_digest(PURPOSE, _told(session, direction, window_of(now)))
    return ShownCode(code_from(digest), seconds_left(now))


def check_on(session: ClassSession, direction: str, now: datetime) -> None:
    """In: from 30 minutes before to the end; out: from the beginning to 60 minutes after the end.

    Raises ClassCancelled, SessionNotOn.
    """
    if session.training_class.cancelled_at is not None:
        raise ClassCancelled
    begins, ends = session.begins_at, session.ends_at
    first, last = (begins - BEFORE, ends) if direction == Direction.IN else (begins, ends + AFTER)
    if not first <= now <= last:
        raise SessionNotOn


def _is_right(session: ClassSession, direction: str, code: str, now: datetime) -> bool:
    digests = [
        digest
        for window in windows_accepted(now)
        for digest in keyed_digests(PURPOSE, _told(session, direction, window))
    ]
    return any([compare_digest(code_from(each), tidy_code(code)) for each in digests])  # noqa: C419


def sign(
    *, session: ClassSession, direction: str, code: str, user: User, now: datetime
) -> Attendance:
    """Sign in or out by the code on the screen; the first moment counts, repeated or not.

    Raises TooManyRequests, ClassCancelled, SessionNotOn, WrongRoomCode, NotInvited, ClassFull,
    NotSignedIn (out without in).
    """
    check_on(session, direction, now)
    take_turn(purpose=PURPOSE, key=f"{user.pk}", limit=TRIES, seconds=TRIES_SECONDS, now=now)
    if not _is_right(session, direction, code, now):
        raise WrongRoomCode
    if direction == Direction.IN:
        return _sign_in(session, user, now)
    return _sign_out(session, user, now)


def may_attend(*, training_class: TrainingClass, user: User) -> bool:
    classes = TrainingClass.objects.for_person(user)
    return classes.filter(pk=training_class.pk).exists()


@transaction.atomic
def _sign_in(session: ClassSession, user: User, now: datetime) -> Attendance:
    held = TrainingClass.objects.select_for_update().get(pk=session.training_class_id)
    if not may_attend(training_class=held, user=user):
        raise NotInvited
    invited = held.invitees.filter(person=user).exists()
    if not invited and held.capacity and session.attendances.count() >= held.capacity:
        raise ClassFull
    attendance, _new = Attendance.objects.get_or_create(
        session=session,
        person=user,
        defaults={"unit_id": user.unit_id, "in_at": now, "in_way": SignWay.CODE},
    )
    return attendance


def _sign_out(session: ClassSession, user: User, now: datetime) -> Attendance:
    here = Attendance.objects.filter(session=session, person=user)
    here.filter(out_at=None).update(out_at=now, out_way=SignWay.CODE)
    attendance = here.first()
    if attendance is None:
        raise NotSignedIn
    return attendance


@transaction.atomic
def tick(
    *,
    session: ClassSession,
    person: User,
    direction: str,
    reason: str,
    user: User,
    now: datetime,
) -> Attendance:
    """Who has no phone is ticked by the organiser, who says why.

    While the session lasts the moment is now, afterwards its beginning or its end. Raises
    NotAllowed, ClassCancelled, ReasonNeeded, NotInvited, NotSignedIn.
    """
    training_class = session.training_class
    require_may_run_class(user, training_class)
    if training_class.cancelled_at is not None:
        raise ClassCancelled
    told = nfc(reason).strip()[:400]
    if not told:
        raise ReasonNeeded
    if not may_attend(training_class=training_class, user=person):
        raise NotInvited
    attendance = _ticked(session, person, direction, now)
    attendance.reason, attendance.ticked_by = told, user
    attendance.save()
    record_act(
        actor=user,
        act="tick_attendance",
        subject=training_class,
        unit_id=training_class.unit_id,
        session=session.pk,
        person=person.pk,
        direction=direction,
    )
    return attendance


def _ticked(session: ClassSession, person: User, direction: str, now: datetime) -> Attendance:
    """What is there, or a new one, with the moment that was missing; not saved yet."""
    rows = Attendance.objects.select_for_update().filter(session=session, person=person)
    held = rows.first()
    begins, ends = session.begins_at, session.ends_at
    if direction == Direction.IN:
        moment = begins if now > ends else max(begins, now)
        fresh = Attendance(session=session, person=person, unit_id=person.unit_id)
        held = held or fresh
        if held.pk is None:
            held.in_at, held.in_way = min(moment, ends), SignWay.TICK
        return held
    if held is None:
        raise NotSignedIn
    if held.out_at is None:
        held.out_at, held.out_way = max(held.in_at, min(now, ends)), SignWay.TICK
    return held


@dataclass(frozen=True)
class AttendanceRow:
    """A line of the list of one session: who was invited or came."""

    person: User
    attendance: Attendance | None
    minutes: int


def attendance_list(*, session: ClassSession) -> list[AttendanceRow]:
    """Everybody invited and everybody who came, by unit and name."""
    held = {each.person_id: each for each in session.attendances.all()}
    rows = []
    for person in people_of(session):
        attendance = held.get(person.pk)
        rows.append(AttendanceRow(person, attendance, minutes_of(session, attendance)))
    return rows


def people_of(session: ClassSession) -> QuerySet[User]:
    """Who was invited to the class or came to the session."""
    invited = session.training_class.invitees.values("person")
    came = session.attendances.values("person")
    people = User.objects.filter(pk__in=invited.union(came))
    return people.select_related("unit").order_by("unit__sort_name", "full_name", "pk")


def minutes_of(session: ClassSession, attendance: Attendance | None) -> int:
    """Whole minutes between signing in and out within the session's hours; 0 without a sign-out."""
    if attendance is None:
        return 0
    stretch = attended(
        begins=session.begins_at,
        ends=session.ends_at,
        came=attendance.in_at,
        left=attendance.out_at,
    )
    return int((stretch[1] - stretch[0]).total_seconds()) // 60 if stretch else 0


def sessions_with_minutes(
    *, sessions: Sequence[ClassSession], user: User
) -> list[tuple[ClassSession, Attendance | None, int]]:
    """One person's own sessions, each with what is credited of it."""
    held = {
        each.session_id: each
        for each in Attendance.objects.filter(session__in=sessions, person=user)
    }
    return [
        (session, held.get(session.pk), minutes_of(session, held.get(session.pk)))
        for session in sessions
    ]
