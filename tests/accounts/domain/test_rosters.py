"""A list is stored whole, with its headcounts, or not at all with every fault told."""

from datetime import date

import pytest

from accounts.domain.roster_entries import (
    add_entry,
    change_entry,
    exempt_entry,
    lift_exemption,
    remove_entry,
)
from accounts.domain.rosters import RosterRow, compare_roster, load_roster, store_rows
from accounts.enums import BirthPrecision, Role
from accounts.errors import Faults
from accounts.models import AuditEntry, Headcount, Roster, RosterEntry
from accounts.permissions import seen_rosters
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture
def province():
    top = make_unit("tinh", name="Tỉnh")
    make_unit("xa-an", name="Xã An", parent=top)
    make_unit("xa-binh", name="Xã Bình", parent=top)
    return top


def load(unit, rows, **more):
    return load_roster(name=" Quý IV ", unit=unit, as_of=DAY, rows=rows, user=None, **more)


def test_people_are_stored_by_unit_and_the_exempt_leave_the_headcount(province):
    rows = [
        RosterRow("1", "Người Một", "xa-an", "CB1", "05/09/1990", "can-bo"),
        RosterRow("2", "Người Hai", "Xã An", "CB2", "1985", "can-bo", "Nghỉ thai sản"),
        RosterRow("3", "Người Ba", "XÃ BINH"),
        RosterRow("4", "Người Bốn"),
    ]
    roster = load(province, rows)
    stored = roster.entries.order_by("pk").values_list(
        "full_name", "unit__code", "staff_code", "birth_date", "birth_precision", "exemption"
    )
    assert list(stored) == [
        ("Người Một", "xa-an", "CB1", date(1990, 9, 5), BirthPrecision.DAY, ""),
        ("Người Hai", "xa-an", "CB2", date(1985, 1, 1), BirthPrecision.YEAR, "Nghỉ thai sản"),
        ("Người Ba", "xa-binh", "", None, BirthPrecision.YEAR, ""),
        ("Người Bốn", "tinh", "", None, BirthPrecision.YEAR, ""),
    ]
    counts = Headcount.objects.order_by("unit__code").values_list("unit__code", "count", "on_date")
    assert list(counts) == [("tinh", 1, DAY), ("xa-an", 1, DAY), ("xa-binh", 1, DAY)]


def test_all_faults_are_told_at_once_and_nothing_is_stored(province):
    make_unit("xa-an-2", name="Xã An", parent=province)
    make_unit("ngoai", name="Xã Ngoài")
    rows = [
        RosterRow("dòng 1", "Người Một", "xa-an", "CB1"),
        RosterRow("dòng 2", "", "xa-an"),
        RosterRow("dòng 3", "Người Ba", "Xã An"),
        RosterRow("dòng 4", "Người Bốn", "ngoai", birth_date="31/02/1990"),
        RosterRow("dòng 5", "Người Năm", "xa-an", "CB1"),
    ]
    with pytest.raises(Faults) as refusal:
        load(province, rows)
    assert [(fault.place, fault.code) for fault in refusal.value.faults] == [
        ("dòng 2", "name_empty"),
        ("dòng 3", "unit_unknown"),
        ("dòng 4", "unit_unknown"),
        ("dòng 4", "birth_date"),
        ("dòng 5", "staff_code_twice"),
    ]
    assert all(fault.message and fault.hint for fault in refusal.value.faults)
    assert (Roster.objects.count(), RosterEntry.objects.count()) == (0, 0)


def test_a_dry_run_stores_nothing(province):
    assert load(province, [RosterRow("1", "Người Một")], dry_run=True) is None
    assert (Roster.objects.count(), Headcount.objects.count()) == (0, 0)


def test_a_unit_head_sees_the_lists_that_name_their_people(province):
    roster = load(province, [RosterRow("1", "Người Một", "xa-an")])
    an, binh = province.children.order_by("code")
    seen = [
        list(seen_rosters(make_person(f"lead-{unit.code}", Role.UNIT_LEAD, unit=unit)))
        for unit in (province, an, binh)
    ]
    assert seen == [[roster], [roster], []]


def described(found) -> tuple[list[str], list[str], list[str], int]:
    """New, changed and gone by name, and how many stay."""
    new, gone = ([entry.full_name for entry in side] for side in (found.new, found.gone))
    return new, [held.full_name for held, _written in found.changed], gone, found.same


HELD = [
    RosterRow("1", "Người Một", "xa-an", "CB1", "05/09/1990"),
    RosterRow("2", "Người Hai", "xa-an", "", "1985"),
    RosterRow("3", "Người Ba", "xa-binh", "CB3"),
]


