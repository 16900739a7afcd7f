"""Writing a course in the workplace, from nothing to open."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from quiz.domain.practice_banks import set_for_practice
from quiz.domain.topics import topics_by_name
from quiz.models import ItemBank, LegalDocument
from tests.factories import make_bank
from tests.factories import make_person as person_with
from tests.people import make_trio
from tests.training.courses import add_lesson, make_course, make_file
from training.enums import CourseState, FileKind, LessonKind
from training.models import Course, Lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    return make_trio(Role.ORGANISER)


@pytest.fixture
def client(trio) -> Client:
    browser = Client()
    browser.force_login(trio.alice)
    return browser


def send(client: Client, route: str, data: dict, *arguments: object):
    return client.post(reverse(route, args=arguments), data, follow=True)


def test_a_course_is_written_and_opened_without_script(client, trio) -> None:
    made = send(
        client,
        "w-course-new",
        {
            "title": "Một cửa cấp xã",
            "unit": trio.here.code,
            "groups": "Công chức một cửa\nLãnh đạo",
            "valid_from": "01/01/2026",
            "renew_months": "12",
            "is_open": "on",
        },
    )
    course = Course.objects.get()
    assert made.redirect_chain[-1][0] == reverse("w-course", args=[course.pk])
    assert (course.groups, course.renew_months, course.in_order) == (
        ["Công chức một cửa", "Lãnh đạo"],
        12,
        False,
    )
    send(client, "w-module-add", {"title": "Tiếp nhận"}, course.pk)
    module = course.modules.get()
    page = send(
        client,
        "w-lesson-new",
        {
            "title": "Nộp ở đâu cũng được",
            "body": "## Phi địa giới",
            "minutes": "8",
            "read": "on",
            "least_minutes": "2",
            "is_required": "on",
            "citation": "Nghị định 118/2025/NĐ-CP, Điều 14",
        },
        *(course.pk, module.pk, "text"),
    )
    lesson = Lesson.objects.get()
    assert lesson.completion == {
        "all": [{"kind": "read", "by_word": False}, {"kind": "minutes", "minutes": 2}]
    }
    assert lesson.citations.get().clause == "Điều 14"
    assert "Sẵn sàng mở" in page.content.decode()
    opened = send(client, "w-course-state", {"act": "open"}, course.pk)
    course.refresh_from_db()
    assert course.state == CourseState.PUBLISHED
    assert "Khoá học đã mở cho người học." in opened.content.decode()


def test_a_refused_lesson_keeps_what_was_typed(client, trio) -> None:
    course = make_course(trio.here, trio.alice)
    module = add_lesson(course).module
    typed = {"title": "Thiếu điều kiện", "body": "Đã viết dài", "minutes": "5"}
    page = send(client, "w-lesson-new", typed, course.pk, module.pk, "text")
    assert page.status_code == 422
    assert "Chọn ít nhất một điều kiện." in page.content.decode()
    assert "Đã viết dài" in page.content.decode()


def test_the_text_is_looked_at_without_being_stored(client, trio) -> None:
    lesson = add_lesson(make_course(trio.here, trio.alice))
    typed = {"title": "Bài", "body": "**Đậm** <script>alert(1)</script>", "preview": "1"}
    page = send(client, "w-lesson", typed, lesson.module.course_id, lesson.pk).content.decode()
    assert "<strong>Đậm</strong>" in page
    assert "<script>alert(1)" not in page
    lesson.refresh_from_db()
    assert lesson.body == "Nội dung."


def test_a_video_gets_its_subtitles_and_a_picture_its_words(client, trio) -> None:
    course = make_course(trio.here, trio.alice)
    module = add_lesson(course).module
    files = {
        kind: make_file(trio.here, trio.alice, kind, seconds=60)
        for kind in (FileKind.VIDEO, FileKind.IMAGE, FileKind.SUBTITLES)
    }
    video = {
        "title": "Xem",
        "minutes": "2",
        "watched": "90",
        "file": files[FileKind.VIDEO].public_id,
        "poster": files[FileKind.IMAGE].public_id,
        "subtitles_vi": files[FileKind.SUBTITLES].public_id,
    }
    send(client, "w-lesson-new", video, course.pk, module.pk, "video")
    stored = Lesson.objects.get(kind=LessonKind.VIDEO)
    assert {extra.language: extra.file.kind for extra in stored.extras.all()} == {
        "": FileKind.IMAGE,
        "vi": FileKind.SUBTITLES,
    }
    picture = {"title": "Sơ đồ", "minutes": "1", "read": "on", "alt": "Bốn cách nộp hồ sơ"}
    picture["file"] = files[FileKind.IMAGE].public_id
    send(client, "w-lesson-new", picture, course.pk, module.pk, "image")
    assert Lesson.objects.get(kind=LessonKind.IMAGE).file.alt == "Bốn cách nộp hồ sơ"


def test_a_quiz_takes_topics_of_a_practice_bank(client, trio) -> None:
    author, reviewer = (
        person_with("author", unit=trio.here),
        person_with("reviewer", unit=trio.here),
    )
    bank = make_bank(unit=trio.here, author=author, reviewer=reviewer)
    topic = topics_by_name(bank=bank, names=["Một cửa"])["Một cửa"]
    for item in bank.items.all()[:3]:
        type(item.current).objects.filter(pk=item.current_id).update(topic=topic)
    set_for_practice(bank=bank, practice=True, user=author, now=datetime.now(UTC))
    course = make_course(trio.here, trio.alice)
    module = add_lesson(course).module
    typed = {"title": "Kiểm tra", "minutes": "10", "bank": bank.pk, "percent": "70"}
    looked = send(
        client, "w-lesson-new", typed | {"choose_bank": "1"}, course.pk, module.pk, "quiz"
    )
    assert "Một cửa (3)" in looked.content.decode()
    asked = typed | {f"topic_{topic.pk}": "2", "any_topic": "1", "retries": "1", "instant": "on"}
    send(client, "w-lesson-new", asked, course.pk, module.pk, "quiz")
    lesson = Lesson.objects.get(kind=LessonKind.QUIZ)
    rows = lesson.settings["paper"]["blueprint"]
    assert [(row["topic"], row["count"]) for row in rows] == [("Một cửa", 2), (None, 1)]
    assert lesson.completion["all"] == [{"kind": "quiz", "percent": 70, "retries": 1}]
    again = client.get(reverse("w-lesson", args=[course.pk, lesson.pk])).content.decode()
    assert f'name="topic_{topic.pk}" value="2"' in again


def test_a_flagged_lesson_is_decided_about_with_a_reason(client, trio) -> None:
    lesson = add_lesson(make_course(trio.here, trio.alice), "Văn bản cũ")
    document = LegalDocument.objects.create(number="Nghị định 1/2020/NĐ-CP")
    cited = lesson.citations.create(document=document, ends_on=datetime(2026, 1, 1, tzinfo=UTC))
    arguments = (lesson.module.course_id, lesson.pk)
    refused = send(client, "w-lesson-keep", {"reason": " "}, *arguments)
    assert refused.status_code == 422
    kept = send(client, "w-lesson-keep", {"reason": "Nội dung không đổi."}, *arguments)
    assert "Không có bài nào chờ quyết định" in kept.content.decode()
    cited.refresh_from_db()
    assert cited.kept_by == trio.alice


def test_a_bank_is_opened_for_practice_from_its_page(client, trio) -> None:
    bank = ItemBank.objects.create(code="on", name="Ôn tập", unit=trio.here)
    send(client, "w-bank-practice", {"practice": "1"}, bank.pk)
    bank.refresh_from_db()
    assert bank.practice_since is not None
