"""Courses are written, looked through, opened, copied, archived."""

from datetime import UTC, date, datetime

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain.validity import Description, describe_document, end_clause
from quiz.models import LegalDocument
from tests.people import Trio, make_trio
from tests.training.courses import READ, add_lesson, enrol, make_file
from training.domain.completion_words import rule_words
from training.domain.course_checklist import missing_to_publish
from training.domain.course_copies import copy_course
from training.domain.course_errors import CourseInUse, ModuleNotEmpty, NothingToKeep
from training.domain.courses import (
    CourseInput,
    archive_course,
    change_course,
    create_course,
    publish_course,
    withdraw_course,
)
from training.domain.lesson_citations import citation_text, flagged_lessons, keep_lesson
from training.domain.lessons import LessonInput, change_lesson, move_lesson, set_retired
from training.domain.lessons import add_lesson as write_lesson
from training.domain.modules import add_module, move_module, remove_module
from training.engine.completion import Minutes, Package, Passed, Read, Rule, Watched
from training.enums import CourseState, FileKind, FileState, LessonKind
from training.models import Course, CourseModule, TrainingFile

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
TODAY = date(2026, 12, 1)
CITED = "Nghị định 118/2025/NĐ-CP, khoản 1 Điều 14"


@pytest.fixture
def trio() -> Trio:
    return make_trio(Role.ORGANISER)


@pytest.fixture
def course(trio) -> Course:
    given = CourseInput(title="Một cửa", groups=("Công chức một cửa", "Công chức một cửa", ""))
    return create_course(unit=trio.here, given=given, user=trio.alice)


@pytest.fixture
def module(trio, course) -> CourseModule:
    return add_module(course=course, title="Phần 1", user=trio.alice)


def given(**changes: object) -> LessonInput:
    return LessonInput(**{"title": "Bài", "body": "Nội dung", "completion": READ} | changes)


def codes(refused: pytest.ExceptionInfo[Faults]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_course_is_made_by_who_runs_training_at_its_unit(trio, course) -> None:
    assert (course.code, course.state, course.groups) == (
        "mot-cua",
        CourseState.DRAFT,
        ["Công chức một cửa"],
    )
    again = create_course(unit=trio.here, given=CourseInput(title="Một cửa"), user=trio.alice)
    assert again.code == "mot-cua-2"
    for stranger in (trio.bob, trio.charlie):
        with pytest.raises(NotAllowed):
            create_course(unit=trio.here, given=CourseInput(title="x"), user=stranger)
        with pytest.raises(NotAllowed):
            change_course(course=course, given=CourseInput(title="x"), user=stranger)


def test_what_a_course_cannot_be_is_told_at_once_and_nothing_is_stored(trio, course) -> None:
    wrong = CourseInput(title=" ", valid_from=TODAY, valid_to=TODAY, renew_months=121)
    with pytest.raises(Faults) as refused:
        change_course(course=course, given=wrong, user=trio.alice)
    assert codes(refused) == ["course_title", "course_days", "course_renewal"]
    course.refresh_from_db()
    assert course.title == "Một cửa"


def test_an_empty_course_is_not_opened_and_a_whole_one_is(trio, course, module) -> None:
    with pytest.raises(Faults) as refused:
        publish_course(course=course, user=trio.alice, now=NOW)
    assert codes(refused) == ["no_lesson"]
    write_lesson(module=module, kind=LessonKind.TEXT, given=given(), user=trio.alice)
    published = publish_course(course=course, user=trio.alice, now=NOW)
    assert (published.state, published.published_at) == (CourseState.PUBLISHED, NOW)
    enrol(published, trio.charlie)
    with pytest.raises(CourseInUse):
        withdraw_course(course=published, user=trio.alice)
    assert archive_course(course=published, user=trio.alice).state == CourseState.ARCHIVED
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-5:] == [
        "create_course",
        "add_module",
        "add_lesson",
        "publish_course",
        "archive_course",
    ]


def test_the_checklist_names_what_each_lesson_lacks(trio, course) -> None:
    add_lesson(course, "Trống", body="")
    add_lesson(course, "Thiếu tệp", kind=LessonKind.PDF)
    waiting = make_file(trio.here, trio.alice, FileKind.VIDEO, seconds=60)
    TrainingFile.objects.filter(pk=waiting.pk).update(state=FileState.CHECKING)
    watched = {"all": [{"kind": "watched", "percent": 90}]}
    add_lesson(course, "Chờ", kind=LessonKind.VIDEO, file=waiting, completion=watched)
    picture = make_file(trio.here, trio.alice, FileKind.IMAGE)
    add_lesson(course, "Không lời", kind=LessonKind.IMAGE, file=picture)
    add_lesson(course, "Không luật", completion={})
    add_lesson(course, "Bỏ rồi", body="", is_retired=True)
    missing = missing_to_publish(course=course, now=NOW)
    assert [(fault.place, fault.code) for fault in missing] == [
        ("Trống", "no_body"),
        ("Thiếu tệp", "no_file"),
        ("Chờ", "file_not_ready"),
        ("Không lời", "no_alt"),
        ("Không luật", "lesson_completion"),
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        (LessonKind.TEXT, {"title": ""}, "lesson_title"),
        (LessonKind.TEXT, {"minutes": 0}, "lesson_minutes"),
        (LessonKind.TEXT, {"completion": {}}, "lesson_completion"),
        (LessonKind.TEXT, {"completion": {"all": [{"kind": "quiz"}]}}, "lesson_completion"),
        (LessonKind.LINK, {"link": "javascript:alert(1)"}, "lesson_link"),
        (LessonKind.TEXT, {"citation": "Nghị định " + "9" * 90}, "lesson_citation"),
    ],
)
def test_a_faulty_lesson_is_refused_at_its_field(trio, module, kind, changes, code) -> None:
    with pytest.raises(Faults) as refused:
        write_lesson(module=module, kind=kind, given=given(**changes), user=trio.alice)
    assert codes(refused) == [code]
    assert not module.lessons.exists()


