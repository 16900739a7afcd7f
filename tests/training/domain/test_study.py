"""Heartbeats become stretches: a minute of silence ends one, a replay adds nothing."""

from datetime import timedelta

import pytest

from tests.factories import make_person, make_unit
from tests.training.study_world import NOW, enrol, lessons_of, make_course
from training.domain.study import record_beat
from training.enums import LessonKind
from training.models import StudySpan, StudyTally

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken():
    unit = make_unit()
    course = make_course(unit)
    return enrol(course, make_person(unit=unit)), lessons_of(course)[0]


def beat(taken, second, tab="a", **fields):
    enrolment, lesson = taken
    record_beat(
        enrolment=enrolment, lesson=lesson, tab=tab, now=NOW + timedelta(seconds=second), **fields
    )


def stored():
    return [
        (
            round((span.began_at - NOW).total_seconds()),
            round((span.ended_at - NOW).total_seconds()),
            span.media_ms,
            span.rate,
        )
        for span in StudySpan.objects.order_by("began_at", "pk")
    ]


def make_film(taken):
    _enrolment, lesson = taken
    lesson.kind = LessonKind.VIDEO
    lesson.save()


def test_beats_within_a_minute_lengthen_one_span(taken):
    for second in (0, 15, 75):
        beat(taken, second)
    assert stored() == [(0, 75, 0, 100)]


def test_after_more_than_a_minute_of_silence_the_gap_is_left_out(taken):
    for second in (0, 15, 76, 90):
        beat(taken, second)
    assert stored() == [(0, 15, 0, 100), (76, 90, 0, 100)]


def test_repeated_and_reordered_beats_change_nothing(taken):
    for second in (0, 15, 15, 30, 15, 0):
        beat(taken, second)
    assert stored() == [(0, 30, 0, 100)]


def test_every_tab_has_spans_of_its_own(taken):
    beat(taken, 0)
    beat(taken, 5, tab="b")
    beat(taken, 20)
    assert stored() == [(0, 20, 0, 100), (5, 5, 0, 100)]


def test_media_play_no_further_than_the_clock_allows_at_their_speed(taken):
    make_film(taken)
    beat(taken, 0)
    beat(taken, 10, media_ms=10_000, rate=100)
    beat(taken, 10, media_ms=10_000, rate=100)
    beat(taken, 20, media_ms=999_000, rate=100)
    assert stored() == [(0, 0, 0, 0), (0, 20, 20_000, 100)]


def test_another_speed_and_a_pause_begin_spans_without_a_gap(taken):
    make_film(taken)
    beat(taken, 0)
    beat(taken, 10, media_ms=10_000, rate=100)
    beat(taken, 20, media_ms=20_000, rate=200)
    beat(taken, 30, media_ms=0, rate=200)
    assert stored() == [
        (0, 0, 0, 0),
        (0, 10, 10_000, 100),
        (10, 20, 20_000, 200),
        (20, 30, 0, 0),
    ]


def test_each_beat_is_one_statement_and_counted(taken, django_assert_num_queries):
    with django_assert_num_queries(1):
        beat(taken, 0)
    beat(taken, 15)
    assert StudyTally.objects.get().beats == 2
