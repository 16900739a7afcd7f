"""Forms of classes held in a room."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField

FIELDS = {
    "class_full": "capacity",
    "bad_session": "ends",
    "people_out_of_reach": "people",
    "reason_needed": "reason",
}
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ClassForm(forms.Form):
    title = forms.CharField(label=_("Tên lớp"), max_length=200)
    place = forms.CharField(label=_("Địa điểm"), max_length=200)
    teacher = forms.CharField(label=_("Báo cáo viên"), max_length=200, required=False)
    capacity = forms.IntegerField(
        label=_("Sức chứa"),
        min_value=0,
        max_value=10_000,
        initial=0,
        help_text=_("0: không giới hạn."),
    )
    is_open = forms.BooleanField(
        label=_("Người của đơn vị chưa được mời cũng được dự"), required=False
    )
    note = forms.CharField(
        label=_("Dặn dò"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewClassForm(ClassForm):
    unit = UnitField(label=_("Đơn vị tổ chức"))
    course = forms.ChoiceField(label=_("Thuộc khoá học"), required=False)
    field_order = ["unit", "course"]


class SessionForm(forms.Form):
    day = forms.DateField(label=_("Ngày"), widget=_DATE)
    begins = forms.TimeField(label=_("Từ"), widget=_TIME)
    ends = forms.TimeField(label=_("Đến"), widget=_TIME)

    def moments(self) -> tuple[datetime, datetime]:
        """When the session begins and ends, in local time."""
        day = self.cleaned_data["day"]
        return _moment(day, self.cleaned_data["begins"]), _moment(day, self.cleaned_data["ends"])


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def next_session_day() -> date:
    """Where the form begins: tomorrow."""
    return timezone.localdate() + timedelta(days=1)


class InviteForm(forms.Form):
    people = forms.CharField(
        label=_("Mã cán bộ"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một mã."),
    )


class TickForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=400, help_text=_("Ví dụ: không có điện thoại.")
    )
