"""Units moved, merged, closed and opened again, as they are stored."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.domain.unit_changes import (
    close_unit,
    merge_units,
    move_unit,
    reopen_unit,
    settle_mergers,
)
from accounts.domain.unit_errors import UnitBelowItself, UnitClosed
from accounts.domain.unit_search import UnitFinder
from accounts.domain.units import add_aliases, create_unit, update_unit
from accounts.enums import Role
from accounts.models import AuditEntry, Membership, OrgUnit, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def units() -> dict[str, OrgUnit]:
    """A province with two communes, the first with a village office and an old name."""
    top = make_unit("T", name="Tỉnh Đắk Lắk")
    a = make_unit("A", name="Xã Hòa Tân Tây", parent=top)
    b = make_unit("B", name="Phường Tây Hòa", parent=top)
    a1 = make_unit("A1", name="Thôn Xuân Thạnh", parent=a)
    add_aliases(aliases={"A": ["xã Hòa Tân, huyện Tây Hòa"]})
    for unit in (top, a, b, a1):
        unit.refresh_from_db()
    return {"T": top, "A": a, "B": b, "A1": a1}


def found(text: str) -> set[str]:
    return set(OrgUnit.objects.matching(text).values_list("code", flat=True))


def acts() -> list[tuple[str, int]]:
    entries = AuditEntry.objects.exclude(act__in=["create_unit", "add_aliases"])
    return list(entries.order_by("pk").values_list("act", "subject_id"))


def test_a_moved_unit_is_found_below_its_new_parent(units):
    moved = move_unit(unit=units["A1"], parent=units["B"], user=None)
    assert moved.parent == units["B"]
    assert found("xuan thanh tay hoa") == {"A1"}
    assert found("xuan thanh hoa tan") == set()
    assert acts() == [("move_unit", moved.pk)]
    with pytest.raises(UnitBelowItself):
        move_unit(unit=units["B"], parent=units["A1"], user=None)


def test_people_and_names_of_a_merged_unit_go_to_its_successor(units):
    person = make_person("cb", Role.UNIT_LEAD, unit=units["A"])
    merged = merge_units(unit=units["A"], into=units["B"], on_date=TODAY, today=TODAY, user=None)
    person.refresh_from_db()
    units["A1"].refresh_from_db()
    assert (merged.merged_into, merged.parent, merged.valid_to) == (units["B"], units["B"], TODAY)
    assert (person.unit, units["A1"].parent) == (units["B"], units["B"])
    assert list(Membership.objects.values_list("unit__code", "role")) == [("A", Role.UNIT_LEAD)]
    assert acts() == [
        ("merge_unit", merged.pk),
        ("settle_merger", merged.pk),
        ("move_unit", units["A1"].pk),
    ]
    open_units = set(OrgUnit.objects.valid_on(TODAY).values_list("code", flat=True))
    assert open_units == {"T", "B", "A1"}


@pytest.mark.parametrize(
    "text", ["xã Hòa Tân, huyện Tây Hòa", "xa hoa tan huyen tay hoa", "Hòa Tân Tây"]
)
def test_a_merged_unit_is_found_by_its_old_names(units, text):
    merge_units(unit=units["A"], into=units["B"], on_date=TODAY, today=TODAY, user=None)
    in_force = OrgUnit.objects.valid_on(TODAY).matching(text)
    assert "B" in set(in_force.values_list("code", flat=True))


@pytest.mark.parametrize("text", ["A", "Xã Hòa Tân Tây", "xã Hoà Tân huyện Tây Hoà", "B"])
def test_a_cell_that_names_a_merged_unit_means_its_successor(units, text):
    merge_units(unit=units["A"], into=units["B"], on_date=TODAY, today=TODAY, user=None)
    assert UnitFinder(OrgUnit.objects.all()).find(text) == units["B"]


def test_a_merger_of_a_later_day_takes_place_on_it(units):
    person = make_person("cb", unit=units["A"])
    later = TODAY + timedelta(days=10)
    merge_units(unit=units["A"], into=units["B"], on_date=later, today=TODAY, user=None)
    assert (settle_mergers(today=TODAY), User.objects.get(pk=person.pk).unit) == (0, units["A"])
    assert settle_mergers(today=later) == 1
    assert settle_mergers(today=later) == 0
    assert User.objects.get(pk=person.pk).unit == units["B"]


def test_a_closed_unit_takes_no_new_unit_and_opens_again(units):
    closed = close_unit(unit=units["B"], on_date=TODAY, user=None)
    with pytest.raises(UnitClosed):
        create_unit(name="Thôn Mới", parent=units["B"], user=None)
    reopen_unit(unit=closed, user=None)
    assert closed.valid_to is None
    assert acts() == [("close_unit", closed.pk), ("reopen_unit", closed.pk)]


def test_a_unit_may_be_found_by_the_name_it_had(units):
    update_unit(unit=units["B"], name="Phường Phú Thứ", user=None, keep_name=True)
    assert found("phuong tay hoa") == {"B"}
    assert timezone.localdate() is not None
