"""“Xem như người học”: the learners' own pages, without a trace and without a key."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from quiz.models import ItemVersion
from tests.people import make_trio
from tests.training.courses import add_lesson, make_course, make_quiz
from tests.training.scorm_packages import golf
from tests.training.scorm_world import make_scorm_world
from tests.training.stored_files import make_ready_file
from training.enums import CourseState, FileKind, LessonKind
from training.models import Course, Enrolment, Lesson, LessonProgress, QuizTry, StudySpan

pytestmark = pytest.mark.django_db
TRACES = (Enrolment, LessonProgress, QuizTry, StudySpan)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def trio():
    return make_trio(Role.ORGANISER)


@pytest.fixture
def course(trio) -> Course:
    return make_course(trio.here, trio.alice, state=CourseState.DRAFT, published_at=None)


@pytest.fixture
def client(trio) -> Client:
    client = Client()
    client.force_login(trio.alice)
    return client


def shown(client: Client, lesson: Lesson, query: str = "") -> str:
    where = [lesson.module.course_id, lesson.pk]
    answer = client.get(reverse("w-lesson-preview", args=where) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_course_is_seen_as_on_its_first_day_and_leads_on_in_the_preview(
    client, trio, course
) -> None:
    first, second = add_lesson(course, "Mở đầu"), add_lesson(course, "Tiếp theo")
    second.prerequisites.add(first)
    page = client.get(reverse("w-course-preview", args=[course.pk])).content.decode()
    assert "Chưa mở: hoàn thành “Mở đầu” trước." in page
    for lesson in (first, second):
        address = reverse("w-lesson-preview", args=[course.pk, lesson.pk])
        assert f'href="{address}"' in page
        assert "<p>Nội dung.</p>" in shown(client, lesson)
    assert 'href="/hoc/' not in page.partition("<main")[2].partition("</main>")[0]
    assert "learning/lesson.js" not in shown(client, first)


def test_a_quiz_is_tried_out_without_keys_and_without_a_try(client, trio, course) -> None:
    quiz = make_quiz(course, trio.here)
    where = reverse("w-lesson-preview", args=[course.pk, quiz.pk])
    assert "Bài kiểm tra có 2 câu." in shown(client, quiz)
    began = client.post(where)
    assert began["Location"] == f"{where}?cau=1"
    page = shown(client, quiz, "?cau=1")
    assert "Câu 1/2" in page
    after = client.post(where, {"slot": "0", "place": "0"})
    assert after["Location"] == f"{where}?cau=2"
    for number in (1, 2):
        page = shown(client, quiz, f"?cau={number}")
        assert "(đáp án)" not in page
        rationales = ItemVersion.objects.exclude(rationale="").values_list("rationale", flat=True)
        assert [each for each in rationales if each in page] == []
    assert "Bài kiểm tra có 2 câu." in shown(client, quiz, "?cau=3")
    assert [model for model in TRACES if model.objects.exists()] == []


def test_files_are_shown_from_their_own_addresses(client, trio, course) -> None:
    video = make_ready_file(
        unit=trio.here, user=trio.alice, kind=FileKind.VIDEO, facts={"seconds": 60}
    )
    rule = {"all": [{"kind": "watched", "percent": 90}]}
    lesson = add_lesson(course, kind=LessonKind.VIDEO, file=video, completion=rule)
    page = shown(client, lesson)
    source = page.partition('<source src="')[2].partition('"')[0]
    assert client.get(source).status_code == 200
    assert [model for model in TRACES if model.objects.exists()] == []


def test_a_package_is_played_from_its_beginning_and_what_it_says_is_forgotten(trio) -> None:
    world = make_scorm_world(golf())
    client = Client()
    client.force_login(world.organiser)
    where = reverse("w-package-preview", args=[world.lesson.module.course_id, world.lesson.pk])
    assert client.get(where).status_code == 200
    told = client.post(where, {"tab": "a"}, content_type="application/json").json()
    assert told == {"words": "Xem thử: không lưu tiến độ.", "completed": False}
    assert LessonProgress.objects.count() == 0


def test_the_courses_page_leads_to_all_that_belongs_to_it(client, trio, course) -> None:
    page = client.get(reverse("w-course", args=[course.pk])).content.decode()
    for route, query in (
        ("w-training-report", f"?course={course.code}"),
        ("w-classes", f"?course={course.code}"),
        ("w-certificates", f"?course={course.code}"),
    ):
        assert f'href="{reverse(route)}{query}"' in page
        assert client.get(reverse(route) + query).status_code == 200
    for route in ("w-course-people", "w-enrol-people", "w-course-terms", "w-course-preview"):
        assert f'href="{reverse(route, args=[course.pk])}"' in page
