"""Forms about banks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.pages.workplace.unit_forms import UnitField


class BankForm(forms.Form):
    name = forms.CharField(
        label=_("Tên ngân hàng"), max_length=200, help_text=_("Ví dụ: Cải cách hành chính 2026")
    )
    unit = UnitField(label=_("Đơn vị giữ ngân hàng"))
