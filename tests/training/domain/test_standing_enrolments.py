"""A unit takes a course with all below it, whoever joins later too; what expires comes again."""

from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from tests.people import make_person, make_unit
from tests.training.enrolment_world import NOW, TODAY, make_course, make_province
from training.domain.enrolment_errors import UnitOutOfReach
from training.domain.enrolment_terms import set_terms
from training.domain.enrolments import enrol_self, enrolment_of, withdraw
from training.domain.standing_enrolments import (
    apply_unit_enrolments,
    end_unit_enrolment,
    enrol_unit,
    open_renewals,
)
from training.enums import EnrolmentSource
from training.models import Course, Enrolment, UnitEnrolment

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=20)


@pytest.fixture
def world():
    return make_province()


def enrol(world, unit, **more):
    values = {"course": world.course, "user": world.organiser, "due_on": DUE, "now": NOW}
    return enrol_unit(**(values | more), unit=unit)


def test_a_unit_is_enrolled_with_everyone_below_it_and_again_changes_nothing(world):
    assert len(enrol(world, world.top)) == 6
    assert enrol(world, world.top) == []
    assert set(Enrolment.objects.values_list("due_on", "source")) == {(DUE, EnrolmentSource.UNIT)}
    assert UnitEnrolment.objects.count() == 1


def test_who_joins_the_unit_later_is_enrolled_the_next_day(world):
    assert len(enrol(world, world.commune)) == 3
    newcomer = make_person("moi", unit=world.commune, totp=False)
    make_person("noi-khac", unit=world.sibling, totp=False)
    later = NOW + timedelta(days=10)
    assert (apply_unit_enrolments(now=later), apply_unit_enrolments(now=later)) == (1, 0)
    held = enrolment_of(newcomer, world.course)
    assert (held.due_on, held.source) == (TODAY + timedelta(days=40), EnrolmentSource.UNIT)


def test_a_rule_that_ended_enrols_nobody_and_one_that_was_not_standing_neither(world):
    enrol(world, world.commune)
    enrol(world, world.sibling, standing=False)
    with pytest.raises(NotAllowed):
        end_unit_enrolment(rule=UnitEnrolment.objects.get(), user=world.lead_an, now=NOW)
    end_unit_enrolment(rule=UnitEnrolment.objects.get(), user=world.organiser, now=NOW)
    for unit in (world.commune, world.sibling):
        make_person(f"moi-{unit.pk}", unit=unit, totp=False)
    assert apply_unit_enrolments(now=NOW) == 0


def test_a_person_withdrawn_from_the_course_is_not_brought_back_by_the_rule(world):
    enrol(world, world.commune)
    withdraw(enrolment=enrolment_of(world.an, world.course), user=world.organiser, now=NOW)
    assert apply_unit_enrolments(now=NOW) == 0
    assert enrolment_of(world.an, world.course) is None


def test_nobody_enrols_a_unit_they_do_not_run_training_at(world):
    outside = make_unit("ngoai")
    theirs = make_person("to-chuc-an", Role.ORGANISER, unit=world.commune)
    for user, unit in (
        (world.organiser, outside),
        (theirs, world.sibling),
        (theirs, world.top),
        (world.lead_an, world.commune),
    ):
        with pytest.raises(UnitOutOfReach):
            enrol(world, unit, user=user)
    assert Enrolment.objects.count() == 0


def test_the_terms_of_a_course_say_until_when(world):
    common = {"course": world.course, "renew_before": 30, "reminds": True, "user": world.organiser}
    set_terms(due_on=DUE, due_days=7, **common)
    assert enrol_self(user=world.an, course=world.course, now=NOW).due_on == DUE
    after = NOW + timedelta(days=30)
    late = enrol_self(user=world.binh, course=world.course, now=after)
    assert late.due_on == TODAY + timedelta(days=37)
    with pytest.raises(NotAllowed):
        set_terms(due_on=None, due_days=0, **(common | {"user": world.lead_an}))


def completed(world, person, moment, course=None):
    held = enrol_self(user=person, course=course or world.course, now=moment)
    Enrolment.objects.filter(pk=held.pk).update(completed_at=moment)
    return held


def test_a_yearly_course_opens_again_thirty_days_before_it_expires(world):
    Course.objects.update(renew_months=12)
    completed(world, world.an, NOW)
    before, opens = date(2027, 10, 23), date(2027, 10, 24)
    assert open_renewals(now=NOW + (before - TODAY)) == 0
    now = NOW + (opens - TODAY)
    assert (open_renewals(now=now), open_renewals(now=now)) == (1, 0)
    again = enrolment_of(world.an, world.course)
    assert (again.ordinal, again.due_on, again.source, again.completed_at) == (
        2,
        date(2027, 11, 23),
        EnrolmentSource.RENEWAL,
        None,
    )
    told = AuditEntry.objects.get(act="renew_enrolments")
    assert told.details == {"count": 1}


def test_what_need_not_be_taken_again_stays_closed(world):
    once = make_course(world.top, world.organiser, "mot-lan")
    completed(world, world.an, NOW, once)
    Course.objects.filter(pk=world.course.pk).update(renew_months=12)
    enrol_self(user=world.anh, course=world.course, now=NOW)
    gone = completed(world, world.binh, NOW)
    gone.person.is_active = False
    gone.person.save()
    assert open_renewals(now=NOW + timedelta(days=3650)) == 0
