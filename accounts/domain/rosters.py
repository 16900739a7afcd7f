"""The compulsory list by name: checked whole, stored whole or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.birth_dates import read_birth_date
from accounts.domain.audit import record_act
from accounts.domain.unit_search import UnitFinder
from accounts.domain.units import set_headcount
from accounts.enums import BirthPrecision
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit, Roster, RosterEntry, User
from accounts.text import fold, nfc


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


def load_roster(
    *,
    name: str,
    unit: OrgUnit,
    as_of: date,
    rows: Sequence[RosterRow],
    user: User | None,
    dry_run: bool = False,
) -> Roster | None:
    """Store the list with each unit's headcount on its date; None after a `dry_run`.

    A row without a unit belongs to `unit`; units are looked for at and below it. People with an
    exemption stay on the list and leave the headcount. Raises Faults with every row's faults.
    """
    entries = _entries_of(rows, unit)
    if dry_run:
        return None
    with transaction.atomic():
        roster = Roster.objects.create(name=nfc(name), unit=unit, as_of=as_of)
        for entry in entries:
            entry.roster = roster
        RosterEntry.objects.bulk_create(entries, batch_size=1000)
        counts = Counter(entry.unit for entry in entries if not entry.exemption)
        for counted, count in counts.items():
            set_headcount(unit=counted, on_date=as_of, count=count, user=user)
        record_act(
            actor=user, act="load_roster", subject=roster, unit_id=unit.pk, entries=len(entries)
        )
    return roster


def _entries_of(rows: Sequence[RosterRow], unit: OrgUnit) -> list[RosterEntry]:
    finder = UnitFinder(OrgUnit.objects.below([unit.pk]))
    faults: list[Fault] = []
    entries: list[RosterEntry] = []
    codes: dict[str, str] = {}
    for row in rows:
        before = len(faults)
        entry = _entry_of(row, unit, finder, faults)
        if (
            entry.staff_code
            and (first := codes.setdefault(entry.staff_code, row.place)) != row.place
        ):
            message = _("Mã cán bộ “%(code)s” đã có ở %(place)s.")
            told = message % {"code": entry.staff_code, "place": first}
            faults.append(Fault(row.place, "staff_code_twice", told, _("Giữ lại một dòng.")))
        if len(faults) == before:
            entries.append(entry)
    if faults:
        raise Faults(faults)
    return entries


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
    if row.unit:
        try:
            entry.unit = finder.find(row.unit)
        except ValueError as refusal:
            hint = _("Xem mã đơn vị ở trang Đơn vị.")
            faults.append(Fault(row.place, "unit_unknown", str(refusal), hint))
    if row.birth_date:
        try:
            entry.birth_date, entry.birth_precision = read_birth_date(row.birth_date)
        except ValueError as refusal:
            message = _("Ngày sinh “%(text)s” chưa đúng.") % {"text": row.birth_date}
            faults.append(Fault(row.place, "birth_date", message, str(refusal)))
    else:
        entry.birth_precision = BirthPrecision.YEAR
    return entry
