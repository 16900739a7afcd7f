"""The form of a paper from elsewhere, for oneself and for others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from training.domain.credit_amounts import MINUTE, minutes_of
from training.domain.credits import Paper
from training.enums import Measure

FIELDS = {
    "credit_known": "number",
    "credit_in_future": "taken_on",
    "scan_unreadable": "scan",
}


class CreditForm(forms.Form):
    title = forms.CharField(label=_("Tên khoá học"), max_length=200)
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=200)
    number = forms.CharField(label=_("Số giấy"), max_length=60)
    taken_on = forms.DateField(
        label=_("Ngày hoàn thành"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = forms.DecimalField(
        label=_("Thời lượng"), min_value=0, max_value=600_000, max_digits=8, decimal_places=2
    )
    measure = forms.ChoiceField(
        label=_("Đơn vị tính"), choices=[(MINUTE, _("phút")), *Measure.choices]
    )
    scan = forms.FileField(
        label=_("Bản quét"),
        required=False,
        help_text=_("PDF, PNG hoặc JPEG, không quá 3 MB. Chỉ bạn và người duyệt xem được."),
    )

    def paper_of(self, person: User) -> Paper | None:
        """What was typed, in minutes of the person's unit; None where that can't be said."""
        values: dict[str, Any] = self.cleaned_data
        try:
            minutes = minutes_of(
                amount=values["amount"],
                measure=values["measure"],
                person=person,
                year=values["taken_on"].year,
            )
        except ValueError as error:
            self.add_error("amount", str(error))
            return None
        told = {name: values[name] for name in ("title", "issuer", "number", "taken_on")}
        return Paper(minutes=minutes, **told)
