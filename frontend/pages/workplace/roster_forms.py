"""Forms about compulsory lists and the people on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.roster_rows import RosterRow
from accounts.models import OrgUnit, Roster, RosterEntry
from frontend.pages.workplace.unit_forms import UnitField
from quiz.domain.winners import birth_text

PLACE = _("Người trong danh sách")
# Which field a fault belongs to.
FIELDS = {
    "name_empty": "full_name",
    "too_long": "full_name",
    "person_twice": "full_name",
    "staff_code_twice": "staff_code",
    "birth_date": "birth_date",
    "unit_unknown": "unit",
}


class RosterForm(forms.Form):
    name = forms.CharField(
        label=_("Tên danh sách"),
        max_length=200,
        help_text=_("Ví dụ: Cán bộ, công chức quý IV năm 2026"),
    )
    unit = UnitField(label=_("Thuộc đơn vị"))
    as_of = forms.DateField(label=_("Tính đến ngày"))
    file = forms.FileField(label=_("Tệp Excel"))


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Tệp Excel"))


class EntryForm(forms.Form):
    """One person as a row of the list; lengths and dates are the domain's to judge."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    unit = UnitField(label=_("Đơn vị"))
    staff_code = forms.CharField(
        label=_("Mã cán bộ"),
        max_length=60,
        required=False,
        help_text=_("Người dự thi ghi mã này cùng ngày sinh thì được ghi nhận ngay."),
    )
    birth_date = forms.CharField(
        label=_("Ngày sinh"), max_length=20, required=False, help_text=_("Ví dụ: 05/09/1990")
    )
    group_code = forms.CharField(label=_("Đối tượng"), max_length=40, required=False)


def entry_form(roster: Roster, data: Any, entry: RosterEntry | None = None) -> EntryForm:
    """The form with the units that the list may name."""
    initial = {}
    if entry is not None:
        initial = {
            "full_name": entry.full_name,
            "unit": entry.unit.code,
            "staff_code": entry.staff_code,
            "birth_date": birth_text(entry.birth_date, entry.birth_precision),
            "group_code": entry.group_code,
        }
    form = EntryForm(data, initial=initial)
    form.fields["unit"].units = OrgUnit.objects.below([roster.unit_id])
    return form


def row_of(values: dict[str, Any], **more: str) -> RosterRow:
    """What the form holds as a row of the list."""
    held = {name: str(values[name]) for name in ("full_name", "staff_code", "birth_date")}
    return RosterRow(
        place=str(PLACE),
        unit=values["unit"].code,
        group_code=values["group_code"],
        **held,
        **more,
    )
