"""A class in a room: who may come, signing in and out by the screen's code, what is credited."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.errors import NotAllowed, TooManyRequests
from tests.people import make_person
from tests.training.enrolment_world import NOW, make_province
from training.domain.attendance import attendance_list, shown_code, sign, tick
from training.domain.class_errors import (
    BadSession,
    ClassCancelled,
    ClassFull,
    NotInvited,
    NotSignedIn,
    SessionHeld,
    SessionNotOn,
    WrongRoomCode,
)
from training.domain.class_hours import attended_days, attended_minutes
from training.domain.classes import (
    add_session,
    cancel_class,
    create_class,
    invite,
    learners_of,
    remove_session,
)
from training.domain.enrolment_errors import PeopleOutOfReach, ReasonNeeded
from training.domain.enrolments import enrol_self
from training.domain.hours import hours_by_unit, read_hours
from training.enums import Direction
from training.models import Attendance, CourseModule, Lesson, StudySpan

pytestmark = pytest.mark.django_db
IN, OUT = Direction.IN, Direction.OUT
END = NOW + timedelta(hours=3)


@pytest.fixture
def world():
    return make_province()


def make_class(world, **fields):
    values = {"title": "Kỹ năng tiếp dân", "place": "Hội trường", "unit": world.top}
    values |= {"course": world.course, "user": world.organiser, "now": NOW}
    return create_class(**(values | fields))


@pytest.fixture
def session(world):
    made = make_class(world)
    invite(training_class=made, people=[world.an, world.binh], user=world.organiser, now=NOW)
    return add_session(training_class=made, begins_at=NOW, ends_at=END, user=world.organiser)


def code_at(world, session, direction, moment):
    shown = shown_code(session=session, direction=direction, user=world.organiser, now=moment)
    return shown.code


def signs(world, session, person, direction, moment, seen=None):
    code = code_at(world, session, direction, seen or moment)
    return sign(session=session, direction=direction, code=code, user=person, now=moment)


def test_who_signs_in_and_out_is_credited_the_time_between_within_the_hours(world, session):
    signs(world, session, world.an, IN, NOW - timedelta(minutes=10))
    signs(world, session, world.an, OUT, NOW + timedelta(minutes=100))
    signs(world, session, world.binh, IN, NOW + timedelta(minutes=15))
    rows = {row.person: row.minutes for row in attendance_list(session=session)}
    assert rows == {world.an: 100, world.binh: 0}
    signs(world, session, world.binh, OUT, END + timedelta(minutes=20))
    assert attended_minutes(people=[world.an.pk, world.binh.pk], year=2026) == {
        world.an.pk: 100,
        world.binh.pk: 165,
    }


def test_signing_twice_keeps_the_first_moment(world, session):
    first = signs(world, session, world.an, IN, NOW)
    again = signs(world, session, world.an, IN, NOW + timedelta(minutes=9))
    assert (again.pk, again.in_at) == (first.pk, NOW)
    signs(world, session, world.an, OUT, END)
    signs(world, session, world.an, OUT, END + timedelta(minutes=9))
    assert Attendance.objects.get().out_at == END


def test_a_code_told_over_the_phone_is_worthless_a_window_later(world, session):
    shown = NOW + timedelta(seconds=1)
    signs(world, session, world.an, IN, NOW + timedelta(seconds=35), seen=shown)
    with pytest.raises(WrongRoomCode):
        signs(world, session, world.binh, IN, NOW + timedelta(seconds=41), seen=shown)


def test_a_code_is_for_its_session_and_direction_alone(world, session):
    other = add_session(
        training_class=session.training_class,
        begins_at=NOW + timedelta(minutes=5),
        ends_at=END,
        user=world.organiser,
    )
    code = code_at(world, session, IN, NOW)
    for wrong, direction in ((other, IN), (session, OUT)):
        with pytest.raises(WrongRoomCode):
            sign(session=wrong, direction=direction, code=code, user=world.an, now=NOW)


def test_whoever_guesses_runs_out_of_tries(world, session):
    right = code_at(world, session, IN, NOW)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _try in range(10):
        with pytest.raises(WrongRoomCode):
            sign(session=session, direction=IN, code=wrong, user=world.an, now=NOW)
    with pytest.raises(TooManyRequests):
        sign(session=session, direction=IN, code=right, user=world.an, now=NOW)


def test_nobody_signs_outside_the_hours_or_in_a_cancelled_class(world, session):
    for direction, moment in ((IN, END), (OUT, NOW)):
        off = timedelta(minutes=1) if direction == IN else -timedelta(minutes=1)
        with pytest.raises(SessionNotOn):
            sign(session=session, direction=direction, code="", user=world.an, now=moment + off)
    cancel_class(training_class=session.training_class, user=world.organiser, now=NOW)
    session.training_class.refresh_from_db()
    with pytest.raises(ClassCancelled):
        sign(session=session, direction=IN, code="", user=world.an, now=NOW)


def test_only_who_is_invited_comes_unless_the_class_is_open(world, session):
    with pytest.raises(NotInvited):
        signs(world, session, world.anh, IN, NOW)
    session.training_class.is_open = True
    session.training_class.save()
    signs(world, session, world.anh, IN, NOW)
    assert len(attendance_list(session=session)) == 3


def test_nobody_signs_out_who_did_not_sign_in(world, session):
    with pytest.raises(NotSignedIn):
        signs(world, session, world.an, OUT, END)


def test_who_has_no_phone_is_ticked_with_a_reason_by_the_organiser(world, session):
    values = {"session": session, "person": world.an, "now": END + timedelta(hours=2)}
    with pytest.raises(ReasonNeeded):
        tick(**values, direction=IN, reason=" ", user=world.organiser)
    with pytest.raises(NotAllowed):
        tick(**values, direction=IN, reason="Hết pin", user=world.lead_an)
    for direction in (IN, OUT):
        tick(**values, direction=direction, reason="Hết pin", user=world.organiser)
    held = Attendance.objects.get()
    assert (held.in_at, held.out_at, held.reason, held.ticked_by) == (
        NOW,
        END,
        "Hết pin",
        world.organiser,
    )


def test_a_room_holds_as_many_as_its_capacity(world):
    made = make_class(world, capacity=1)
    with pytest.raises(ClassFull):
        invite(training_class=made, people=[world.an, world.anh], user=world.organiser, now=NOW)
    common = {"training_class": made, "user": world.organiser, "now": NOW}
    assert (invite(people=[world.an], **common), invite(people=[world.an], **common)) == (1, 0)
    with pytest.raises(ClassFull):
        invite(people=[world.binh], **common)


def test_an_organiser_invites_their_own_people_only(world):
    theirs = make_person("to-chuc-an", Role.ORGANISER, unit=world.commune)
    made = make_class(world, unit=world.commune, user=theirs)
    with pytest.raises(PeopleOutOfReach):
        invite(training_class=made, people=[world.binh], user=theirs, now=NOW)
    with pytest.raises(NotAllowed):
        make_class(world, user=theirs)
    enrol_self(user=world.an, course=world.course, now=NOW)
    assert list(learners_of(world.course)) == [world.an]


def test_a_session_in_which_somebody_signed_stays(world, session):
    signs(world, session, world.an, IN, NOW)
    with pytest.raises(SessionHeld):
        remove_session(session=session, user=world.organiser)
    for begins, ends in ((NOW, END + timedelta(hours=1)), (END, NOW)):
        with pytest.raises(BadSession):
            add_session(
                training_class=session.training_class,
                begins_at=begins,
                ends_at=ends,
                user=world.organiser,
            )


def test_time_studied_on_the_system_meanwhile_is_not_credited_twice(world, session):
    module = CourseModule.objects.create(course=world.course, position=1, title="Phần 1")
    lesson = Lesson.objects.create(module=module, position=1, title="Bài 1", kind="text")
    StudySpan.objects.create(
        enrolment=enrol_self(user=world.an, course=world.course, now=NOW),
        lesson=lesson,
        tab="t",
        began_at=NOW + timedelta(minutes=30),
        ended_at=NOW + timedelta(minutes=50),
    )
    signs(world, session, world.an, IN, NOW)
    signs(world, session, world.an, OUT, END)
    (day,) = attended_days(people=[world.an.pk], year=2026)
    assert (day.seconds, day.title) == (160 * 60, "Kỹ năng tiếp dân")


def test_time_in_a_room_counts_for_the_year_s_duty(world, session):
    signs(world, session, world.an, IN, NOW)
    signs(world, session, world.an, OUT, NOW + timedelta(minutes=90))
    (hours,) = read_hours(people=[world.an], year=2026)
    assert (hours.class_minutes, hours.system_minutes, hours.minutes) == (90, 0, 90)
    assert hours_by_unit(people=[world.an], year=2026) == {world.commune.pk: 90}
