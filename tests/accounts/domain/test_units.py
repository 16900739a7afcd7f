"""Units are found by what people remember, and loading twice changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.units import (
    LoadedUnits,
    UnitRow,
    add_aliases,
    create_unit,
    ensure_root_unit,
    load_units,
    set_headcount,
    update_unit,
)
from accounts.enums import UnitKind
from accounts.errors import Faults
from accounts.models import AuditEntry, Headcount, OrgUnit

pytestmark = pytest.mark.django_db

ROWS = [
    UnitRow("66", "Đắk Lắk", UnitKind.PROVINCE, aliases=("Phú Yên",)),
    UnitRow("00001", "Xã Hòa Thịnh", UnitKind.COMMUNE, "66"),
    UnitRow("00002", "Phường Tuy Hòa", UnitKind.WARD, "66"),
]


def found(text: str) -> list[str]:
    return list(OrgUnit.objects.matching(text).values_list("code", flat=True))


def test_a_commune_is_found_without_marks_by_its_province_and_by_the_old_name():
    load_units(rows=ROWS, parent=None)
    assert found("hoa thinh") == ["00001"]
    assert found("Hòa Thịnh, Đắk Lắk".replace(",", "")) == ["00001"]
    assert found("hoa thinh phu yen") == ["00001"]
    assert found("phu yen") == ["66", "00002", "00001"]


def test_loading_again_changes_nothing_and_a_new_name_renames():
    assert load_units(rows=ROWS, parent=None) == LoadedUnits(3, 0, 0)
    before = list(OrgUnit.objects.order_by("pk").values())
    assert load_units(rows=ROWS, parent=None) == LoadedUnits(0, 0, 3)
    assert list(OrgUnit.objects.order_by("pk").values()) == before
    renamed = [*ROWS[:2], UnitRow("00002", "Phường Phú Yên", UnitKind.WARD, "66")]
    assert load_units(rows=renamed, parent=None) == LoadedUnits(0, 1, 2)
    assert found("tuy hoa") == []


def test_children_before_their_parents_are_hung_in_the_right_place():
    load_units(rows=list(reversed(ROWS)), parent=None)
    assert OrgUnit.objects.get(code="00001").parent == OrgUnit.objects.get(code="66")


def test_a_new_name_above_is_found_below():
    root = create_unit(name="Tỉnh cũ", parent=None, user=None, code="tinh")
    create_unit(name="Xã An", parent=root, user=None, code="an")
    update_unit(unit=root, name="Tỉnh mới", user=None, aliases=["  Tỉnh   xưa "])
    assert found("moi an") == found("xua an") == ["an"]
    assert found("cu an") == []
    assert OrgUnit.objects.get(code="tinh").aliases == ["Tỉnh xưa"]


def test_aliases_are_added_once():
    unit = create_unit(name="Xã An", parent=None, user=None, code="an")
    assert add_aliases(aliases={"an": ["Xã Bình", "Xã Bình"], "khong-co": ["X"]}) == 1
    assert add_aliases(aliases={"an": ["Xã Bình"]}) == 0
    unit.refresh_from_db()
    assert unit.aliases == ["Xã Bình"]
    assert found("binh") == ["an"]


def test_a_unit_without_a_code_gets_one_of_its_name():
    codes = [create_unit(name="Sở Nội vụ", parent=None, user=None).code for _ in range(2)]
    assert codes == ["so-noi-vu", "so-noi-vu-2"]


def test_a_taken_code_and_an_empty_name_are_both_told():
    create_unit(name="Sở A", parent=None, user=None, code="a")
    with pytest.raises(Faults) as refusal:
        create_unit(name="  ", parent=None, user=None, code="a")
    assert [fault.code for fault in refusal.value.faults] == ["name_empty", "code_taken"]
    assert OrgUnit.objects.count() == 1


def test_the_root_is_made_once():
    assert ensure_root_unit() == ensure_root_unit()
    assert OrgUnit.objects.count() == 1


def test_a_headcount_of_the_same_day_is_corrected():
    unit = create_unit(name="Sở A", parent=None, user=None)
    for count in (40, 41):
        set_headcount(unit=unit, on_date="2026-01-01", count=count, user=None)
    assert list(Headcount.objects.values_list("count", flat=True)) == [41]
    assert list(AuditEntry.objects.values_list("act", flat=True)) == [
        "create_unit",
        "set_headcount",
        "set_headcount",
    ]


def test_the_command_loads_a_province_by_its_old_name():
    out = StringIO()
    call_command("load_units", province="phu yen", stdout=out)
    assert OrgUnit.objects.filter(kind=UnitKind.PROVINCE).get().code == "66"
    assert OrgUnit.objects.filter(parent__code="66").count() == 102
    assert found("hoa thinh dak lak") == ["22276"]
    assert out.getvalue() == "Đã tạo 103, đổi tên 0, giữ nguyên 0 đơn vị.\n"


def test_the_command_loads_all_34_provinces_and_3321_communes():
    call_command("load_units", province="all", stdout=StringIO())
    kinds = list(OrgUnit.objects.values_list("kind", flat=True))
    assert kinds.count(UnitKind.PROVINCE) == 34
    assert sum(k in {"commune", "ward", "special_zone"} for k in kinds) == 3321


def test_the_command_refuses_a_name_it_does_not_know():
    with pytest.raises(CommandError, match="Không có tỉnh"):
        call_command("load_units", province="Atlantis")
