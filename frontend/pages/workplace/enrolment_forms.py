"""Forms of enrolling."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIELDS = {"due_passed": "due_on", "unit_not_for_course": "unit", "reason_needed": "reason"}


class DueField(forms.DateField):
    def __init__(self, **options: object) -> None:
        common = {"label": _("Hạn hoàn thành"), "required": False, "widget": DAY}
        super().__init__(**(common | options))


class PeopleForm(forms.Form):
    people = forms.CharField(
        label=_("Mã cán bộ"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        help_text=_("Mỗi dòng một mã. Không có mã: ghi “họ tên; ngày sinh”."),
    )
    due_on = DueField(help_text=_("Để trống thì theo hạn chung của khoá học."))


class UnitForm(forms.Form):
    unit = UnitField(label=_("Đơn vị"))
    due_on = DueField(help_text=_("Để trống thì theo hạn chung của khoá học."))
    standing = forms.BooleanField(
        label=_("Ghi danh cả người đến đơn vị sau này"), required=False, initial=True
    )


class ListForm(forms.Form):
    due_on = DueField(help_text=_("Cho những dòng không ghi hạn riêng."))
    file = forms.FileField(label=_("Tệp Excel"))


class TermsForm(forms.Form):
    due_on = DueField(
        label=_("Hạn hoàn thành chung"),
        help_text=_("Cho người ghi danh từ nay mà không có hạn riêng."),
    )
    due_days = forms.IntegerField(
        label=_("Số ngày được học"),
        min_value=0,
        max_value=3650,
        initial=0,
        help_text=_("Khi không có hạn chung hoặc hạn chung đã qua. 0: không đặt hạn."),
    )
    renew_before = forms.IntegerField(
        label=_("Mở học lại trước khi hết hạn (ngày)"),
        min_value=0,
        max_value=365,
        initial=30,
        help_text=_("Chỉ dùng khi khoá học phải học lại định kỳ."),
    )
    reminds = forms.BooleanField(
        label=_("Nhắc người học qua thư hoặc tin nhắn"), required=False, initial=True
    )


class DueForm(forms.Form):
    due_on = DueField(help_text=_("Để trống là không có hạn."))


class ExemptForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do miễn"),
        max_length=400,
        help_text=_("Ví dụ: nghỉ thai sản, đã học khoá tương đương."),
    )
