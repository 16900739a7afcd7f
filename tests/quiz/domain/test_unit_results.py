"""The collective prizes of a sealed round, against figures counted by hand."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from accounts.enums import UnitKind
from accounts.models import Headcount, OrgUnit, RosterEntry
from quiz.domain.grading import grade_round
from quiz.domain.unit_results import unit_results
from quiz.enums import AwardKind, RoundState
from quiz.interfaces.excel.participation import write_participation
from quiz.models import Attempt, Award, Entrant, Grade, Round
from quiz.rules.unit_presets import UNIT_PRESETS
from quiz.rules.unit_prizes import UnitPrizeRules
from tests.factories import make_attempt
from tests.quiz.rosters import NAMES, ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db


def make_round(rules: UnitPrizeRules | None) -> ListedContest:
    """Five items an entry. CB1: all right, then 3; CB2: 2 right; CB3 of the unit below: 4 right;
    a stranger for the upper unit: 5 right; one voided entry.
    """
    listed = make_listed_contest()
    made = listed.made
    document = made.round.rules.document
    document["result"]["unit_prizes"] = rules.model_dump(mode="json") if rules else None
    made.round.rules.save()
    first = listed.enter("CB1", unit=listed.here.code)
    listed.enter("CB2", unit=listed.here.code, wrong=3)
    listed.enter("CB3", unit=listed.below.code, wrong=1)
    make_attempt(
        made, full_name="Người Lạ", staff_code="", birth_date="01/02/1980", unit=listed.here.code
    )
    void = listed.enter("CB4", unit=listed.below.code)
    Attempt.objects.filter(pk=void.pk).update(voided_at=void.ended_at)
    Headcount.objects.filter(unit=listed.here).update(count=5)
    Headcount.objects.filter(unit=listed.below).update(count=4)
    grade_round(round=made.round)
    Award.objects.create(
        round=made.round,
        group_id=first.group_id,
        entrant_id=first.entrant_id,
        attempt=first,
        kind=AwardKind.PRIZE,
        tier="nhat",
        tier_name="Giải Nhất",
        place=1,
        rank=1,
    )
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.SEALED)
    return listed


def table(listed: ListedContest) -> list[tuple]:
    """(bloc, unit, place, size, figures, sum, tier) of every unit in order."""
    found = unit_results(round=Round.objects.get(pk=listed.made.round.pk))
    assert found is not None
    return [
        (
            bloc.name,
            unit.name,
            unit.placed.place,
            unit.placed.result.size,
            [float(figure) for figure in unit.placed.result.figures],
            float(unit.placed.result.sum),
            unit.tier.name if unit.tier else None,
        )
        for bloc in found[1]
        for unit in bloc.units
    ]


def test_listed_people_count_for_the_unit_of_the_list_and_the_exempt_leave() -> None:
    listed = make_round(UNIT_PRESETS["thanh_khe"].rules)
    assert table(listed) == [
        ("", "Phòng An", 1, 1, [100, 80, 100], 94, "Giải Nhất tập thể"),
        ("", "Xã An", 2, 2, [100, 70, 50], 81, "Giải Nhì tập thể"),
    ]


def test_a_person_not_yet_there_keeps_a_unit_under_its_threshold() -> None:
    listed = make_round(UNIT_PRESETS["thanh_khe"].rules)
    RosterEntry.objects.filter(staff_code="CB4").update(exemption="")
    assert table(listed)[-1] == ("", "Xã An", None, 3, [66.67, 70, 33.33], 61.0, None)


def test_everybody_who_entered_stands_against_the_headcount_without_the_exempt() -> None:
    rules = UNIT_PRESETS["soc_trang"].rules
    listed = make_round(rules)
    assert table(listed) == [
        ("", "Xã An", 1, 4, [80, 75], 80, "Giải Nhất tập thể"),
        ("", "Phòng An", None, 4, [80, 25], 80, None),
    ]


def test_blocs_are_kinds_of_units_as_they_were_at_the_freeze() -> None:
    listed = make_round(UNIT_PRESETS["hai_duong"].rules)
    tree = listed.made.round.unit_tree
    kinds = {listed.here.pk: UnitKind.COMMUNE, listed.below.pk: UnitKind.OFFICE}
    for unit in tree.document:
        unit["kind"] = kinds.get(unit["id"], unit["kind"])
    tree.save()
    OrgUnit.objects.update(kind=UnitKind.OFFICE)
    assert [row[:3] for row in table(listed)] == [("Xã, phường, đặc khu", "Xã An", 1)]


def test_individual_winners_count_for_their_unit() -> None:
    listed = make_round(UNIT_PRESETS["dak_lak"].rules)
    rows = {row[1]: row for row in table(listed)}
    assert (rows["Xã An"][2], rows["Xã An"][4]) == (1, [75, 100, 100])
    assert (rows["Phòng An"][2], rows["Phòng An"][4]) == (None, [25, 100, 0])


def test_two_entrants_of_one_line_of_the_list_are_one_person() -> None:
    listed = make_round(UNIT_PRESETS["best_of_list"].rules)
    before = table(listed)
    line = RosterEntry.objects.get(staff_code="CB1")
    Entrant.objects.filter(roster_entry=None).update(roster_entry=line)
    assert table(listed) == before


@pytest.mark.parametrize(("counted", "mark"), [("best", 100), ("first", 60), ("last", 40)])
def test_the_counted_attempt_is_the_one_that_the_rules_name(counted: str, mark: float) -> None:
    listed = make_round(UNIT_PRESETS["best_of_list"].rules)
    rules = listed.made.round.rules
    rules.document["result"]["counted_attempt"] = counted
    rules.document["result"]["unit_prizes"]["components"][0]["count"] = 1
    rules.save()
    first, second, third = (
        Attempt.objects.get(entrant__full_name=name, voided_at=None)
        for name in (NAMES["CB1"], "Người Lạ", NAMES["CB2"])
    )
    Grade.objects.filter(attempt=first).update(score=Decimal(3))
    for ordinal, later in enumerate((second, third), start=2):
        Attempt.objects.filter(pk=later.pk).update(entrant_id=first.entrant_id, ordinal=ordinal)
    assert {row[1]: row[5] for row in table(listed)}["Xã An"] == mark


def test_before_the_seal_and_without_rules_there_is_no_table() -> None:
    listed = make_round(UNIT_PRESETS["thanh_khe"].rules)
    round = Round.objects.get(pk=listed.made.round.pk)
    round.state = RoundState.CLOSED
    assert unit_results(round=round) is None


def test_without_a_collective_prize_there_is_no_table() -> None:
    listed = make_round(None)
    assert unit_results(round=Round.objects.get(pk=listed.made.round.pk)) is None


def test_the_workbook_has_every_component() -> None:
    listed = make_round(UNIT_PRESETS["thanh_khe"].rules)
    file = io.BytesIO()
    round = Round.objects.select_related("contest").get(pk=listed.made.round.pk)
    write_participation(contest=round.contest, rounds=[round], file=file, with_names=False)
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(file.getvalue()))["Giải tập thể"].iter_rows()
    ]
    assert rows[2][0] == "50 % Tỷ lệ hoàn thành + 30 % Điểm trung bình + 20 % Tỷ lệ đạt từ 80 %"
    assert rows[4:7] == [
        [
            *("Hạng", "Đơn vị", "Trực thuộc", "Số người", "Tỷ lệ hoàn thành", "Điểm trung bình"),
            *("Tỷ lệ đạt từ 80 %", "Kết quả", "Giải", "Ghi chú"),
        ],
        [1, "Phòng An", "Xã An", 1, 100, 80, 100, 94, "Giải Nhất tập thể", None],
        [2, "Xã An", "Tỉnh", 2, 100, 70, 50, 81, "Giải Nhì tập thể", None],
    ]
