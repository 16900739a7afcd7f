"""One person of a compulsory list: added, changed, exempted with a reason, removed.

What has been entered in contests stays as it is: an entry of a contest names its person by id.
"""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.roster_rows import RosterRow, read_entries, staff_key
from accounts.domain.rosters import refresh_headcounts
from accounts.errors import Fault, Faults
from accounts.models import Roster, RosterEntry, User
from accounts.text import nfc

LONGEST_REASON = 200
# What `staff_key` makes of a code, in the database.
STAFF_KEY = Lower(Replace("staff_code", Value(" "), Value("")))


def _read(roster: Roster, row: RosterRow, known: RosterEntry | None = None) -> RosterEntry:
    """The row as an entry that is not stored. Raises Faults."""
    entry = read_entries(rows=[row], unit=roster.unit)[0]
    others = roster.entries.exclude(pk=known.pk) if known else roster.entries.all()
    if entry.staff_code:
        key = staff_key(entry.staff_code)
        held = others.annotate(key=STAFF_KEY).filter(key=key).first()
        if held is not None:
            told = {"code": entry.staff_code, "name": held.full_name}
            message = _("Mã cán bộ “%(code)s” đã là của %(name)s.") % told
            hint = _("Sửa người đã có trong danh sách.")
            raise Faults([Fault(row.place, "staff_code_twice", message, hint)])
    return entry


def _record(user: User | None, act: str, entry: RosterEntry) -> None:
    record_act(actor=user, act=act, subject=entry, unit_id=entry.unit_id, roster=entry.roster_id)


def _locked(roster: Roster) -> Roster:
    """Two changes of one list come one after the other: headcounts are counted in between."""
    return Roster.objects.select_for_update().select_related("unit").get(pk=roster.pk)


@transaction.atomic
def add_entry(*, roster: Roster, row: RosterRow, user: User | None) -> RosterEntry:
    """A new person on the list. Raises Faults."""
    entry = _read(_locked(roster), row)
    entry.roster = roster
    entry.save()
    refresh_headcounts(roster=roster, unit_ids=[entry.unit_id], user=user)
    _record(user, "add_roster_entry", entry)
    return entry


@transaction.atomic
def change_entry(*, entry: RosterEntry, row: RosterRow, user: User | None) -> None:
    """Store what the row says of the person; an exemption is an act of its own and stays.

    Raises Faults.
    """
    roster = _locked(entry.roster)
    written = _read(roster, row, entry)
    written.pk, written.roster, written.exemption = entry.pk, roster, entry.exemption
    units = {entry.unit_id, written.unit_id}
    written.save(force_update=True)
    entry.refresh_from_db()
    refresh_headcounts(roster=roster, unit_ids=units, user=user)
    _record(user, "change_roster_entry", entry)


@transaction.atomic
def exempt_entry(*, entry: RosterEntry, reason: str, user: User | None) -> None:
    """Free someone from the duty to enter, with a reason. Raises Faults without one."""
    told = nfc(reason)
    if not told or len(told) > LONGEST_REASON:
        message = _("Chưa ghi lý do miễn, hoặc lý do dài quá 200 chữ.")
        hint = _("Ghi lý do, ví dụ “Nghỉ thai sản”.")
        raise Faults([Fault(_("Lý do miễn"), "no_reason", message, hint)])
    _set_exemption(entry, told, user, "exempt_roster_entry")


@transaction.atomic
def lift_exemption(*, entry: RosterEntry, user: User | None) -> None:
    """The person has to enter again."""
    _set_exemption(entry, "", user, "lift_exemption")


def _set_exemption(entry: RosterEntry, reason: str, user: User | None, act: str) -> None:
    roster = _locked(entry.roster)
    RosterEntry.objects.filter(pk=entry.pk).update(exemption=reason)
    entry.exemption = reason
    refresh_headcounts(roster=roster, unit_ids=[entry.unit_id], user=user)
    _record(user, act, entry)


@transaction.atomic
def remove_entry(*, entry: RosterEntry, user: User | None) -> None:
    """Take someone off the list; what they entered in contests stays."""
    roster = _locked(entry.roster)
    _record(user, "remove_roster_entry", entry)
    unit_id = entry.unit_id
    entry.delete()
    refresh_headcounts(roster=roster, unit_ids=[unit_id], user=user)
