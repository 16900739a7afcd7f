"""Rows of a compulsory list as somebody wrote them, checked into entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import CharField
from django.utils.translation import gettext as _

from accounts.birth_dates import read_birth_date
from accounts.domain.unit_search import UnitFinder
from accounts.enums import BirthPrecision
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit, RosterEntry
from accounts.text import fold, nfc

LIMITED: tuple[str, ...] = ("full_name", "staff_code", "group_code", "exemption")


@dataclass(frozen=True)
class RosterRow:
    """One line as it was written; `place` says where."""

    place: str
    full_name: str
    unit: str = ""
    staff_code: str = ""
    birth_date: str = ""
    group_code: str = ""
    exemption: str = ""


def read_entries(*, rows: Sequence[RosterRow], unit: OrgUnit) -> list[RosterEntry]:
    """The rows as entries that are not stored yet, one for each row in the same order.

    A row without a unit belongs to `unit`; units are looked for at and below it. Raises Faults
    with every row's faults.
    """
    finder = UnitFinder(OrgUnit.objects.below([unit.pk]))
    faults: list[Fault] = []
    entries: list[RosterEntry] = []
    first: dict[object, str] = {}
    for row in rows:
        entry = _entry_of(row, unit, finder, faults)
        faults += _twice(entry, row.place, first)
        entries.append(entry)
    if faults:
        raise Faults(faults)
    return entries


def staff_key(staff_code: str) -> str:
    """By which two staff codes are the same: “cb 01” is “CB01”."""
    return "".join(staff_code.lower().split())


def name_key(entry: RosterEntry) -> tuple[object, ...]:
    """By which two entries without staff codes are the same person."""
    return entry.folded_name, entry.birth_date, entry.unit_id


def _twice(entry: RosterEntry, place: str, first: dict[object, str]) -> list[Fault]:
    """The fault of a row that says once more what an earlier row has said."""
    if not entry.staff_code and not entry.birth_date:
        return []
    key: object = staff_key(entry.staff_code) if entry.staff_code else name_key(entry)
    earlier = first.setdefault(key, place)
    if earlier == place:
        return []
    if entry.staff_code:
        code, message = "staff_code_twice", _("Mã cán bộ “%(text)s” đã có ở %(place)s.")
    else:
        code, message = "person_twice", _("“%(text)s” cùng ngày sinh và đơn vị đã có ở %(place)s.")
    told = message % {"text": entry.staff_code or entry.full_name, "place": earlier}
    return [Fault(place, code, told, _("Giữ lại một dòng."))]


def _entry_of(
    row: RosterRow, unit: OrgUnit, finder: UnitFinder, faults: list[Fault]
) -> RosterEntry:
    entry = RosterEntry(
        unit=unit,
        full_name=nfc(row.full_name),
        folded_name=fold(row.full_name),
        staff_code=row.staff_code.strip(),
        group_code=row.group_code.strip(),
        exemption=nfc(row.exemption),
    )
    if not entry.full_name:
        message, hint = _("Chưa có họ và tên."), _("Điền họ và tên hoặc xóa dòng này.")
        faults.append(Fault(row.place, "name_empty", message, hint))
    faults += _too_long(entry, row.place)
    if row.unit:
        try:
            entry.unit = finder.find(row.unit)
        except ValueError as refusal:
            hint = _("Xem mã đơn vị ở trang Đơn vị.")
            faults.append(Fault(row.place, "unit_unknown", str(refusal), hint))
    _read_birth(entry, row, faults)
    return entry


def _too_long(entry: RosterEntry, place: str) -> list[Fault]:
    faults = []
    for name in LIMITED:
        field = cast("CharField", RosterEntry._meta.get_field(name))  # noqa: SLF001
        if len(getattr(entry, name)) > (field.max_length or 0):
            told = {"field": str(field.verbose_name), "most": field.max_length}
            message = _("Mục “%(field)s” dài quá %(most)s chữ.") % told
            faults.append(Fault(place, "too_long", message, _("Ghi ngắn lại.")))
    return faults


def _read_birth(entry: RosterEntry, row: RosterRow, faults: list[Fault]) -> None:
    if not row.birth_date:
        entry.birth_precision = BirthPrecision.YEAR
        return
    try:
        entry.birth_date, entry.birth_precision = read_birth_date(row.birth_date)
    except ValueError as refusal:
        message = _("Ngày sinh “%(text)s” chưa đúng.") % {"text": row.birth_date}
        faults.append(Fault(row.place, "birth_date", message, str(refusal)))
