"""The five questions from which a contest is made."""

from datetime import date, time

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField
from quiz.domain.contest_templates import (
    AGE,
    BOTH,
    CITIZENS,
    MOST_WEEKS,
    OFFICIALS,
    PER_CONTEST,
    PER_WEEK,
    TIERS,
    PrizeAnswer,
    TemplateAnswers,
    next_monday,
    suggested_prizes,
    tier_name,
)
from quiz.models import ItemBank

AUDIENCES = (
    (BOTH, _("Cả cán bộ và người dân"), _("Hai bảng có đề, xếp hạng và giải riêng.")),
    (CITIZENS, _("Người dân"), ""),
    (OFFICIALS, _("Cán bộ, công chức, viên chức"), ""),
)
PERIODS = (
    (PER_WEEK, _("Trao sau mỗi tuần"), _("Mỗi tuần là một vòng thi.")),
    (PER_CONTEST, _("Trao một lần cho cả cuộc thi"), _("Các tuần gộp thành một vòng thi.")),
)


class DayField(forms.DateField):
    """A day by the browser's own control."""

    def __init__(self, **options: object) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **options)


class ClockField(forms.TimeField):
    def __init__(self, **options: object) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(widget=widget, **options)


class TemplateForm(forms.Form):
    """Everything but the name has an answer already."""

    title = forms.CharField(label=_("Tên cuộc thi"), max_length=230)
    first_day = DayField(label=_("Ngày đầu tiên"))
    weeks = forms.IntegerField(label=_("Số tuần"), min_value=1, max_value=MOST_WEEKS, initial=4)
    opens = ClockField(label=_("Mở lúc"), initial=time(10))
    closes = ClockField(label=_("Đóng lúc"), initial=time(9))
    audience = forms.ChoiceField(
        label=_("Ai được thi"), choices=[row[:2] for row in AUDIENCES], initial=BOTH
    )
    minimum_age = forms.IntegerField(
        label=_("Từ đủ bao nhiêu tuổi"),
        min_value=1,
        max_value=120,
        initial=AGE,
        required=False,
        help_text=_("Để trống: không giới hạn tuổi."),
    )
    asks_unit = forms.BooleanField(
        label=_("Người dự thi chọn xã, phường hoặc cơ quan của mình"),
        initial=True,
        required=False,
        help_text=_("Cần cho số liệu theo đơn vị. Bỏ dấu: chỉ hỏi địa chỉ."),
    )
    prizes_per = forms.ChoiceField(
        label=_("Trao giải khi nào"), choices=[row[:2] for row in PERIODS], initial=PER_WEEK
    )
    decision_number = forms.CharField(
        label=_("Số quyết định"), max_length=80, required=False, help_text=_("Ví dụ: 12/QĐ-UBND")
    )
    decision_date = DayField(label=_("Ngày quyết định"), required=False)
    unit = UnitField(label=_("Đơn vị tổ chức"))
    bank = forms.ModelChoiceField(
        label=_("Ngân hàng câu hỏi"),
        queryset=ItemBank.objects.none(),
        required=False,
        empty_label=_("Bộ câu hỏi khởi đầu"),
    )
    hotline = forms.CharField(label=_("Điện thoại hỗ trợ"), max_length=60, required=False)

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data, initial={"first_day": next_monday(today)})
        for prize in suggested_prizes():
            self.fields[f"count_{prize.code}"] = _figure(prize.count, 1000, _("Số giải"))
            self.fields[f"money_{prize.code}"] = _figure(
                prize.money, 10**10, _("Tiền mỗi giải, đồng")
            )

    @property
    def prize_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """(name of the prize, its count, its money)."""
        return [(tier_name(c), self[f"count_{c}"], self[f"money_{c}"]) for c in TIERS]

    def answers(self) -> TemplateAnswers:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        names = (
            *("title", "first_day", "weeks", "opens", "closes", "audience", "minimum_age"),
            *("asks_unit", "prizes_per", "decision_number", "decision_date"),
        )
        prizes = tuple(
            PrizeAnswer(code, given[f"count_{code}"], given[f"money_{code}"]) for code in TIERS
        )
        return TemplateAnswers(**{name: given[name] for name in names}, prizes=prizes)


def _figure(initial: int, most: int, label: object) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, initial=initial)
