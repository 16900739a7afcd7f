"""A list of units: what it would change, and that it changes just that, once."""

from datetime import date, timedelta

import pytest

from accounts.domain.plans import PlanOutdated
from accounts.domain.unit_lines import UnitLine
from accounts.domain.unit_lists import plan_units, store_units
from accounts.domain.units import create_unit
from accounts.enums import Role
from accounts.errors import Faults
from accounts.models import AuditEntry, Headcount, OrgUnit, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def alice() -> User:
    """Administers a province of two communes; a third belongs to somebody else."""
    top = make_unit("T", name="Tỉnh Đắk Lắk")
    make_unit("A", name="Xã Hòa Tân", parent=top)
    make_unit("B", name="Xã Hòa Thịnh", parent=top)
    make_unit("khac", name="Xã Ngoài")
    return make_person("alice", Role.ADMINISTRATOR, unit=top)


def lines(*rows: dict[str, str]) -> list[UnitLine]:
    return [UnitLine(place=f"dòng {number}", **row) for number, row in enumerate(rows, start=2)]


def store(alice: User, *rows: dict[str, str], today: date = TODAY) -> dict[str, int]:
    """Check, confirm; then check that the same rows say nothing more. How many of each change."""
    read = lines(*rows)
    plan = plan_units(lines=read, user=alice, today=today)
    store_units(lines=read, user=alice, today=today, digest=plan.summary.digest())
    again = plan_units(lines=read, user=alice, today=today + timedelta(days=1)).summary
    assert (again.changes, again.unchanged) == (
        [],
        len({(r.get("code") or r["name"]).lower() for r in rows}),
    )
    return plan.summary.as_result()["counts"]


def faults(alice: User, *rows: dict[str, str]) -> list[tuple[str, str]]:
    before = list(OrgUnit.objects.order_by("pk").values())
    with pytest.raises(Faults) as refusal:
        plan_units(lines=lines(*rows), user=alice, today=TODAY)
    assert list(OrgUnit.objects.order_by("pk").values()) == before
    return [(fault.place, fault.code) for fault in refusal.value.faults]


def parents() -> dict[str, str | None]:
    rows = OrgUnit.objects.exclude(code="khac").values_list("code", "parent__code")
    return dict(rows)


def test_units_are_made_in_any_order_with_their_kinds(alice):
    counts = store(
        alice,
        {"code": "C1", "name": "Thôn Một", "parent": "Phường Mới"},
        {"name": "Phường Mới", "parent": "tinh dak lak"},
        {"code": "S", "name": "Sở Nội vụ"},
    )
    assert counts == {"create_unit": 3}
    assert parents() == {
        "T": None, "A": "T", "B": "T", "C1": "phuong-moi", "phuong-moi": "T", "S": "T",
    }  # fmt: skip
    kinds = dict(OrgUnit.objects.values_list("code", "kind"))
    assert (kinds["phuong-moi"], kinds["S"], kinds["C1"]) == ("ward", "department", "other")


def test_names_aliases_and_headcounts(alice):
    counts = store(
        alice,
        {"code": "a", "name": "Xã Hòa Tân Tây", "aliases": "xã Hòa Tân, huyện Tây Hòa; HTT"},
        {"code": "A", "headcount": "47", "headcount_on": "01/07/2026"},
        {"code": "A", "headcount": "40", "headcount_on": "1/1/2026"},
        {"code": "B", "kind": "Phường", "headcount": "1.250"},
    )
    assert counts == {
        "rename_unit": 1, "add_aliases": 1, "set_unit_kind": 1, "set_headcount": 3,
    }  # fmt: skip
    unit = OrgUnit.objects.get(code="A")
    assert unit.name == "Xã Hòa Tân Tây"
    assert unit.aliases == ["Xã Hòa Tân", "xã Hòa Tân, huyện Tây Hòa", "HTT"]
    rows = Headcount.objects.order_by("unit__code", "on_date")
    assert list(rows.values_list("unit__code", "on_date", "count")) == [
        ("A", date(2026, 1, 1), 40),
        ("A", TODAY, 47),
        ("B", TODAY, 1250),
    ]


def test_units_change_places_in_one_file(alice):
    create_unit(code="A1", name="Thôn", parent=OrgUnit.objects.get(code="A"), user=None)
    assert store(alice, {"code": "A", "parent": "A1"}, {"code": "A1", "parent": "T"}) == {
        "move_unit": 2
    }
    assert parents() == {"T": None, "A": "A1", "A1": "T", "B": "T"}