def test_a_file_of_another_kind_or_unit_is_refused(trio, module) -> None:
    video = make_file(trio.here, trio.alice, FileKind.VIDEO)
    strange = make_file(trio.there, trio.bob, FileKind.PDF)
    for file in (video, strange):
        with pytest.raises(Faults) as refused:
            write_lesson(
                module=module, kind=LessonKind.PDF, given=given(file=file), user=trio.alice
            )
        assert codes(refused) == ["lesson_file"]


def test_lessons_that_wait_for_each_other_are_refused(trio, course) -> None:
    first, second = add_lesson(course), add_lesson(course)
    change_lesson(lesson=second, given=given(prerequisites=[first]), user=trio.alice)
    with pytest.raises(Faults) as refused:
        change_lesson(lesson=first, given=given(prerequisites=[second]), user=trio.alice)
    assert codes(refused) == ["lesson_prerequisites"]


def test_lessons_and_modules_change_places(trio, course, module) -> None:
    other = add_module(course=course, title="Phần 2", user=trio.alice)
    for title in ("A", "B"):
        write_lesson(module=module, kind=LessonKind.TEXT, given=given(title=title), user=trio.alice)
    first, second = module.lessons.all()

    def order() -> list[list[str]]:
        return [list(each.lessons.values_list("title", flat=True)) for each in course.modules.all()]

    move_lesson(lesson=first, way="down", user=trio.alice)
    assert order() == [["B", "A"], []]
    first.refresh_from_db()
    move_lesson(lesson=first, way="down", user=trio.alice)
    assert order() == [["B"], ["A"]]
    move_module(module=other, way="up", user=trio.alice)
    assert order() == [["A"], ["B"]]
    with pytest.raises(ModuleNotEmpty):
        remove_module(module=other, user=trio.alice)
    set_retired(lesson=second, retired=True, user=trio.alice)
    assert missing_to_publish(course=course, now=NOW) == []


def test_a_replaced_document_flags_its_lessons_until_somebody_decides(trio, course, module) -> None:
    lesson = write_lesson(
        module=module, kind=LessonKind.TEXT, given=given(citation=CITED), user=trio.alice
    )
    assert citation_text(lesson) == CITED
    document = LegalDocument.objects.get(number="Nghị định 118/2025/NĐ-CP")
    ended = Description(effective_to=TODAY, replaced_by="Nghị định 1/2027/NĐ-CP")
    touched = describe_document(document=document, description=ended, user=trio.alice)
    assert touched["lessons"] == 1
    courses = Course.objects.filter(pk=course.pk)
    assert list(flagged_lessons(courses=courses, on=TODAY)) == [lesson]
    with pytest.raises(Faults) as refused:
        publish_course(course=course, user=trio.alice, now=NOW)
    assert codes(refused) == ["lesson_flagged"]
    decision = {"lesson": lesson, "reason": "Nội dung không đổi.", "now": NOW, "on": TODAY}
    with pytest.raises(NotAllowed):
        keep_lesson(user=trio.bob, **decision)
    keep_lesson(user=trio.alice, **decision)
    with pytest.raises(NothingToKeep):
        keep_lesson(user=trio.alice, **decision)
    assert publish_course(course=course, user=trio.alice, now=NOW).state == CourseState.PUBLISHED
    # Another day: the decision was about the day before.
    end_clause(
        document=document,
        clause="khoản 1 Điều 14",
        effective_to=date(2026, 11, 1),
        user=trio.alice,
    )
    assert list(flagged_lessons(courses=courses, on=TODAY)) == [lesson]


def test_a_copy_has_what_was_written_and_nothing_that_happened(trio, course, module) -> None:
    first = write_lesson(
        module=module, kind=LessonKind.TEXT, given=given(citation=CITED), user=trio.alice
    )
    write_lesson(
        module=module,
        kind=LessonKind.TEXT,
        given=given(title="Sau", prerequisites=[first]),
        user=trio.alice,
    )
    enrol(publish_course(course=course, user=trio.alice, now=NOW), trio.charlie)
    copy = copy_course(course=course, user=trio.alice)
    assert (copy.title, copy.state, copy.code) == (
        "Một cửa (bản sao)",
        CourseState.DRAFT,
        "mot-cua-ban-sao",
    )
    assert not copy.enrolments.exists()
    copied = list(copy.modules.get().lessons.all())
    assert [lesson.title for lesson in copied] == ["Bài", "Sau"]
    assert citation_text(copied[0]) == CITED
    assert list(copied[1].prerequisites.all()) == [copied[0]]


def test_rules_are_told_in_words() -> None:
    rule = Rule(all=(Read(), Watched(percent=90), Minutes(minutes=5), Passed(retries=2), Package()))
    assert rule_words(rule) == [
        "Đọc đến cuối mọi trang.",
        "Xem ít nhất 90% thời lượng video; tua qua thì không tính.",
        "Học ít nhất 5 phút.",
        "Đạt ít nhất 80% bài kiểm tra, được làm lại 2 lần.",
        "Gói bài học báo đã học xong.",
    ]
