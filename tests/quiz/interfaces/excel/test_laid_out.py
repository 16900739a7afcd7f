"""A workbook's table as the layout says: columns, cells that stay what they are, signatures."""

import io
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quiz.domain.paper_kinds import KINDS, Column, PaperKind
from quiz.domain.paper_layouts import Layout, laid
from quiz.interfaces.excel.laid_out import LaidTable
from quiz.interfaces.excel.page_codes import PIXELS_PER_MM, QR_MM, place_code

COLUMNS = (
    Column("number", "STT", 6, "number"),
    Column("name", "Họ và tên", 30),
    Column("phone", "Điện thoại", 16),
    Column("money", "Tiền", 14, "number", summed=True),
    Column("at", "Lúc", 20, "moment"),
)
VALUES = {
    "name": lambda row: row[0],
    "phone": lambda row: row[1],
    "money": lambda row: row[2],
    "at": lambda row: row[3],
}
AT = datetime(2026, 11, 2, 10, 3, 4)  # noqa: DTZ001 - a workbook has no zones
ROWS = [
    ("=1+1", "0912345678", Decimal("2.50000"), AT),
    ("+Lê\x07 Thử", "", Decimal("1.00000"), None),
]


def layout(*columns: Column, **fields: Any) -> Layout:
    kind = PaperKind("test", "Thử", "BẢNG THỬ", COLUMNS)
    chosen = tuple(laid(column) for column in columns or COLUMNS)
    return replace(Layout(kind, "BẢNG THỬ", chosen, "TRƯỞNG BAN"), **fields)


def written(made: Layout) -> Worksheet:
    book = Workbook(write_only=True)
    table = LaidTable(book, made, VALUES, name="Thử")
    table.head("Số dòng: 2")
    assert table.write(ROWS) == 2
    table.total()
    table.sign()
    file = io.BytesIO()
    book.save(file)
    return load_workbook(io.BytesIO(file.getvalue()))["Thử"]


def rows(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_title_headings_rows_and_total_stand_in_this_order():
    found = rows(written(layout()))
    assert [found[0][0], found[1][0], found[3]] == [
        "BẢNG THỬ",
        "Số dòng: 2",
        ["STT", "Họ và tên", "Điện thoại", "Tiền", "Lúc"],
    ]
    assert found[4:7] == [
        [1, "=1+1", "0912345678", 2.5, AT],
        [2, "+Lê Thử", None, 1, None],
        [None, "Tổng cộng", None, 3.5, None],
    ]


def test_columns_follow_the_layout_and_its_headings():
    made = layout()
    made = replace(made, columns=(laid(COLUMNS[3], "Thưởng"), laid(COLUMNS[1])))
    assert rows(written(made))[3:7] == [
        ["Thưởng", "Họ và tên"],
        [2.5, "=1+1"],
        [1, "+Lê Thử"],
        [3.5, "Tổng cộng"],
    ]


def test_texts_stay_texts_and_numbers_numbers():
    sheet = written(layout())
    kinds = [[(cell.data_type, cell.number_format) for cell in row] for row in sheet["A5:E6"]]
    assert kinds == [
        [
            ("n", "#,##0"),
            ("s", "@"),
            ("s", "@"),
            ("n", "#,##0.#####"),
            ("d", "dd/mm/yyyy hh:mm:ss"),
        ],
        [("n", "#,##0"), ("s", "@"), ("n", "@"), ("n", "#,##0"), ("n", "dd/mm/yyyy hh:mm:ss")],
    ]
    assert {cell.quotePrefix for row in sheet["B5:C6"] for cell in row} == {True}
    assert {cell.border.left.style for row in sheet["A5:E6"] for cell in row} == {"thin"}


def test_a_long_text_makes_its_row_as_high_as_it_needs():
    book = Workbook(write_only=True)
    table = LaidTable(book, layout(COLUMNS[1]), VALUES, name="Thử")
    table.headings()
    table.write([("Lê Thử",), ("Trường Trung học cơ sở Nguyễn Văn Thử, phường Buôn Hồ",)])
    file = io.BytesIO()
    book.save(file)
    sheet = load_workbook(io.BytesIO(file.getvalue()))["Thử"]
    assert [sheet.row_dimensions[at].height for at in (1, 2, 3)] == [None, None, 34]


def test_both_signatures_stand_side_by_side_line_by_line():
    made = layout(
        preparer_title="Người lập biểu",
        preparer_name="Trần Thị Lập",
        signer_title="TM. Ban Tổ chức\nTrưởng ban",
        signer_name="Lê Văn Ký",
    )
    found = rows(written(made))[8:]
    assert [[row[0], row[2]] for row in found if any(row)] == [
        ["NGƯỜI LẬP BIỂU", "TM. BAN TỔ CHỨC"],
        [None, "TRƯỞNG BAN"],
        ["(Ký, ghi rõ họ tên)", "(Ký, ghi rõ họ tên)"],
        ["Trần Thị Lập", "Lê Văn Ký"],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_paper_names_each_column_once(kind):
    codes = [column.code for column in KINDS[kind].columns]
    assert len(codes) == len(set(codes))


@given(st.lists(st.integers(4, 60), min_size=1, max_size=24), st.sampled_from([165.0, 252.0]))
def test_a_pages_code_ends_with_the_tables_right_edge_and_keeps_its_size(widths, room):
    place = place_code(widths, room_mm=room)
    columns = [width * 7 + 5 for width in widths]
    assert 0 <= place.column < len(columns)
    end = sum(columns[: place.column]) + place.offset + place.pixels
    assert end == max(sum(columns), place.pixels)
    shrunk = max(1, sum(columns) / (room * PIXELS_PER_MM))
    assert abs(place.pixels / shrunk - QR_MM * PIXELS_PER_MM) < 1
