"""Enrolling: who may, whom, once however often it is asked for, and how it ends."""

from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from tests.people import make_person, make_unit
from tests.training.enrolment_world import NOW, TODAY, make_course, make_province
from training.domain.enrolment_errors import (
    CourseNotOpen,
    CourseNotRunning,
    DuePassed,
    EnrolmentOver,
    OutsideAudience,
    PeopleOutOfReach,
    ReasonNeeded,
)
from training.domain.enrolments import (
    enrol_people,
    enrol_self,
    enrolment_of,
    exempt,
    lift_exemption,
    set_due,
    withdraw,
)
from training.enums import CourseState, EnrolmentSource
from training.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_province()


def enrol(world, *people, **more):
    values = {"course": world.course, "source": EnrolmentSource.ORGANISER, "now": NOW}
    return enrol_people(**(values | {"user": world.organiser} | more), people=people)


def test_a_person_of_the_audience_enrols_once_however_often_asked(world):
    first = enrol_self(user=world.an, course=world.course, now=NOW)
    again = enrol_self(user=world.an, course=world.course, now=NOW + timedelta(hours=1))
    assert (first.pk, first.ordinal, first.unit, first.source, first.enrolled_by) == (
        again.pk,
        1,
        world.commune,
        EnrolmentSource.SELF,
        world.an,
    )


def test_nobody_enrols_where_the_course_is_closed_or_for_others(world):
    stranger = make_person("khach", unit=make_unit("ngoai"), totp=False)
    with pytest.raises(OutsideAudience):
        enrol_self(user=stranger, course=world.course, now=NOW)
    closed = make_course(world.top, world.organiser, "kin", is_open=False)
    with pytest.raises(CourseNotOpen):
        enrol_self(user=world.an, course=closed, now=NOW)
    for fields in ({"state": CourseState.DRAFT}, {"valid_to": TODAY}, {"valid_from": date.max}):
        course = make_course(world.top, world.organiser, f"k{len(str(fields))}", **fields)
        with pytest.raises(CourseNotRunning):
            enrol_self(user=world.an, course=course, now=NOW)
    assert Enrolment.objects.count() == 0


def test_an_organiser_enrols_people_with_a_due_date_and_repeating_it_changes_nothing(world):
    due = TODAY + timedelta(days=30)
    assert enrol(world, world.an, world.binh, due_on=due) == [world.an.pk, world.binh.pk]
    assert enrol(world, world.an, world.binh, world.anh) == [world.anh.pk]
    rows = Enrolment.objects.order_by("person__username").values_list("person__username", "due_on")
    assert list(rows) == [("an", due), ("anh", None), ("binh", due)]
    told = AuditEntry.objects.filter(act="enrol_people").order_by("pk").values_list("details")
    assert [line["count"] for (line,) in told] == [2, 1]


def test_an_organiser_of_a_commune_enrols_their_own_people_in_the_province_s_course(world):
    theirs = make_person("to-chuc-an", Role.ORGANISER, unit=world.commune)
    assert enrol(world, world.an, user=theirs) == [world.an.pk]
    with pytest.raises(PeopleOutOfReach):
        enrol(world, world.anh, world.binh, user=theirs)
    with pytest.raises(PeopleOutOfReach):
        enrol(world, world.an, user=world.lead_an)
    assert Enrolment.objects.count() == 1


def test_a_course_of_a_commune_is_for_its_people_alone(world):
    course = make_course(world.commune, world.organiser, "rieng")
    with pytest.raises(PeopleOutOfReach):
        enrol(world, world.an, world.binh, course=course)
    assert Enrolment.objects.count() == 0


def test_a_due_date_in_the_past_is_refused(world):
    with pytest.raises(DuePassed):
        enrol(world, world.an, due_on=TODAY - timedelta(days=1))
    enrol(world, world.an)
    held = enrolment_of(world.an, world.course)
    set_due(enrolment=held, due_on=TODAY, user=world.organiser, now=NOW)
    with pytest.raises(DuePassed):
        set_due(enrolment=held, due_on=TODAY - timedelta(days=1), user=world.organiser, now=NOW)
    assert enrolment_of(world.an, world.course).due_on == TODAY


def test_an_exemption_has_its_reason_and_can_be_lifted(world):
    enrol(world, world.an)
    held = enrolment_of(world.an, world.course)
    with pytest.raises(ReasonNeeded):
        exempt(enrolment=held, reason="  ", user=world.organiser, now=NOW)
    exempt(enrolment=held, reason="Nghỉ thai sản", user=world.organiser, now=NOW)
    with pytest.raises(EnrolmentOver):
        exempt(enrolment=held, reason="Lần nữa", user=world.organiser, now=NOW)
    assert list(Enrolment.objects.unfinished()) == []
    lift_exemption(enrolment=held, user=world.organiser)
    assert list(Enrolment.objects.unfinished()) == [held]


def test_whoever_was_withdrawn_can_be_enrolled_again_as_another_time(world):
    enrol(world, world.an)
    withdraw(enrolment=enrolment_of(world.an, world.course), user=world.organiser, now=NOW)
    assert enrolment_of(world.an, world.course) is None
    assert enrol(world, world.an) == [world.an.pk]
    assert enrolment_of(world.an, world.course).ordinal == 2


def test_a_completed_enrolment_is_neither_withdrawn_nor_exempted(world):
    enrol(world, world.an)
    Enrolment.objects.update(completed_at=NOW)
    held = enrolment_of(world.an, world.course)
    with pytest.raises(EnrolmentOver):
        withdraw(enrolment=held, user=world.organiser, now=NOW)
    with pytest.raises(EnrolmentOver):
        exempt(enrolment=held, reason="Muộn", user=world.organiser, now=NOW)


def test_a_lead_and_an_organiser_of_another_unit_change_nothing(world):
    enrol(world, world.an)
    held = enrolment_of(world.an, world.course)
    other = make_person("to-chuc-binh", Role.ORGANISER, unit=world.sibling)
    for user in (world.lead_an, world.lead_binh, other, world.an):
        with pytest.raises(NotAllowed):
            withdraw(enrolment=held, user=user, now=NOW)
        with pytest.raises(NotAllowed):
            exempt(enrolment=held, reason="Xin miễn", user=user, now=NOW)
        with pytest.raises(NotAllowed):
            set_due(enrolment=held, due_on=None, user=user, now=NOW)
    assert Enrolment.objects.get() == held


def test_a_head_of_a_sibling_unit_sees_nothing(world):
    enrol(world, world.an, world.anh)
    assert Enrolment.objects.seen_by(world.lead_binh, Role.UNIT_LEAD).count() == 0
    assert Enrolment.objects.seen_by(world.lead_an, Role.UNIT_LEAD).count() == 2
