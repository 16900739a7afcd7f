"""Two devices study at once: nothing is lost, and nothing counts twice."""

from datetime import timedelta

import pytest

from accounts.dates import VIETNAM
from tests.concurrency.conftest import race
from tests.factories import make_person, make_unit
from tests.training.study_world import NOW, enrol, lessons_of, make_course
from training.domain.study import record_beat
from training.domain.study_days import read_spans
from training.engine.study_time import credited
from training.models import StudyTally

pytestmark = pytest.mark.django_db(transaction=True)


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
