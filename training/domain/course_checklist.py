"""What a course lacks before it can be opened."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Fault
from training.domain.completions import lessons_of
from training.domain.lesson_checks import FILE_KINDS, rule_faults
from training.domain.lesson_citations import flagged_lessons
from training.domain.quizzes import quiz_shortages
from training.enums import PAGED, FileState, LessonKind
from training.models import Course, Lesson


def missing_to_publish(*, course: Course, now: datetime) -> list[Fault]:
    """Every reason not to open the course today; `place` is the lesson's title."""
    return list(_missing(course, now))


def _missing(course: Course, now: datetime) -> Iterator[Fault]:
    today = timezone.localdate(now)
    if course.valid_to is not None and course.valid_to <= today:
        message = _("Ngày đóng của khoá học đã qua.")
        yield Fault("", "course_over", message, _("Sửa ngày đóng, hoặc để trống."))
    lessons = lessons_of(course)
    if not lessons:
        yield Fault("", "no_lesson", _("Khoá học chưa có bài nào."), _("Thêm ít nhất một bài."))
    for lesson in lessons:
        yield from _of_lesson(lesson, today)
    for lesson in flagged_lessons(courses=Course.objects.filter(pk=course.pk), on=today):
        message = _("Căn cứ của bài đã hết hiệu lực.")
        hint = _("Sửa bài theo văn bản mới, hoặc ghi quyết định bài vẫn đúng kèm lý do.")
        yield Fault(lesson.title, "lesson_flagged", message, hint)


def _of_lesson(lesson: Lesson, today: date) -> Iterator[Fault]:
    for fault in rule_faults(lesson.kind, lesson.completion):
        yield Fault(lesson.title, fault.code, fault.message, fault.hint)
    if lesson.kind in FILE_KINDS:
        yield from _of_file(lesson)
    elif lesson.kind == LessonKind.TEXT and not lesson.body:
        yield Fault(lesson.title, "no_body", _("Bài đọc chưa có nội dung."), _("Viết nội dung."))
    elif lesson.kind == LessonKind.LINK and not lesson.link:
        yield Fault(lesson.title, "no_link", _("Bài chưa có liên kết."), _("Ghi liên kết."))
    elif lesson.kind == LessonKind.QUIZ:
        for message in quiz_shortages(lesson, on=today):
            yield Fault(lesson.title, "quiz_short", message, _("Sửa cách lấy câu của bài."))


def _of_file(lesson: Lesson) -> Iterator[Fault]:
    file = lesson.file
    if file is None:
        yield Fault(lesson.title, "no_file", _("Bài chưa có tệp."), _("Chọn hoặc tải tệp lên."))
    elif file.state != FileState.READY:
        message = _("Tệp của bài: %(state)s.") % {"state": file.get_state_display().lower()}
        yield Fault(lesson.title, "file_not_ready", message, _("Chờ kiểm tra xong hoặc thay tệp."))
    elif lesson.kind == LessonKind.IMAGE and not file.alt:
        message = _("Hình chưa có mô tả bằng lời.")
        hint = _("Tả nội dung hình cho người không nhìn thấy.")
        yield Fault(lesson.title, "no_alt", message, hint)
    elif lesson.kind == LessonKind.VIDEO and not file.facts.get("seconds"):
        message = _("Chưa biết video dài bao lâu.")
        yield Fault(lesson.title, "no_seconds", message, _("Tải lại video lên."))
    elif lesson.kind in PAGED and not file.facts.get("pages"):
        message = _("Chưa biết tài liệu có bao nhiêu trang.")
        yield Fault(lesson.title, "no_pages", message, _("Tải lại tài liệu lên."))
