"""The form of a lesson: what every kind has, and what only its kind needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.file_choices import (
    chosen_subtitles,
    file_field,
    subtitle_fields,
)
from frontend.pages.workplace.lesson_quiz_form import add_quiz_fields, quiz_settings, quiz_values
from training.domain.lesson_checks import CONDITIONS, FILE_KINDS, LONGEST_BODY, MOST_MINUTES
from training.domain.lesson_citations import citation_text
from training.domain.lessons import LessonInput
from training.enums import FileKind, FileState, LessonKind
from training.models import Course, Lesson, TrainingFile

LESSON_FIELDS = {
    "lesson_title": "title",
    "lesson_body": "body",
    "lesson_minutes": "minutes",
    "lesson_file": "file",
    "lesson_alt": "alt",
    "lesson_link": "link",
    "lesson_extras": "poster",
    "lesson_citation": "citation",
    "lesson_prerequisites": "prerequisites",
    "quiz_bank": "bank",
}


class LessonForm(forms.Form):
    title = forms.CharField(label=_("Tên bài"), max_length=200)
    body = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Viết theo Markdown: ## tiêu đề, **đậm**, - gạch đầu dòng, [chữ](liên kết)."),
    )
    link = forms.URLField(
        label=_("Liên kết"), required=False, max_length=500, assume_scheme="https"
    )
    minutes = forms.IntegerField(
        label=_("Thời lượng (phút)"), min_value=1, max_value=MOST_MINUTES, initial=10
    )
    is_required = forms.BooleanField(label=_("Bài bắt buộc"), required=False, initial=True)
    citation = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một văn bản: Nghị định 118/2025/NĐ-CP, khoản 1 Điều 14"),
    )

    def __init__(
        self, data: Any = None, *, kind: str, course: Course, lesson: Lesson | None, user: Any
    ) -> None:
        initial = values_of(lesson) if lesson is not None else {}
        super().__init__(data, initial=initial)
        self.kind, self.course, self.user = LessonKind(kind), course, user
        if self.kind != LessonKind.LINK:
            del self.fields["link"]
        self._add_files()
        self._add_conditions()
        if self.kind == LessonKind.QUIZ:
            add_quiz_fields(self, user=user)
        others = Lesson.objects.filter(module__course=course, is_retired=False)
        others = others.order_by("module__position", "position")
        if lesson is not None:
            others = others.exclude(pk=lesson.pk)
        if others.exists():
            self.fields["prerequisites"] = forms.ModelMultipleChoiceField(
                label=_("Chỉ mở sau khi xong"),
                queryset=others,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _files(self, kind: str) -> Any:
        usable = TrainingFile.objects.filter(unit=self.course.unit_id, kind=kind)
        return usable.filter(state=FileState.READY).order_by("name", "pk")

    def _add_files(self) -> None:
        if self.kind in FILE_KINDS:
            self.fields["file"] = file_field(_("Tệp"), self._files(FILE_KINDS[self.kind]))
        if self.kind == LessonKind.IMAGE:
            self.fields["alt"] = forms.CharField(
                label=_("Mô tả hình bằng lời"),
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Cho người không nhìn thấy hình."),
            )
        if self.kind == LessonKind.VIDEO:
            self.fields["poster"] = file_field(_("Ảnh bìa"), self._files(FileKind.IMAGE))
            self.fields |= subtitle_fields(self._files(FileKind.SUBTITLES))

    def _add_conditions(self) -> None:
        kinds = CONDITIONS[self.kind]
        if "read" in kinds:
            self.fields["read"] = forms.BooleanField(
                label=_("Đọc đến cuối"), required=False, initial=True
            )
            self.fields["by_word"] = forms.BooleanField(
                label=_("Nhận lời tự xác nhận “Tôi đã đọc đến cuối”"), required=False, initial=True
            )
        if "watched" in kinds:
            self.fields["watched"] = forms.IntegerField(
                label=_("Xem ít nhất (% thời lượng)"),
                required=False,
                min_value=1,
                max_value=100,
                initial=90,
                help_text=_("Tính theo phần đã thật sự phát; tua qua thì không tính."),
            )
        if "scorm" in kinds:
            choices = [("completed", _("Gói báo đã học xong")), ("passed", _("Gói báo đạt"))]
            self.fields["scorm"] = forms.ChoiceField(
                label=_("Hoàn thành khi"), choices=choices, initial="completed"
            )
        if "minutes" in kinds:
            self.fields["least_minutes"] = forms.IntegerField(
                label=_("Học ít nhất (phút)"),
                required=False,
                min_value=1,
                max_value=MOST_MINUTES,
                help_text=_("Để trống nếu không đòi hỏi."),
            )

    def again(self, posted: Any) -> "LessonForm":
        """The same form with what was typed, without judging it."""
        typed = {
            name: field.widget.value_from_datadict(posted, {}, name)
            for name, field in self.fields.items()
        }
        self.initial |= typed
        if self.kind == LessonKind.QUIZ:
            self.initial |= {
                name: value for name, value in posted.items() if name.startswith("topic_")
            }
            add_quiz_fields(self, user=self.user)
        return self

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order in which they are filled in."""
        names = list(self.fields)
        chosen = {
            _("Nội dung"): ("title", "body", "link", "file", "alt", "poster", "subtitles_"),
            _("Câu hỏi"): ("bank", "topic_", "any_topic", "fixed", "instant"),
            _("Hoàn thành khi"): (
                *("read", "by_word", "watched", "scorm", "least_minutes"),
                *("percent", "retries"),
            ),
            _("Vị trí trong khoá"): ("minutes", "is_required", "prerequisites", "citation"),
        }
        return [
            (title, [self[name] for name in names if name.startswith(starts)])
            for title, starts in chosen.items()
            if any(name.startswith(starts) for name in names)
        ]

    def take_upload(self, file: TrainingFile | None) -> None:
        """A file that came with the form takes the place of the chosen one."""
        if file is not None and "file" in self.fields:
            self.cleaned_data["file"] = file

    def given(self) -> LessonInput:
        """What the domain takes; call it of a valid form."""
        values = self.cleaned_data
        extras = chosen_subtitles(values)
        if values.get("poster"):
            extras[""] = values["poster"]
        return LessonInput(
            title=values["title"],
            body=values["body"],
            file=values.get("file"),
            alt=values.get("alt", ""),
            link=values.get("link", ""),
            minutes=values["minutes"],
            completion={"all": self._rule()},
            settings=quiz_settings(self) if self.kind == LessonKind.QUIZ else {},
            is_required=values["is_required"],
            prerequisites=list(values.get("prerequisites", ())),
            citation=values["citation"],
            extras=extras,
        )

    def _rule(self) -> list[dict[str, Any]]:
        values = self.cleaned_data
        rule: list[dict[str, Any]] = []
        if values.get("read"):
            rule.append({"kind": "read", "by_word": values["by_word"]})
        if values.get("watched"):
            rule.append({"kind": "watched", "percent": values["watched"]})
        if values.get("scorm"):
            rule.append({"kind": "scorm", "status": values["scorm"]})
        if values.get("least_minutes"):
            rule.append({"kind": "minutes", "minutes": values["least_minutes"]})
        if self.kind == LessonKind.QUIZ:
            passed = {"kind": "quiz", "percent": values["percent"], "retries": values["retries"]}
            rule.append(passed)
        return rule


