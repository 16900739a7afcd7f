"""Two devices study at once: nothing is lost, and nothing counts twice."""

from datetime import timedelta

import pytest

from accounts.dates import VIETNAM
from tests.concurrency.conftest import race
from tests.factories import make_person, make_unit
from tests.training.study_world import NOW, enrol, lessons_of, make_course
from training.domain.study import record_beat
from training.domain.study_days import read_spans, refresh_days
from training.engine.study_time import credited
from training.models import StudyDay, StudyTally

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_beat_that_comes_while_days_are_counted_is_counted_the_next_time():
    unit = make_unit()
    course = make_course(unit)
    person = make_person(unit=unit)
    enrolment, lesson = enrol(course, person), lessons_of(course)[0]

    def beat(second):
        now = NOW + timedelta(seconds=second)
        return lambda: record_beat(enrolment=enrolment, lesson=lesson, tab="a", now=now)

    def count():
        return refresh_days([person.pk])

    for second in range(0, 100, 10):
        results = race(beat(second), count, count)
        assert [r for r in results if isinstance(r, Exception)] == []
    count()
    assert [day.seconds for day in StudyDay.objects.all()] == [90]
    assert count() == 0


def test_beats_of_two_devices_and_one_tab_twice_at_the_same_moments():
    unit = make_unit()
    course = make_course(unit)
    person = make_person(unit=unit)
    enrolment, lesson = enrol(course, person), lessons_of(course)[0]

    def beat(tab, second):
        now = NOW + timedelta(seconds=second)
        return lambda: record_beat(enrolment=enrolment, lesson=lesson, tab=tab, now=now)

    for second in (0, 15, 30, 45):
        assert race(*[beat(tab, second) for tab in "aabb"]) == [None] * 4
    assert StudyTally.objects.get().beats == 16
    days = credited(read_spans(person), minutes={lesson.pk: 30}, zone=VIETNAM)
    assert sum(days.values()) == 45
