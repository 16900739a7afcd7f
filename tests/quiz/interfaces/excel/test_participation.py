"""The participation workbook against figures counted by hand."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import Headcount, Roster, RosterEntry
from accounts.text import fold
from quiz.domain.grading import grade_round
from quiz.enums import AttemptState
from quiz.interfaces.excel.participation import percent, write_participation
from quiz.models import Attempt, Entrant
from quiz.queries import participation as figures
from tests.factories import OpenContest, make_attempt, make_open_contest, make_unit, register

pytestmark = pytest.mark.django_db


def world() -> tuple[OpenContest, Any]:
    """Two units: three persons with four entries in one, one person in the other; one entrant is a
    duplicate, one attempt is void, one person entered nothing.
    """
    made = make_open_contest()
    other = make_unit("Phường Buôn Hồ")
    first = register(made, full_name="Người Một", unit=made.unit.code, birth_date="01/02/1980")
    make_attempt(made, who=first)
    make_attempt(made, who=first, ordinal=2, wrong=1)
    make_attempt(made, full_name="Người Hai", unit=made.unit.code, wrong=5)
    make_attempt(made, full_name="Người Ba", unit=other.code, wrong=3)
    copy = make_attempt(made, full_name="Người Một", unit=made.unit.code)
    Entrant.objects.filter(pk=copy.entrant_id).update(
        duplicate_of=Entrant.objects.get(full_name="Người Một", attempts__ordinal=2)
    )
    void = make_attempt(made, full_name="Người Bốn", unit=other.code)
    Attempt.objects.filter(pk=void.pk).update(voided_at=void.ended_at)
    register(made, full_name="Người Năm", unit=other.code)
    Headcount.objects.create(unit=made.unit, on_date=date(2026, 1, 1), count=4)
    grade_round(round=made.round)
    return made, other


def give_roster(made: OpenContest) -> None:
    """The first entrant stands for the first person, as their registration or a match says."""
    roster = Roster.objects.create(name="Bắt buộc", unit=made.unit, as_of=date(2026, 1, 1))
    people = [
        ("Người Một", date(1980, 2, 1), ""),
        ("Người Vắng", date(1980, 2, 1), ""),
        ("Người Miễn", None, "Nghỉ thai sản"),
    ]
    for name, born, exemption in people:
        RosterEntry.objects.create(
            roster=roster,
            unit=made.unit,
            full_name=name,
            folded_name=fold(name),
            birth_date=born,
            exemption=exemption,
        )
    first = Entrant.objects.filter(full_name="Người Một", duplicate_of=None)
    first.update(roster_entry=roster.entries.get(full_name="Người Một"))
    made.contest.roster = roster
    made.contest.save()


def tables(made: OpenContest, *, with_names: bool = True) -> dict[str, list[list[Any]]]:
    """By sheet, the rows under its bold header."""
    file = io.BytesIO()
    write_participation(contest=made.contest, rounds=[made.round], file=file, with_names=with_names)
    book = load_workbook(io.BytesIO(file.getvalue()))
    found = {}
    for sheet in book:
        rows = [list(row) for row in sheet.iter_rows()]
        start = next(n for n, row in enumerate(rows) if row[1].value and row[0].font.bold)
        found[sheet.title] = [[cell.value for cell in row] for row in rows[start + 1 :]]
    return found


def test_persons_and_entries_leave_duplicates_and_voids_out() -> None:
    made, _other = world()
    assert figures.totals([made.round.pk]) == figures.Totals(persons=3, entries=4, submitted=4)
    summary = dict(row[:2] for row in tables(made)["Tổng hợp"])
    assert (summary["Số người thi"], summary["Số lượt thi"]) == (3, 4)


def test_units_stand_against_headcount_and_roster() -> None:
    made, other = world()
    give_roster(made)
    rows = tables(made)["Theo đơn vị"]
    by_name = {row[1]: row[3:] for row in rows}
    assert by_name[made.unit.name] == [2, 3, 4, "50,00 %", 2, 1, "50,00 %"]
    assert by_name[other.name] == [1, 1, None, None, 0, 0, None]
    assert by_name["Cộng các đơn vị"] == [None, 4, None, None, 2, 1, "50,00 %"]


def test_headcount_is_set_against_the_groups_the_roster_names() -> None:
    """A commune's citizens are no part of its staff."""
    made, _other = world()
    give_roster(made)
    RosterEntry.objects.update(group_code="can-bo")  # nobody entered in this group
    (unit,) = [row for row in tables(made)["Theo đơn vị"] if row[1] == made.unit.name]
    assert unit[3:7] == [2, 3, 4, "0,00 %"]


def test_missing_people_are_named_only_where_allowed() -> None:
    made, _other = world()
    give_roster(made)
    assert [row[2] for row in tables(made)["Chưa dự thi"]] == ["Người Vắng"]
    assert "Chưa dự thi" not in tables(made, with_names=False)


def test_score_bands_by_best_attempt_and_by_entry() -> None:
    made, _other = world()
    assert [row[1:] for row in tables(made)["Phổ điểm"]] == [
        [1, 1],  # all right
        [0, 1],  # 4 of 5
        [1, 1],  # 2 of 5
        [0, 0],
        [1, 1],  # none
        [3, 4],
    ]


def test_days_hours_and_groups_add_up() -> None:
    made, _other = world()
    found = tables(made)
    for title in ("Theo ngày", "Theo giờ", "Theo đối tượng"):
        assert found[title][-1] == ["Tổng cộng", 3, 4]
        assert sum(row[2] for row in found[title][:-1]) == 4


def test_percentage_is_rounded_half_up() -> None:
    assert [percent(1, 3), percent(1, 800), percent(5, 5), percent(1, 0), percent(1, None)] == [
        "33,33 %",
        "0,13 %",
        "100,00 %",
        "",
        "",
    ]


def test_open_attempts_count_as_entries_not_as_submitted() -> None:
    made, _other = world()
    make_attempt(made, full_name="Người Sáu", finish=False)
    assert Attempt.objects.filter(state=AttemptState.OPEN).count() == 1
    assert figures.totals([made.round.pk]) == figures.Totals(persons=4, entries=5, submitted=4)
