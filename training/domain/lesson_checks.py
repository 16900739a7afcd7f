"""What of a lesson can't be stored: each fault at its field."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as NotValid
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.errors import Fault
from accounts.text import nfc
from training.domain.lesson_citations import citation_fault
from training.domain.quiz_settings import quiz_settings_faults
from training.engine.completion import Rule
from training.engine.unlocking import has_cycle
from training.enums import FileKind, FileState, LessonKind
from training.models import Course, Lesson, TrainingFile

if TYPE_CHECKING:
    from training.domain.lessons import LessonInput

LONGEST_TITLE = 200
LONGEST_BODY = 100_000
MOST_MINUTES = 600
FILE_KINDS = {
    LessonKind.PDF: FileKind.PDF,
    LessonKind.SLIDES: FileKind.PDF,
    LessonKind.VIDEO: FileKind.VIDEO,
    LessonKind.IMAGE: FileKind.IMAGE,
    LessonKind.SCORM: FileKind.SCORM,
}
# What may complete a lesson of a kind; time may always be asked for.
CONDITIONS = {
    LessonKind.TEXT: ("read", "minutes"),
    LessonKind.IMAGE: ("read", "minutes"),
    LessonKind.LINK: ("read", "minutes"),
    LessonKind.PDF: ("read", "minutes"),
    LessonKind.SLIDES: ("read", "minutes"),
    LessonKind.VIDEO: ("watched", "minutes"),
    LessonKind.SCORM: ("scorm", "minutes"),
    LessonKind.QUIZ: ("quiz",),
}
_web_address = URLValidator(schemes=["http", "https"])


def lesson_faults(*, lesson: Lesson, given: "LessonInput", course: Course) -> Iterator[Fault]:
    """Everything that keeps a lesson from being stored."""
    yield from _text_faults(given)
    yield from _file_faults(lesson.kind, given, course)
    yield from _extra_faults(lesson.kind, given.extras, course)
    if lesson.kind == LessonKind.LINK:
        try:
            _web_address(given.link)
        except NotValid:
            yield _fault("lesson_link", _("Liên kết cần bắt đầu bằng http:// hoặc https://."))
    yield from rule_faults(lesson.kind, given.completion)
    yield from _prerequisite_faults(lesson, given, course)
    if lesson.kind == LessonKind.QUIZ:
        yield from quiz_settings_faults(given.settings)
    if told := citation_fault(given.citation):
        yield told


def _fault(code: str, message: str, hint: str = "") -> Fault:
    return Fault("", code, message, hint)


def _text_faults(given: "LessonInput") -> Iterator[Fault]:
    if not 0 < len(nfc(given.title)) <= LONGEST_TITLE:
        yield _fault("lesson_title", _("Tên bài cần từ 1 đến %d ký tự.") % LONGEST_TITLE)
    if len(given.body) > LONGEST_BODY:
        message = _("Nội dung dài quá %d ký tự.") % LONGEST_BODY
        yield _fault("lesson_body", message, _("Chia thành nhiều bài."))
    if not 1 <= given.minutes <= MOST_MINUTES:
        yield _fault("lesson_minutes", _("Thời lượng từ 1 đến %d phút.") % MOST_MINUTES)


def _file_faults(kind: str, given: "LessonInput", course: Course) -> Iterator[Fault]:
    """Whether the file is one of the kind that the lesson shows; none is for later."""
    file = given.file
    if file is None:
        return
    if kind not in FILE_KINDS:
        yield _fault("lesson_file", _("Loại bài này không có tệp."))
    elif file.kind and file.kind != FILE_KINDS[LessonKind(kind)]:
        wanted = FileKind(FILE_KINDS[LessonKind(kind)]).label
        yield _fault("lesson_file", _("Tệp này không phải %(kind)s.") % {"kind": wanted})
    elif file.state == FileState.REFUSED or file.unit_id != course.unit_id:
        yield _fault("lesson_file", _("Tệp này không dùng được cho khoá học."))
    elif kind == LessonKind.IMAGE and not (nfc(given.alt) or file.alt):
        message = _("Hình chưa có mô tả bằng lời.")
        yield _fault("lesson_alt", message, _("Tả nội dung hình cho người không nhìn thấy."))


def _extra_faults(kind: str, extras: dict[str, TrainingFile], course: Course) -> Iterator[Fault]:
    if extras and kind != LessonKind.VIDEO:
        yield _fault("lesson_extras", _("Chỉ video có phụ đề và ảnh bìa."))
    for language, file in extras.items():
        wanted = FileKind.SUBTITLES if language else FileKind.IMAGE
        usable = file.unit_id == course.unit_id and file.state != FileState.REFUSED
        if not usable or (file.kind and file.kind != wanted):
            told = {"file": file.name, "kind": FileKind(wanted).label}
            yield _fault("lesson_extras", _("“%(file)s” không phải %(kind)s dùng được.") % told)


def rule_faults(kind: str, completion: dict[str, Any]) -> Iterator[Fault]:
    """Whether the rule can be read, and met by a lesson of this kind."""
    try:
        rule = Rule.model_validate(completion)
    except ValidationError:
        message = _("Chưa có điều kiện hoàn thành, hoặc điều kiện ngoài giới hạn.")
        yield _fault("lesson_completion", message, _("Chọn ít nhất một điều kiện."))
        return
    kinds = [condition.kind for condition in rule.all]
    if len(set(kinds)) != len(kinds) or not set(kinds) <= set(CONDITIONS[LessonKind(kind)]):
        message = _("Điều kiện hoàn thành không hợp với loại bài.")
        yield _fault("lesson_completion", message, _("Chọn điều kiện của loại bài này."))


def _prerequisite_faults(lesson: Lesson, given: "LessonInput", course: Course) -> Iterator[Fault]:
    rows = Lesson.prerequisites.through.objects.filter(from_lesson__module__course=course)
    needed: dict[int, set[int]] = {}
    for each, first in rows.values_list("from_lesson", "to_lesson"):
        needed.setdefault(each, set()).add(first)
    wanted = {each.pk for each in given.prerequisites}
    if any(each.module.course_id != course.pk for each in given.prerequisites):
        yield _fault("lesson_prerequisites", _("Bài học trước phải thuộc cùng khoá học."))
    elif lesson.pk and has_cycle(needed | {lesson.pk: wanted}):
        message = _("Các bài chờ lẫn nhau thành vòng tròn.")
        yield _fault("lesson_prerequisites", message, _("Bỏ bớt một bài phải học trước."))
