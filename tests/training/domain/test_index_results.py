"""Rankings of units: a workbook in, all of its rows or none, a table out."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from tests.factories import make_person, make_unit
from training.domain.index_results import (
    delete_index_year,
    index_of_unit,
    index_year,
    index_years,
    load_index_results,
)
from training.interfaces.excel.index_results import read_index_rows, write_index_year
from training.models import IndexResult

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
HEADER = ["Chỉ số", "Năm", "Đơn vị", "Điểm", "Xếp hạng"]


@pytest.fixture
def province():
    return make_unit("Tỉnh Bình An", code="binh-an")


@pytest.fixture
def commune(province):
    return make_unit("Xã Hòa Thịnh", code="hoa-thinh", parent=province)


@pytest.fixture
def organiser(province):
    return make_person(Role.ORGANISER, unit=province)


def workbook(*rows: list[object]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def load(user, *rows: list[object]) -> int:
    return load_index_results(rows=read_index_rows(workbook(*rows)), user=user, today=TODAY)


def test_a_workbook_is_read_and_shown_by_rank(organiser, province, commune):
    rows = (
        ["PAR INDEX", 2025, "Tỉnh Bình An", "87,45", 2],
        ["PAR INDEX", 2025, "hoa-thinh", 90.125, 1],
        ["SIPAS", 2024, "Xã Hòa Thịnh", None, 4],
    )
    assert load(organiser, *rows) == 3
    shown = index_year(name="PAR INDEX", year=2025)
    found = [(result.unit, result.score, result.rank) for result in shown.results]
    assert found == [(commune, Decimal("90.125"), 1), (province, Decimal("87.450"), 2)]
    assert shown.widths() == [100, 97]
    assert index_years() == [("PAR INDEX", 2025), ("SIPAS", 2024)]


def test_the_same_row_again_replaces_what_was_said(organiser, commune):
    load(organiser, ["DTI", 2024, "hoa-thinh", 50, None])
    load(organiser, ["DTI", 2024, "hoa-thinh", 60, 3], ["DTI", 2025, "hoa-thinh", 70, 2])
    series = index_of_unit(name="DTI", unit_id=commune.pk)
    assert [(one.year, one.score, one.rank) for one in series] == [
        (2024, Decimal("60.000"), 3),
        (2025, Decimal("70.000"), 2),
    ]


def test_every_fault_is_told_with_its_row_and_nothing_is_stored(organiser, commune):
    rows = (
        ["PAR INDEX", 2025, "hoa-thinh", 80, 1],
        ["", 1999, "Xã Lạ", "cao", "nhất"],
        ["PAR INDEX", 2027, "", None, None],
        ["PAR INDEX", 2025, "hoa-thinh", 81, 2],
    )
    with pytest.raises(Faults) as refused:
        load(organiser, *rows)
    told = [(fault.place.rpartition(" ")[2], fault.code) for fault in refused.value.faults]
    assert told == [
        *(("3", "name_missing"), ("3", "year_wrong"), ("3", "unit_unknown")),
        *(("3", "score_wrong"), ("3", "rank_wrong")),
        *(("4", "year_wrong"), ("4", "unit_missing"), ("4", "figures_missing")),
        ("5", "row_twice"),
    ]
    assert not IndexResult.objects.exists()


def test_a_unit_out_of_reach_is_unknown(commune):
    elsewhere = make_person(Role.ORGANISER, unit=make_unit("Nơi khác"))
    with pytest.raises(Faults):
        load(elsewhere, ["DTI", 2024, "hoa-thinh", 50, None])
    with pytest.raises(NotAllowed):
        load(make_person(unit=commune), ["DTI", 2024, "hoa-thinh", 50, None])


def test_a_year_is_deleted_as_far_as_ones_units_go(organiser, province, commune):
    load(organiser, ["DTI", 2024, "hoa-thinh", 50, 1], ["DTI", 2024, "binh-an", 60, 2])
    below = make_person(Role.ORGANISER, unit=commune)
    assert delete_index_year(name="DTI", year=2024, user=below) == 1
    assert [one.unit for one in IndexResult.objects.all()] == [province]


def test_the_workbook_out_says_what_the_page_says(organiser, commune):
    load(organiser, ["DTI", 2024, "hoa-thinh", "50,5", 1])
    file = io.BytesIO()
    write_index_year(file, index_year(name="DTI", year=2024))
    sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[sheet.max_row]] == [1, "hoa-thinh", "Xã Hòa Thịnh", 50.5]
