"""Forms about units, and the choice of one of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import UnitKind
from accounts.models import OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet

# A list people can still scroll through; above it they type part of the name.
SHORT_LIST = 80


class UnitField(forms.Field):
    """A unit by its code, among those given to the form as `units`."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.units: OrgUnitQuerySet = OrgUnit.objects.none()

    def clean(self, value: object) -> OrgUnit | None:
        code = super().clean(value)
        if not code:
            return None
        unit = self.units.filter(code=code).first()
        if unit is None:
            raise forms.ValidationError(_("Chọn một đơn vị trong danh sách."), code="unit_unknown")
        return unit


class UnitChoice:
    """What the templates draw a unit's choice with: a short list, or a search."""

    def __init__(self, form: forms.Form, name: str, *, chosen: OrgUnit | None) -> None:
        field = form.fields[name]
        self.name, self.label, self.required = name, field.label, field.required
        self.search = str(form.data.get(f"{name}_search", ""))
        code = form.data.get(name) or (chosen.code if chosen else "")
        units = field.units
        self.short = units.count() <= SHORT_LIST
        self.value = code
        self.error = " ".join(form.errors.get(name, [])) if form.is_bound else ""
        self.choices = [(unit.code, unit.name) for unit in units] if self.short else []
        picked = units.filter(code=code).select_related("parent").first() if code else None
        self.chosen = unit_row(picked) if picked else None
        self.results = [] if self.short else found_units(units, self.search)


def unit_row(unit: OrgUnit) -> dict[str, str]:
    """A unit as the picker shows it: code, name, and where it is."""
    place = unit.parent.name if unit.parent else ""
    return {"code": unit.code, "name": unit.name, "place": place}


def found_units(units: OrgUnitQuerySet, text: str, *, limit: int = 12) -> list[dict[str, str]]:
    """The first units whose names, aliases or names above hold all the words typed."""
    if not text.strip():
        return []
    return [unit_row(unit) for unit in units.matching(text).select_related("parent")[:limit]]


def asks_to_search(form: forms.Form, name: str) -> bool:
    """Without script the picker's own button posts the form to look for units only."""
    return f"{name}_find" in form.data


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class NewUnitForm(forms.Form):
    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    parent = UnitField(label=_("Thuộc đơn vị"))
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices, initial=UnitKind.OTHER)
    code = forms.CharField(
        label=_("Mã đơn vị"),
        max_length=40,
        required=False,
        help_text=_("Để trống, hệ thống tự đặt theo tên."),
    )


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices)
    aliases = forms.CharField(
        label=_("Tên gọi khác"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một tên: tên cũ trước khi sắp xếp, tên viết tắt. Dùng để tìm kiếm."),
    )
    keep_name = forms.BooleanField(
        label=_("Khi đổi tên, giữ tên cũ trong các tên gọi khác"), required=False, initial=True
    )


class HeadcountForm(forms.Form):
    on_date = forms.DateField(label=_("Tính từ ngày"), help_text=_("Ví dụ: 01/07/2025"))
    count = forms.IntegerField(label=_("Số người"), min_value=0, max_value=1_000_000)


class MoveForm(forms.Form):
    parent = UnitField(label=_("Đơn vị cấp trên mới"))


class MergeForm(forms.Form):
    into = UnitField(label=_("Nhập vào đơn vị"))
    on_date = forms.DateField(label=_("Từ ngày"), help_text=_("Ví dụ: 01/07/2025"))


class CloseForm(forms.Form):
    on_date = forms.DateField(label=_("Ngừng hoạt động từ ngày"), help_text=_("Ví dụ: 01/07/2025"))
