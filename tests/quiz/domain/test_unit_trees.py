"""Units closed, renamed and moved after a round was frozen."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.domain.unit_changes import merge_units, move_unit
from accounts.domain.units import update_unit
from accounts.models import OrgUnit
from quiz.domain.rounds import freeze_round, unfreeze_round
from quiz.errors import InputRefused
from quiz.models import Entrant, Round, UnitTree
from quiz.queries import participation as figures
from tests.factories import make_attempt, make_contest, make_open_contest, make_unit, register

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def close(unit: OrgUnit, day: date) -> None:
    OrgUnit.objects.filter(pk=unit.pk).update(valid_to=day)


def test_a_report_keeps_the_tree_the_round_was_frozen_with():
    province = make_unit("Tỉnh Đắk Lắk")
    old, other = (make_unit(name, parent=province) for name in ("Xã Hòa Tân", "Phường Tuy Hòa"))
    made = make_open_contest()
    for unit, count in ((old, 2), (other, 1)):
        for _person in range(count):
            make_attempt(made, unit=unit.code)
    rounds, day = [made.round.pk], timezone.localdate()
    before = figures.by_unit(rounds, roster_id=None, day=day)
    assert [(row.unit, row.above, row.persons) for row in before] == [
        ("Phường Tuy Hòa", province.name, 1),
        ("Xã Hòa Tân", province.name, 2),
    ]
    update_unit(unit=old, name="Xã An", user=None)
    update_unit(unit=province, name="Tỉnh khác", user=None)
    move_unit(unit=other, parent=made.unit, user=None)
    merge_units(unit=old, into=other, on_date=day, today=day, user=None)
    assert figures.by_unit(rounds, roster_id=None, day=day) == before


def test_a_unit_made_after_the_freeze_is_shown_as_it_is():
    made = make_open_contest()
    late = make_unit("Xã Mới", parent=made.unit)
    make_attempt(made, unit=late.code)
    rows = figures.by_unit([made.round.pk], roster_id=None, day=timezone.localdate())
    assert [(row.unit, row.above) for row in rows] == [("Xã Mới", made.unit.name)]


def test_of_two_rounds_the_one_frozen_last_names_the_unit():
    made = make_open_contest()
    make_attempt(made, unit=made.unit.code)
    OrgUnit.objects.filter(pk=made.unit.pk).update(name="Tên mới")
    later = Round.objects.create(
        contest=made.contest,
        number=2,
        name="Vòng 2",
        opens_at=made.round.closes_at,
        closes_at=made.round.closes_at + DAY,
    )
    freeze_round(round=later, user=made.organiser, now=timezone.now())
    both, day = [made.round.pk, later.pk], timezone.localdate()
    assert [row.unit for row in figures.by_unit(both, roster_id=None, day=day)] == ["Tên mới"]
    assert [row.unit for row in figures.by_unit(both[:1], roster_id=None, day=day)] == [
        made.unit.name
    ]


def test_an_unchanged_tree_is_kept_once_and_given_back_with_the_freeze():
    made = make_contest(opens_in=DAY, closes_in=2 * DAY)
    now = timezone.now()
    first = freeze_round(round=made.round, user=made.organiser, now=now).unit_tree
    assert unfreeze_round(round=made.round, user=made.organiser, now=now).unit_tree is None
    assert freeze_round(round=made.round, user=made.organiser, now=now).unit_tree == first
    assert UnitTree.objects.count() == 1


def test_a_unit_closed_before_the_freeze_takes_nobody():
    made = make_contest()
    unit = make_unit("Xã Cũ")
    close(unit, timezone.localdate())
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    with pytest.raises(InputRefused) as refusal:
        register(made, unit=unit.code)
    assert list(refusal.value.details["fields"]) == ["unit"]
    assert Entrant.objects.count() == 0


def test_a_unit_closed_while_the_round_is_open_loses_nobody():
    unit = make_unit("Xã Cũ")
    made = make_open_contest()
    close(unit, timezone.localdate() - 30 * DAY)
    registered = register(made, unit=unit.code)
    assert Entrant.objects.get(pk=registered.entrant_id).unit == unit


def test_a_unit_closed_from_tomorrow_on_is_open_today():
    made = make_contest()
    unit = make_unit("Xã Cũ")
    close(unit, timezone.localdate() + DAY)
    freeze_round(round=made.round, user=made.organiser, now=timezone.now())
    register(made, unit=unit.code)
    assert Entrant.objects.get().unit == unit
