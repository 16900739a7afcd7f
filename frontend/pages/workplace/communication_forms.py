"""Forms of communication plans, their tasks and evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.document_forms import day_field
from frontend.pages.workplace.unit_forms import UnitField
from training.domain.plan_due import Due, read_due, say_due
from training.domain.plan_errors import ThingNotFound
from training.domain.plan_evidence import EvidenceInput
from training.domain.plan_reading import target_of
from training.domain.plan_targets import Target, read_target
from training.domain.plan_tasks import TaskInput
from training.domain.plan_things import Thing, find_thing, things_seen
from training.domain.plans import PlanInput
from training.enums import PlanThing
from training.models import CommunicationPlan, PlanTask, TrainingFile

PLAN_FIELDS = {
    "plan_title": "title",
    "plan_year": "year",
    "plan_answer_days": "answer_days",
    "plan_taken": "title",
}
TASK_FIELDS = {
    "content_missing": "content",
    "content_too_long": "content",
    "partners_too_long": "partners",
    "expected_too_long": "expected",
    "position_wrong": "position",
    "position_taken": "position",
    "unit_not_below": "unit",
}
EVIDENCE_FIELDS = {
    "evidence_empty": "note",
    "note_too_long": "note",
    "link_wrong": "link",
    "day_ahead": "happened_on",
    "amount_wrong": "amount",
    "evidence_twice": "thing",
    "thing_not_found": "thing",
}


class PlanForm(forms.Form):
    title = forms.CharField(
        label=_("Tên kế hoạch"),
        max_length=250,
        help_text=_("Như trong quyết định, ví dụ: Kế hoạch truyền thông cải cách hành chính."),
    )
    number = forms.CharField(label=_("Số quyết định"), max_length=80, required=False)
    issued_on = day_field(_("Ngày ban hành"), _("Ví dụ: 05/01/2026"))
    answer_days = forms.IntegerField(
        label=_("Trả lời người dân trong (ngày)"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("Báo cáo đếm câu hỏi trả lời đúng hạn theo số ngày này; trống thì không đếm."),
    )
    report_to = forms.CharField(
        label=_("Báo cáo gửi"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi nơi một dòng, in ở phần “Kính gửi”."),
    )
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: TM. ỦY BAN NHÂN DÂN, dòng dưới: CHỦ TỊCH."),
    )
    signer_name = forms.CharField(label=_("Họ tên người ký"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, plan: CommunicationPlan) -> "PlanForm":
        return cls(initial={name: getattr(plan, name) for name in cls.base_fields})

    def given(self, year: int) -> PlanInput:
        """What the domain takes; call it of a valid form."""
        return PlanInput(**{"year": year} | {name: self.cleaned_data[name] for name in _PLAN})


_PLAN = tuple(PlanForm.base_fields)


class NewPlanForm(PlanForm):
    unit = UnitField(label=_("Đơn vị lập kế hoạch"))
    year = forms.IntegerField(label=_("Năm"), min_value=2015, max_value=2100)
    field_order = ["unit", "year", "title"]


class TaskForm(forms.Form):
    content = forms.CharField(
        label=_("Nội dung nhiệm vụ"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = UnitField(label=_("Đơn vị chủ trì"))
    partners = forms.CharField(label=_("Đơn vị phối hợp"), max_length=500, required=False)
    due = forms.CharField(
        label=_("Thời hạn"),
        max_length=60,
        help_text=_("Quý II, Tháng 9, 30/06/2026 hoặc Cả năm."),
    )
    expected = forms.CharField(label=_("Kết quả dự kiến"), max_length=500, required=False)
    target = forms.CharField(
        label=_("Chỉ tiêu"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: 3 lớp tập huấn, 2.000 lượt dự thi, 12 tin bài. Để trống: không đo."),
    )
    position = forms.IntegerField(
        label=_("Số thứ tự"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=_("Để trống: xếp cuối."),
    )

    def __init__(self, year: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year

    @classmethod
    def of(cls, task: PlanTask) -> "TaskForm":
        names = ("content", "partners", "expected", "position")
        known = {name: getattr(task, name) for name in names}
        known |= {"due": say_due(task.due_on, task.due_span), "target": str(target_of(task))}
        return cls(task.plan.year, initial=known)

    def clean_due(self) -> Due:
        try:
            return read_due(self.cleaned_data["due"], self.year)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong), code="due_wrong") from None

    def clean_target(self) -> Target:
        try:
            return read_target(self.cleaned_data["target"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong), code="target_wrong") from None

    def given(self) -> TaskInput:
        return TaskInput(**self.cleaned_data)


class EvidenceForm(forms.Form):
    thing = forms.ChoiceField(label=_("Có trong hệ thống"), required=False)
    note = forms.CharField(
        label=_("Nội dung"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Đã làm gì, ở đâu, bao nhiêu người."),
    )
    link = forms.CharField(
        label=_("Liên kết"),
        max_length=500,
        required=False,
        help_text=_("Bài đăng, album ảnh; bắt đầu bằng https://."),
    )
    happened_on = day_field(_("Ngày thực hiện"), _("Để trống: hôm nay, hoặc ngày của nội dung."))
    amount = forms.IntegerField(
        label=_("Tính vào chỉ tiêu"),
        min_value=0,
        max_value=100_000_000,
        required=False,
        help_text=_("Bao nhiêu; để trống thì hệ thống tự đếm nội dung đã chọn."),
    )

    def __init__(self, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        things = [(f"{thing.kind}:{thing.pk}", _shown(thing)) for thing in things_seen(user)]
        self.fields["thing"].choices = [("", _("Không chọn")), *things]

    def clean_thing(self) -> Thing | None:
        kind, _colon, pk = self.cleaned_data["thing"].partition(":")
        try:
            return find_thing(kind=kind, pk=int(pk), user=self.user) if kind else None
        except ThingNotFound as gone:
            raise forms.ValidationError(str(gone), code=gone.code) from None

    def given(self, file: TrainingFile | None) -> EvidenceInput:
        return EvidenceInput(**self.cleaned_data, file=file)


def _shown(thing: Thing) -> str:
    return f"{PlanThing(thing.kind).label}: {thing.title[:90]}"