def test_the_same_list_again_changes_nothing(province):
    roster = load(province, HELD)
    before = list(roster.entries.order_by("pk").values())
    acts = AuditEntry.objects.filter(act="set_headcount").count()
    found = store_rows(roster=roster, rows=HELD[::-1], user=None, remove_gone=True)
    assert described(found) == ([], [], [], 3)
    assert list(roster.entries.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(act="set_headcount").count() == acts


def test_people_are_found_by_code_else_by_name_birth_date_and_unit(province):
    roster = load(province, HELD)
    ids = dict(roster.entries.values_list("full_name", "pk"))
    rows = [
        RosterRow("1", "Người Một Mới", "xa-binh", "cb 1", "05/09/1990"),
        RosterRow("2", "NGƯỜI HAI", "xa-an", "CB2", "1985"),  # gets a code
        RosterRow("3", "Người Ba", "xa-binh", "CB4"),  # another code is another person
    ]
    found = compare_roster(roster=roster, unit=province, rows=rows)
    assert described(found) == (["Người Ba"], ["Người Một", "Người Hai"], ["Người Ba"], 0)
    store_rows(roster=roster, rows=rows, user=None, remove_gone=True)
    stored = dict(roster.entries.values_list("staff_code", "pk"))
    assert (stored["cb 1"], stored["CB2"]) == (ids["Người Một"], ids["Người Hai"])
    assert set(stored) == {"cb 1", "CB2", "CB4"}
    counts = Headcount.objects.filter(on_date=DAY).order_by("unit__code")
    assert list(counts.values_list("unit__code", "count")) == [("xa-an", 1), ("xa-binh", 2)]


def test_who_is_not_written_stays_unless_asked(province):
    roster = load(province, HELD)
    found = store_rows(roster=roster, rows=HELD[:1], user=None)
    assert described(found) == ([], [], ["Người Hai", "Người Ba"], 1)
    assert roster.entries.count() == 3


def test_one_person_twice_and_texts_too_long_are_faults(province):
    rows = [
        RosterRow("dòng 1", "Người Một", "xa-an", "", "05/09/1990"),
        RosterRow("dòng 2", "người một", "xa-an", "", "05/09/1990"),
        RosterRow("dòng 3", "Người Ba", "xa-an", "CB3"),
        RosterRow("dòng 4", "Người Bốn", "xa-an", "cb 3"),
        RosterRow("dòng 5", "N" * 151, "xa-an"),
    ]
    with pytest.raises(Faults) as refusal:
        load(province, rows)
    assert [(fault.place, fault.code) for fault in refusal.value.faults] == [
        ("dòng 2", "person_twice"),
        ("dòng 4", "staff_code_twice"),
        ("dòng 5", "too_long"),
    ]


def test_single_people_come_change_and_go_and_headcounts_follow(province):
    roster = load(province, HELD)

    def counts() -> list[tuple[str, int]]:
        rows = Headcount.objects.filter(on_date=DAY).order_by("unit__code")
        return list(rows.values_list("unit__code", "count"))

    entry = add_entry(roster=roster, row=RosterRow("", "Người Bốn", "xa-binh", "CB4"), user=None)
    assert counts() == [("xa-an", 2), ("xa-binh", 2)]
    change_entry(entry=entry, row=RosterRow("", "Người Bốn", "xa-an", "CB4"), user=None)
    assert counts() == [("xa-an", 3), ("xa-binh", 1)]
    exempt_entry(entry=entry, reason=" Nghỉ  thai sản ", user=None)
    assert (entry.exemption, counts()) == ("Nghỉ thai sản", [("xa-an", 2), ("xa-binh", 1)])
    change_entry(entry=entry, row=RosterRow("", "Người Bốn Mới", "xa-an", "CB4"), user=None)
    assert (entry.full_name, entry.exemption) == ("Người Bốn Mới", "Nghỉ thai sản")
    lift_exemption(entry=entry, user=None)
    assert counts() == [("xa-an", 3), ("xa-binh", 1)]
    remove_entry(entry=entry, user=None)
    assert (counts(), roster.entries.count()) == ([("xa-an", 2), ("xa-binh", 1)], 3)
    acts = AuditEntry.objects.filter(subject_kind="accounts.rosterentry").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        "add_roster_entry",
        "change_roster_entry",
        "exempt_roster_entry",
        "change_roster_entry",
        "lift_exemption",
        "remove_roster_entry",
    ]


def test_a_code_of_another_and_an_exemption_without_reason_are_refused(province):
    roster = load(province, HELD)
    for row in (RosterRow("", "Ai Đó", "xa-an", "cb1"), RosterRow("", "Ai Đó", "xa-la")):
        with pytest.raises(Faults):
            add_entry(roster=roster, row=row, user=None)
    for reason in ("  ", "x" * 201):
        with pytest.raises(Faults):
            exempt_entry(entry=roster.entries.first(), reason=reason, user=None)
