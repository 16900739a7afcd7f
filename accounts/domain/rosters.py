"""The compulsory list by name: checked whole, compared with what is held, stored whole or not."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.domain.roster_rows import RosterRow, name_key, read_entries, staff_key
from accounts.domain.units import set_headcount
from accounts.models import Headcount, OrgUnit, Roster, RosterEntry, User
from accounts.text import nfc

__all__ = ["Comparison", "RosterRow", "compare_roster", "load_roster", "store_rows"]

BATCH = 1000
# What a row may change of a person; the folded name follows the name.
FIELDS = ("full_name", "unit_id", "staff_code", "birth_date", "group_code", "exemption")
_STORED = (
    "full_name",
    "folded_name",
    "unit",
    "staff_code",
    "birth_date",
    "birth_precision",
    "group_code",
    "exemption",
)
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Comparison:
    """What a list would do to the roster: who is new, who changes (held, as written), who is
    held and not written, and how many stay as they are.
    """

    new: list[RosterEntry] = field(default_factory=list)
    changed: list[tuple[RosterEntry, RosterEntry]] = field(default_factory=list)
    gone: list[RosterEntry] = field(default_factory=list)
    same: int = 0


def changed_fields(held: RosterEntry, written: RosterEntry) -> list[str]:
    """Which of FIELDS differ."""
    return [name for name in FIELDS if getattr(held, name) != getattr(written, name)]


def compare_roster(
    *, roster: Roster | None, unit: OrgUnit, rows: Sequence[RosterRow]
) -> Comparison:
    """Set a list against the roster (None: a new one of `unit`). Stores nothing.

    A row is the person with its staff code, else the one with its name, birth date and unit; a
    code written for the first time belongs to the person of that name. Raises Faults with every
    row's faults.
    """
    written = read_entries(rows=rows, unit=unit)
    if roster is None:
        return Comparison(new=written)
    held = list(roster.entries.select_related("unit").order_by("pk"))
    pairs = _pairs(held, written)
    written_again = set(pairs.values())
    found = Comparison(gone=[entry for entry in held if entry.pk not in written_again])
    by_id = {entry.pk: entry for entry in held}
    same = 0
    for place, entry in enumerate(written):
        if place not in pairs:
            found.new.append(entry)
        elif changed_fields(by_id[pairs[place]], entry):
            found.changed.append((by_id[pairs[place]], entry))
        else:
            same += 1
    return Comparison(found.new, found.changed, found.gone, same)


def _pairs(held: Sequence[RosterEntry], written: Sequence[RosterEntry]) -> dict[int, int]:
    """{place among `written`: id among `held`}; nobody is taken twice."""
    by_code = {staff_key(entry.staff_code): entry.pk for entry in held if entry.staff_code}
    pairs = {
        place: by_code[staff_key(entry.staff_code)]
        for place, entry in enumerate(written)
        if entry.staff_code and staff_key(entry.staff_code) in by_code
    }
    taken = set(pairs.values())
    by_name: dict[object, list[RosterEntry]] = {}
    for entry in reversed(held):
        if entry.pk not in taken:
            by_name.setdefault(name_key(entry), []).append(entry)
    for place, entry in enumerate(written):
        same_name = by_name.get(name_key(entry))
        # Two codes that differ are two people, whatever their names.
        if place in pairs or not same_name or (entry.staff_code and same_name[-1].staff_code):
            continue
        pairs[place] = same_name.pop().pk
    return pairs


def load_roster(
    *,
    name: str,
    unit: OrgUnit,
    as_of: date,
    rows: Sequence[RosterRow],
    user: User | None,
    dry_run: bool = False,
    report: Report | None = None,
) -> Roster | None:
    """Store a new list with each unit's headcount on its date; None after a `dry_run`.

    People with an exemption stay on the list and leave the headcount. Raises Faults with every
    row's faults.
    """
    if dry_run:
        read_entries(rows=rows, unit=unit)
        return None
    with transaction.atomic():
        roster = Roster.objects.create(name=nfc(name), unit=unit, as_of=as_of)
        store_rows(roster=roster, rows=rows, user=user, report=report)
    return roster


@transaction.atomic
def store_rows(
    *,
    roster: Roster,
    rows: Sequence[RosterRow],
    user: User | None,
    remove_gone: bool = False,
    report: Report | None = None,
) -> Comparison:
    """Bring the roster to what the rows say; whoever is not written goes only if `remove_gone`.

    Repeated it changes nothing. People found again keep their id, so their entries in contests
    stay theirs. Two uploads come one after the other. Raises Faults.
    """
    roster = Roster.objects.select_for_update().select_related("unit").get(pk=roster.pk)
    found = compare_roster(roster=roster, unit=roster.unit, rows=rows)
    units = {entry.unit_id for entry in found.new}
    _insert(roster, found.new, report)
    units |= _update(found.changed)
    if remove_gone:
        units |= {entry.unit_id for entry in found.gone}
        RosterEntry.objects.filter(pk__in=[entry.pk for entry in found.gone]).delete()
    refresh_headcounts(roster=roster, unit_ids=units, user=user)
    record_act(
        actor=user,
        act="load_roster",
        subject=roster,
        unit_id=roster.unit_id,
        entries=len(rows),
        new=len(found.new),
        changed=len(found.changed),
        gone=len(found.gone) if remove_gone else 0,
    )
    return found


def _insert(roster: Roster, entries: list[RosterEntry], report: Report | None) -> None:
    for entry in entries:
        entry.roster = roster
    for start in range(0, len(entries), BATCH):
        if report:
            report(start, len(entries))
        RosterEntry.objects.bulk_create(entries[start : start + BATCH])


def _update(changed: Sequence[tuple[RosterEntry, RosterEntry]]) -> set[int]:
    """Store what was written over what was held; the units that lost or won somebody."""
    units = set()
    for held, written in changed:
        units |= {held.unit_id, written.unit_id}
        for name in _STORED:
            setattr(held, name, getattr(written, name))
    RosterEntry.objects.bulk_update([held for held, _new in changed], _STORED, batch_size=BATCH)
    return units


def refresh_headcounts(*, roster: Roster, unit_ids: Iterable[int], user: User | None) -> None:
    """Each unit's headcount on the list's date: its people who are not exempt."""
    wanted = set(unit_ids)
    listed = roster.entries.filter(unit__in=wanted, exemption="").values_list("unit", flat=True)
    counts = Counter(listed)
    known = Headcount.objects.filter(unit__in=wanted, on_date=roster.as_of)
    before = dict(known.values_list("unit", "count"))
    for unit in OrgUnit.objects.filter(pk__in=wanted):
        if before.get(unit.pk) != counts[unit.pk]:
            set_headcount(unit=unit, on_date=roster.as_of, count=counts[unit.pk], user=user)
