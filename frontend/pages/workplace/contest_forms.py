"""Forms about a contest and its rounds."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Roster
from frontend.pages.workplace.unit_forms import UnitField
from quiz.models import Contest, ItemBank
from quiz.rules.presets import PRESETS

MOMENT = "%Y-%m-%dT%H:%M"
DEFAULT_PRESET = "dak_lak"


class MomentField(forms.DateTimeField):
    """Day and time in Viet Nam, by the browser's own control."""

    def __init__(self, **options: object) -> None:
        widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **options)


def next_window() -> tuple[datetime, datetime]:
    """A window to start from: tomorrow 08:00, a week long, ending at 17:00."""
    day = timezone.localdate() + timedelta(days=1)
    zone = timezone.get_current_timezone()
    opens_at = datetime.combine(day, time(8), zone)
    return opens_at, datetime.combine(day + timedelta(days=7), time(17), zone)


class RoundForm(forms.Form):
    name = forms.CharField(
        label=_("Tên vòng"), max_length=120, required=False, help_text=_("Ví dụ: Tuần 1")
    )
    opens_at = MomentField(label=_("Mở lúc"))
    closes_at = MomentField(label=_("Đóng lúc"))


class NewContestForm(forms.Form):
    """Everything a contest can't do without, on one page; the rest has sound defaults."""

    title = forms.CharField(label=_("Tên cuộc thi"), max_length=230)
    unit = UnitField(label=_("Đơn vị tổ chức"))
    preset = forms.ChoiceField(
        label=_("Mẫu thể lệ"),
        choices=[(preset.code, preset.name) for preset in PRESETS.values()],
        initial=DEFAULT_PRESET,
    )
    bank = forms.ModelChoiceField(
        label=_("Ngân hàng câu hỏi"),
        queryset=ItemBank.objects.none(),
        required=False,
        empty_label=_("Chọn sau"),
    )
    opens_at = MomentField(label=_("Vòng 1 mở lúc"))
    closes_at = MomentField(label=_("Vòng 1 đóng lúc"))
    items = forms.IntegerField(label=_("Số câu mỗi đề"), required=False, min_value=1, max_value=200)
    minutes = forms.IntegerField(
        label=_("Thời gian làm bài (phút)"), required=False, min_value=1, max_value=10_080
    )
    attempts = forms.IntegerField(
        label=_("Số lượt mỗi người mỗi vòng"), required=False, min_value=1, max_value=1000
    )
    body_name = forms.CharField(
        label=_("Cơ quan tổ chức"),
        max_length=200,
        required=False,
        help_text=_("Để trống: dùng tên đơn vị tổ chức."),
    )
    hotline = forms.CharField(label=_("Điện thoại hỗ trợ"), max_length=60, required=False)


class ContestForm(forms.ModelForm):
    class Meta:
        model = Contest
        fields = ("title", "body_name", "summary", "hotline", "roster")
        labels = {"roster": pgettext_lazy("một", "Danh sách bắt buộc")}
        help_texts = {
            "summary": _("Hiện ở trang cuộc thi, vài câu là đủ."),
            "roster": _("Dùng để tính tỷ lệ tham gia và biết ai chưa dự thi."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, rosters: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roster"].queryset = rosters if rosters is not None else Roster.objects.none()
        self.fields["roster"].empty_label = _("Không có")
