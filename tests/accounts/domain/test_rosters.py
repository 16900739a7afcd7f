"""A list is stored whole, with its headcounts, or not at all with every fault told."""

from datetime import date

import pytest

from accounts.domain.rosters import RosterRow, load_roster
from accounts.enums import BirthPrecision, Role
from accounts.errors import Faults
from accounts.models import Headcount, Roster, RosterEntry
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
