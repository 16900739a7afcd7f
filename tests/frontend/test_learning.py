"""The learner's pages: my courses, a course, its lessons, progress as JSON."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from quiz.models import ItemVersion
from tests.people import make_person, make_trio, make_unit
from tests.training.courses import add_lesson, enrol, make_course, make_quiz
from tests.training.stored_files import make_ready_file
from training.domain.course_files import may_read_lesson_file
from training.enums import FileKind, LessonKind
from training.models import Enrolment, Lesson, LessonProgress, QuizTry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def trio():
    return make_trio(Role.ORGANISER)


@pytest.fixture
def course(trio):
    return make_course(trio.here, trio.alice)


@pytest.fixture
def client(trio) -> Client:
    return browser_of(trio.charlie)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client: Client, route: str, *arguments: object, query: str = "", follow: bool = False):
    return client.get(reverse(route, args=arguments) + query, follow=follow)


def text(response) -> str:
    return response.content.decode()


def a_pdf(path: Path, pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(300, 400)
    document.save(str(path))
    return path.read_bytes()


def test_due_courses_come_first_then_open_ones_then_finished(client, trio, course) -> None:
    today = timezone.localdate()
    late = enrol(make_course(trio.here, trio.alice, code="tre", title="Trễ"), trio.charlie)
    Enrolment.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    soon = enrol(make_course(trio.here, trio.alice, code="sap", title="Sắp"), trio.charlie)
    Enrolment.objects.filter(pk=soon.pk).update(due_on=today + timedelta(days=3))
    done = enrol(make_course(trio.here, trio.alice, code="xong", title="Xong"), trio.charlie)
    Enrolment.objects.filter(pk=done.pk).update(completed_at=timezone.now())
    make_course(trio.there, trio.bob, code="la", title="Nơi khác")
    page = text(read(client, "learning"))
    places = [page.index(f">{title}<") for title in ("Trễ", "Sắp", course.title, "Xong")]
    assert places == sorted(places)
    assert "Quá hạn" in page
    assert "Nơi khác" not in page


def test_who_has_no_course_is_told_so() -> None:
    lonely = make_person("mot-minh", unit=make_unit("xa"), totp=False)
    assert "Chưa có khoá học nào cho bạn" in text(read(browser_of(lonely), "learning"))


def test_a_course_is_there_for_its_audience_only(client, trio, course) -> None:
    assert read(client, "learn-course", course.code).status_code == 200
    assert read(browser_of(trio.bob), "learn-course", course.code).status_code == 404


def test_one_enrols_by_a_click_and_sees_what_waits_for_what(client, trio, course) -> None:
    first, second = add_lesson(course, "Mở đầu"), add_lesson(course, "Tiếp theo")
    second.prerequisites.add(first)
    unenrolled = read(client, "learn-lesson", course.code, first.pk)
    assert unenrolled.status_code == 302
    page = text(client.post(reverse("learn-enrol", args=[course.code]), follow=True))
    assert Enrolment.objects.get().person == trio.charlie
    assert "Chưa mở: hoàn thành “Mở đầu” trước." in page
    locked = read(client, "learn-lesson", course.code, second.pk, follow=True)
    assert "Bài này chưa mở cho bạn." in text(locked)


def test_reports_are_taken_as_json_and_complete_the_lesson(client, trio, course) -> None:
    lesson = add_lesson(course)
    address = reverse("learn-progress", args=[course.code, lesson.pk])
    refused = client.post(
        address, {}, content_type="application/json", headers={"Accept": "application/json"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "not_enrolled")
    enrol(course, trio.charlie)
    assert client.get(address).json()["share"] == 0
    told = client.post(
        address, {"tab": "a", "pages": [[1, 2]]}, content_type="application/json"
    ).json()
    assert (told["completed"], told["course_completed"], told["share"]) == (True, True, 100)
    for broken in ("{", '{"tab": "a", "watched": [[1]]}', '{"tab": "a", "score": 100}'):
        answer = client.post(address, broken, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_progress")


def test_a_document_is_read_as_pictures_with_words_and_without_script(
    client, trio, course, tmp_path
) -> None:
    file = make_ready_file(
        unit=trio.here,
        user=trio.alice,
        kind=FileKind.PDF,
        content=a_pdf(tmp_path / "a.pdf", 8),
        facts={"pages": 8},
    )
    rule = {"all": [{"kind": "read", "by_word": True}]}
    lesson = add_lesson(course, kind=LessonKind.PDF, file=file, completion=rule)
    enrol(course, trio.charlie)
    assert may_read_lesson_file(trio.charlie, file)
    assert not may_read_lesson_file(trio.bob, file)
    page = text(read(client, "learn-lesson", course.code, lesson.pk))
    assert "Trang 1–6 trong 8 trang." in page
    picture = client.get(reverse("learn-page", args=[course.code, lesson.pk, 6]))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert b"".join(picture).startswith(b"RIFF")
    assert client.get(reverse("learn-page", args=[course.code, lesson.pk, 9])).status_code == 404
    later = text(read(client, "learn-lesson", course.code, lesson.pk, query="?trang=7"))
    assert "Trang 7–8 trong 8 trang." in later
    said = client.post(reverse("learn-said-read", args=[course.code, lesson.pk]), follow=True)
    assert "Tôi đã đọc đến cuối" not in text(said)
    assert LessonProgress.objects.get().completed_at is not None


def test_a_video_goes_on_where_it_was_left(client, trio, course) -> None:
    file = make_ready_file(
        unit=trio.here, user=trio.alice, kind=FileKind.VIDEO, facts={"seconds": 60}
    )
    words = make_ready_file(unit=trio.here, user=trio.alice, kind=FileKind.SUBTITLES)
    rule = {"all": [{"kind": "watched", "percent": 90}]}
    lesson = add_lesson(course, kind=LessonKind.VIDEO, file=file, completion=rule)
    lesson.extras.create(file=words, language="vi")
    enrol(course, trio.charlie)
    client.post(
        reverse("learn-progress", args=[course.code, lesson.pk]),
        {"tab": "a", "watched": [[0, 31.5]], "position": 31.5, "position_at": 2},
        content_type="application/json",
    )
    page = text(read(client, "learn-lesson", course.code, lesson.pk))
    assert 'data-position="31.5"' in page
    assert 'kind="subtitles" srclang="vi"' in page


@pytest.mark.parametrize("kind", [LessonKind.IMAGE, LessonKind.LINK, LessonKind.TEXT])
def test_pictures_links_and_texts_are_shown(client, trio, course, kind) -> None:
    file = make_ready_file(unit=trio.here, user=trio.alice) if kind == LessonKind.IMAGE else None
    lesson = add_lesson(course, kind=kind, file=file, link="https://dichvucong.gov.vn/")
    enrol(course, trio.charlie)
    page = read(client, "learn-lesson", course.code, lesson.pk)
    assert page.status_code == 200
    shown = {
        LessonKind.IMAGE: "learn-picture",
        LessonKind.LINK: 'href="https://dichvucong.gov.vn/"',
        LessonKind.TEXT: "<p>Nội dung.</p>",
    }
    assert shown[kind] in text(page)


def test_a_lesson_whose_file_is_not_there_says_so(client, trio, course) -> None:
    lesson = add_lesson(course, kind=LessonKind.PDF)
    enrol(course, trio.charlie)
    assert "Tệp của bài chưa sẵn sàng" in text(read(client, "learn-lesson", course.code, lesson.pk))


@pytest.fixture
def quiz(trio, course) -> Lesson:
    return make_quiz(course, trio.here)


def test_a_quiz_is_answered_without_script_and_tells_keys_afterwards(
    client, trio, course, quiz
) -> None:
    enrol(course, trio.charlie)
    where = (course.code, quiz.pk)
    page = text(client.post(reverse("learn-quiz-start", args=where), follow=True))
    assert "Câu 1/2" in page
    assert "(đáp án)" not in page
    unanswered = client.post(reverse("learn-quiz-answer", args=where), {"slot": 0}, follow=True)
    assert "Chưa chọn phương án nào." in text(unanswered)
    for slot in range(2):
        version, order = QuizTry.objects.get().paper[slot]
        key = ItemVersion.objects.get(pk=version).key_mask
        given = {"slot": slot, "place": [p for p, o in enumerate(order) if key >> o & 1]}
        page = text(client.post(reverse("learn-quiz-answer", args=where), given, follow=True))
        assert "(đáp án)" in page
    assert "Xem kết quả" in page
    result = text(read(client, "learn-lesson", *where))
    assert "100.00%" in result or "100,00%" in result
    assert "Bạn đã dùng hết số lần làm bài." in result
    assert LessonProgress.objects.get().completed_at is not None
    # A later item can't be looked at by its address before it is answered.
    assert "(đáp án)" not in text(read(client, "learn-lesson", *where, query="?cau=99"))