def test_old_communes_are_merged_into_a_new_one(alice):
    person = make_person("cb", unit=OrgUnit.objects.get(code="A"))
    counts = store(
        alice,
        {"code": "M", "name": "Xã Tây Hòa", "parent": "T"},
        {"code": "A", "parent": "T", "merge_into": "Xã Tây Hòa", "end_on": "01/07/2026"},
        {"code": "B", "parent": "T", "merge_into": "M", "end_on": "01/07/2026"},
        {"code": "A1", "name": "Thôn Một", "parent": "A"},
    )
    assert counts == {"create_unit": 2, "merge_unit": 2, "settle_merger": 2}
    assert parents() == {"T": None, "A": "M", "B": "M", "M": "T", "A1": "M"}
    person.refresh_from_db()
    assert person.unit.code == "M"
    assert set(
        OrgUnit.objects.valid_on(TODAY).matching("hoa tan").values_list("code", flat=True)
    ) == {
        "M",
        "A1",
    }


def test_units_are_closed_from_below_and_opened_again(alice):
    create_unit(code="A1", name="Thôn", parent=OrgUnit.objects.get(code="A"), user=None)
    ends = [{"code": code, "end_on": "30/06/2026"} for code in ("A", "A1")]
    assert store(alice, *ends) == {"close_unit": 2}
    assert store(alice, {"code": "A", "reopen": "x"}) == {"reopen_unit": 1}
    assert OrgUnit.objects.get(code="A").valid_to is None


def test_every_fault_is_told_with_its_row(alice):
    found = faults(
        alice,
        {"code": "khac", "name": "Xã"},
        {"kind": "Xã"},
        {"code": "A", "kind": "Bang"},
        {"code": "A", "headcount": "nhiều"},
        {"code": "A", "end_on": "32/01/2026"},
        {"code": "A", "merge_into": "B"},
        {"code": "A", "reopen": "x", "end_on": "1/1/2026"},
        {"code": "B", "name": "Một"},
        {"code": "B", "name": "Hai"},
        {"code": "A", "aliases": f"Xã Cũ; {'dài ' * 60}"},
    )
    assert found == [
        ("dòng 2", "out_of_reach"),
        ("dòng 3", "no_unit"),
        ("dòng 4", "kind_unknown"),
        ("dòng 5", "headcount"),
        ("dòng 6", "date"),
        ("dòng 7", "no_end_date"),
        ("dòng 8", "ends_and_reopens"),
        ("dòng 10", "contradiction"),
        ("dòng 11", "too_long"),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"code": "A", "parent": "B"}, {"code": "B", "parent": "A"}], "unit_below_itself"),
        ([{"code": "N", "name": "N", "parent": "P"}, {"code": "P", "name": "P", "parent": "N"}],
         "unit_below_itself"),
        ([{"code": "A", "parent": "Xã Ngoài"}], "unit_unknown"),
        ([{"code": "A", "merge_into": "khac", "end_on": "1/7/2026"}], "unit_unknown"),
        ([{"code": "A", "merge_into": "A", "end_on": "1/7/2026"}], "unit_into_itself"),
        ([{"code": "T", "end_on": "1/7/2026"}], "unit_on_top"),
        ([{"code": "X"}], "name_empty"),
    ],
)  # fmt: skip
def test_what_the_tree_does_not_take(alice, rows, code):
    assert {fault for _place, fault in faults(alice, *rows)} == {code}


def test_a_name_that_several_units_bear_needs_a_code(alice):
    make_unit("A2", name="Xã Hòa Tân", parent=OrgUnit.objects.get(code="T"))
    assert faults(alice, {"name": "xa hoa tan", "headcount": "1"}) == [("dòng 2", "ambiguous")]


def test_a_name_alone_renames_nothing(alice):
    store(alice, {"name": "xa hoa tan", "aliases": "HT"})
    assert OrgUnit.objects.get(code="A").name == "Xã Hòa Tân"


def test_what_was_confirmed_is_what_is_done(alice):
    read = lines({"code": "A", "name": "Xã Mới"})
    plan = plan_units(lines=read, user=alice, today=TODAY)
    OrgUnit.objects.filter(code="A").update(name="Xã Khác")
    with pytest.raises(PlanOutdated):
        store_units(lines=read, user=alice, today=TODAY, digest=plan.summary.digest())
    assert AuditEntry.objects.filter(act="rename_unit").count() == 0
