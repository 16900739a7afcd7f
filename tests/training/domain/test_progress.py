"""Progress is taken in, judged once, and completes lesson and course."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.enums import Role
from accounts.models import AuditEntry
from tests.people import Trio, make_trio
from tests.training.courses import add_lesson, enrol, make_course, make_file
from training.domain import completions
from training.domain.progress import course_standing, read_report, save_progress, say_read
from training.domain.progress_errors import CourseClosed, LessonLocked, LessonRetired, NotByWord
from training.engine.growing import Report
from training.enums import CourseState, FileKind, LessonKind
from training.errors import BadProgress, NotEnrolled
from training.models import Course, Enrolment, StudySpan

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
WHOLE_TEXT = Report(tab="a", pages=((1, 2),))


@pytest.fixture
def trio() -> Trio:
    return make_trio(Role.ORGANISER)


@pytest.fixture
def course(trio) -> Course:
    return make_course(trio.here, trio.alice, published_at=NOW)


@pytest.fixture
def enrolment(trio, course) -> Enrolment:
    return enrol(course, trio.charlie)


@pytest.fixture
def told(monkeypatch) -> list:
    calls: list = []
    monkeypatch.setattr(completions, "_ON_COMPLETED", [lambda each, now: calls.append(each.pk)])
    return calls


def test_the_last_required_lesson_completes_the_course_once(course, enrolment, told) -> None:
    first, second = add_lesson(course), add_lesson(course)
    add_lesson(course, is_required=False)
    add_lesson(course, is_retired=True)
    for lesson in (first, second, second, first):
        save_progress(enrolment=enrolment, lesson=lesson, report=WHOLE_TEXT, now=NOW)
    enrolment.refresh_from_db()
    assert (enrolment.started_at, enrolment.completed_at) == (NOW, NOW)
    assert told == [enrolment.pk]
    assert AuditEntry.objects.filter(act="complete_course", subject_id=course.pk).count() == 1


def test_a_video_of_sixty_seconds_is_done_by_the_union_of_two_devices(
    trio, course, enrolment
) -> None:
    file = make_file(trio.here, trio.alice, FileKind.VIDEO, seconds=60)
    rule = {"all": [{"kind": "watched", "percent": 90}]}
    video = add_lesson(course, kind=LessonKind.VIDEO, file=file, completion=rule)
    phone = Report(tab="phone", watched=((0, 30),), position=30, position_at=30)
    desk = Report(tab="desk", watched=((30, 58),), position=58, position_at=90)
    progress = save_progress(enrolment=enrolment, lesson=video, report=phone, now=NOW)
    assert progress.completed_at is None
    later = NOW + timedelta(seconds=90)
    for report in (desk, phone):
        progress = save_progress(enrolment=enrolment, lesson=video, report=report, now=later)
    assert progress.completed_at == later
    assert (progress.state["position"], progress.revision) == (58, 3)


def test_a_page_in_use_is_a_heartbeat_of_studying(course, enrolment) -> None:
    lesson = add_lesson(course)
    for in_use in (True, False):
        report = Report(tab="a", in_use=in_use)
        save_progress(enrolment=enrolment, lesson=lesson, report=report, now=NOW)
    assert StudySpan.objects.filter(enrolment=enrolment, lesson=lesson, tab="a").count() == 1


def test_a_lesson_waits_for_the_one_before_it(course, enrolment) -> None:
    first, second = add_lesson(course, "Bài 1"), add_lesson(course, "Bài 2")
    second.prerequisites.add(first)
    with pytest.raises(LessonLocked) as refused:
        save_progress(enrolment=enrolment, lesson=second, report=WHOLE_TEXT, now=NOW)
    assert refused.value.details == {"waits_for": ["Bài 1"]}
    save_progress(enrolment=enrolment, lesson=first, report=WHOLE_TEXT, now=NOW)
    assert course_standing(enrolment=enrolment).waits[second.pk] == []


def test_nothing_is_taken_outside_the_days_of_the_course(course, enrolment) -> None:
    lesson = add_lesson(course)
    closed = (
        {"state": CourseState.ARCHIVED},
        {"valid_from": date(2026, 12, 2)},
        {"valid_to": date(2026, 12, 1)},
    )
    for change in closed:
        Course.objects.filter(pk=course.pk).update(**change)
        with pytest.raises(CourseClosed):
            save_progress(enrolment=enrolment, lesson=lesson, report=WHOLE_TEXT, now=NOW)
        reset = {"state": CourseState.PUBLISHED, "valid_from": None, "valid_to": None}
        Course.objects.filter(pk=course.pk).update(**reset)


def test_strange_and_retired_lessons_are_refused(trio, course, enrolment) -> None:
    other = add_lesson(make_course(trio.there, trio.bob, code="khac"))
    with pytest.raises(NotEnrolled):
        save_progress(enrolment=enrolment, lesson=other, report=WHOLE_TEXT, now=NOW)
    retired = add_lesson(course, is_retired=True)
    with pytest.raises(LessonRetired):
        save_progress(enrolment=enrolment, lesson=retired, report=WHOLE_TEXT, now=NOW)


def test_ones_word_counts_only_where_the_rule_takes_it(course, enrolment) -> None:
    strict = add_lesson(course)
    with pytest.raises(NotByWord):
        say_read(enrolment=enrolment, lesson=strict, now=NOW)
    trusting = add_lesson(course, completion={"all": [{"kind": "read", "by_word": True}]})
    assert say_read(enrolment=enrolment, lesson=trusting, now=NOW).completed_at == NOW


@pytest.mark.parametrize(
    "sent", [None, [], {"tab": ""}, {"tab": "a", "watched": [[0]]}, {"tab": "a", "score": 100}]
)
def test_what_is_no_report_is_refused(sent) -> None:
    with pytest.raises(BadProgress):
        read_report(sent)
