"""A person's year: what is credited, what is missing, whatever the unit was."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.dates import VIETNAM
from accounts.domain.person_changes import transfer_person
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from tests.factories import make_person, make_unit
from tests.training.study_world import NOW, enrol, lessons_of, make_course, make_duty
from training.domain.duty import NoSuchDay, duties, remove_duty
from training.domain.gaps import assign_gaps, plan_gaps
from training.domain.hours import credited_days, credited_minutes, hours_by_unit, read_hours
from training.domain.study import record_beat
from training.domain.study_days import read_spans
from training.engine.study_time import credited
from training.models import Credit, DutySetting, Enrolment, StudySpan, StudyTally

pytestmark = pytest.mark.django_db


def study(person, course, minutes, *, at=NOW, lesson=0):
    """So many minutes on end, a heartbeat every half minute."""
    enrolment = Enrolment.objects.filter(course=course, person=person).first()
    enrolment = enrolment or enrol(course, person)
    for half in range(minutes * 2 + 1):
        now = at + timedelta(seconds=30 * half)
        record_beat(enrolment=enrolment, lesson=lessons_of(course)[lesson], tab="a", now=now)


def make_credit(person, decider, minutes, day=date(2026, 5, 4)):
    return Credit.objects.create(
        person=person,
        title="Bồi dưỡng kỹ năng số",
        issuer="Học viện",
        number=str(minutes),
        taken_on=day,
        minutes=minutes,
        state="approved",
        entered_by=person,
        entered_at=NOW,
        decided_by=decider,
        decided_at=NOW,
    )


def test_the_statement_credits_what_the_arithmetic_does(unit):
    person = make_person(unit=unit)
    rng = random.Random(7)
    lessons = []
    for minutes in ((3, 40), (10, 10_000)):
        course = make_course(unit, minutes)
        enrolment = enrol(course, person)
        for lesson in lessons_of(course):
            lessons.append(lesson)
            for tab in "abc":
                begin = datetime(2026, 12, 31, 16, tzinfo=VIETNAM) + timedelta(
                    minutes=rng.randrange(900)
                )
                StudySpan.objects.create(
                    enrolment=enrolment,
                    lesson=lesson,
                    tab=tab,
                    began_at=begin,
                    ended_at=begin + timedelta(seconds=rng.randrange(9000)),
                )
    StudyTally.objects.create(person=person, beats=1)
    caps = {lesson.pk: lesson.minutes for lesson in lessons}
    expected = credited(read_spans(person), minutes=caps, zone=VIETNAM)
    found = {
        (each.enrolment, each.lesson, each.day): each.seconds
        for year in (2026, 2027)
        for each in credited_days(people=[person], year=year)
    }
    assert found == expected


def test_what_is_studied_after_a_count_is_counted_too(unit):
    person, course = make_person(unit=unit), make_course(unit)
    study(person, course, 5)
    assert credited_minutes(person=person, year=2026) == 5
    study(person, course, 5, at=NOW + timedelta(hours=1))
    assert credited_minutes(person=person, year=2026) == 10
    assert credited_minutes(person=person, year=2027) == 0


def test_hours_from_elsewhere_count_beside_the_systems_against_the_duty(unit, organiser):
    person, course = make_person(unit=unit), make_course(unit)
    make_duty(unit, organiser)
    study(person, course, 20)
    make_credit(person, organiser, 50)
    hours = read_hours(people=[person], year=2026)[0]
    assert (hours.minutes, hours.units, hours.missing, hours.gap_minutes) == (70, 1, 1, 20)
    assert hours.due_on == date(2026, 12, 31)


def test_the_nearest_unit_above_with_a_setting_wins_and_its_newest_of_the_year(unit, organiser):
    below = make_unit(parent=unit)
    own = make_unit(parent=below)
    last = make_unit(parent=own)
    for at, yearly, day in (
        (unit, 2, date(2025, 1, 1)),
        (unit, 3, date(2026, 6, 1)),
        (own, 4, date(2027, 1, 1)),
    ):
        make_duty(at, organiser, from_date=day, yearly=Decimal(yearly))
    found = {year: duties([last.pk], year)[last.pk] for year in (2024, 2025, 2026, 2027)}
    assert found[2024] is None
    assert [int(found[year].yearly) for year in (2025, 2026, 2027)] == [2, 3, 4]
    remove_duty(setting=DutySetting.objects.get(unit=own), user=organiser)
    assert duties([last.pk], 2027)[last.pk].yearly == 3


def test_a_duty_is_set_by_who_runs_training_there_and_for_a_day_there_is(unit, organiser):
    stranger = make_person(Role.ORGANISER, unit=make_unit())
    with pytest.raises(NotAllowed):
        make_duty(unit, stranger)
    with pytest.raises(NoSuchDay):
        make_duty(unit, organiser, due_month=2, due_day=29)


def test_hours_follow_the_person_and_a_units_report_the_day(unit):
    person, course, other = make_person(unit=unit), make_course(unit, (60,)), make_unit()
    study(person, course, 10)
    transfer_person(person=person, unit=other, user=None)
    AuditEntry.objects.filter(act="transfer_person").update(at=NOW + timedelta(days=1))
    study(person, course, 5, at=NOW + timedelta(days=1))
    make_credit(person, make_person(unit=unit), 45)
    assert read_hours(people=[person], year=2026)[0].minutes == 60
    assert hours_by_unit(people=[person], year=2026) == {unit.pk: 55, other.pk: 5}


def test_the_shortest_set_is_assigned_once_and_what_is_under_way_counts(unit, organiser):
    person = make_person(unit=unit)
    make_duty(unit, organiser)
    short, middle, _long = (
        make_course(unit, minutes, title=f"Khoá {minutes}") for minutes in ((30,), (20, 20), (100,))
    )
    study(person, short, 20)
    [plan] = plan_gaps(people=[person], year=2026, day=NOW.date())
    # 70 minutes are missing, the course under way still brings 10 of them.
    assert (plan.hours.gap_minutes, plan.assigned, plan.adds) == (70, 10, 100)
    extra = make_course(unit, (21,), title="Khoá 21")
    [plan] = plan_gaps(people=[person], year=2026, day=NOW.date())
    assert (set(plan.courses), plan.adds, plan.left) == ({middle, extra}, 61, 0)
    asked = {"people": [person], "year": 2026, "user": organiser, "now": NOW}
    assert assign_gaps(**asked) == 2
    assert assign_gaps(**asked) == 0
    assert set(Enrolment.objects.filter(source="gap").values_list("course", "due_on")) == {
        (middle.pk, date(2026, 12, 31)),
        (extra.pk, date(2026, 12, 31)),
    }


def test_what_no_set_can_close_is_said(unit, organiser):
    person = make_person(unit=unit)
    make_duty(unit, organiser)
    make_course(unit, (30,))
    make_course(make_unit(), (500,))
    [plan] = plan_gaps(people=[person], year=2026, day=NOW.date())
    assert (plan.adds, plan.left) == (30, 60)