def values_of(lesson: Lesson) -> dict[str, Any]:
    """What the form shows of a stored lesson."""
    values: dict[str, Any] = {
        name: getattr(lesson, name) for name in ("title", "body", "link", "minutes", "is_required")
    }
    values["citation"] = citation_text(lesson)
    values["prerequisites"] = list(lesson.prerequisites.values_list("pk", flat=True))
    if lesson.file is not None:
        values |= {"file": lesson.file.public_id, "alt": lesson.file.alt}
    for extra in lesson.extras.select_related("file"):
        name = f"subtitles_{extra.language}" if extra.language else "poster"
        values[name] = extra.file.public_id
    values |= {"read": False, "watched": None}
    for condition in lesson.completion.get("all", ()):
        values |= _condition_values(condition)
    if lesson.kind == LessonKind.QUIZ:
        values |= quiz_values(lesson)
    return values


def _condition_values(condition: dict[str, Any]) -> dict[str, Any]:
    match condition["kind"]:
        case "read":
            return {"read": True, "by_word": condition.get("by_word", False)}
        case "watched":
            return {"watched": condition["percent"]}
        case "minutes":
            return {"least_minutes": condition["minutes"]}
        case "scorm":
            return {"scorm": condition.get("status", "completed")}
        case _:
            return {"percent": condition["percent"], "retries": condition.get("retries")}
