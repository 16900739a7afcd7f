"""Whatever stands in the cells, reading ends in drafts and faults, never in an exception."""

import io
from datetime import date
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.interfaces.excel.opening import Opened, Sheet
from quiz.interfaces.excel.cells import clean_text
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_plain import PlainReader
from quiz.interfaces.excel.items_reader import _Book, read_items
from quiz.interfaces.excel.items_rows import RowReader
from tests.quiz.interfaces.excel.item_workbooks import FULL_HEAD, PLAIN, item_book, saved

SAID = ("Một tuần có mấy ngày?", "Câu 1: Hỏi gì?", "Bảy ngày", "A. Bảy", "b) Tám", "Đúng", "Sai")
SAID += ("A", "b", "A, C", "1", "E", "", " ", "Cả A, B đều đúng", "Có", "Không", "x", "dở", "Dở")
SAID += (
    ",".join("abcdefghijklmnopqrstu"),
    "Một đáp án",
    "Nhiều đáp án",
    "Nhận biết",
    "Khó",
    "Ví dụ",
    "VÍ DỤ (xoá dòng này): a",
)
SAID += (
    "Chương 1: Lịch",
    "Ƣớc",
    "e\u0301",
    "a  b",
    "C¶i c¸ch",
    "05/09/2026",
    "\u200b",
    "␞",
    " a",
    "a ",
)

CELLS = st.one_of(
    st.sampled_from(SAID),
    st.text(max_size=30).map(clean_text).filter(lambda text: not text.startswith("=")),
    st.sampled_from([None, 0, 1, 2.5, True, date(2026, 9, 5)]),
)
ROWS = st.lists(st.tuples(*[CELLS] * len(FULL_HEAD)) | st.tuples(*map(st.just, PLAIN)), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS)
@example(rows=[("_x0000_", "\x01a", "_x000D_", "", "", "A")])
def test_no_cell_stops_the_reader_or_the_annotated_copy(rows: list[tuple[Any, ...]]) -> None:
    book = item_book(head=FULL_HEAD)
    for row in rows:
        book.active.append([clean_text(c) if isinstance(c, str) else c for c in row])
    data = saved(book)
    result = read_items(data)
    for draft in result.drafts:
        assert "\0" not in repr(draft)
        assert draft.stem == draft.stem.strip()
    out = io.BytesIO()
    write_annotated(data, result.faults, result.notices, out)
    copy = load_workbook(out)["Câu hỏi"]
    assert [[c.value for c in row[: len(FULL_HEAD)]] for row in copy.iter_rows()] == [
        [c.value for c in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()
    ]


PLAIN_ROWS = (
    (*PLAIN, "Một đáp án", "Lịch", "NB", "", "Vì sao", "Số 1", date(2026, 9, 5), "Ai", "một, hai"),
    ("Hai?", "A", "O", "B", "AB", "b", *[""] * 9),
    (
        "Câu 3: Hỏi gì?",
        "A. Một",
        "B. Hai",
        "C. Ba",
        "",
        "1",
        "",
        "",
        "",
        "x",
        *[""] * 4,
        "một; hai",
    ),
)


def changed(row: tuple[Any, ...], changes: dict[int, Any]) -> tuple[Any, ...]:
    return tuple(changes.get(place, cell) for place, cell in enumerate(row))


ALMOST_PLAIN = st.builds(
    changed,
    st.sampled_from(PLAIN_ROWS),
    st.dictionaries(st.sampled_from([*range(15), 0, 1, 2, 5]), CELLS, max_size=2),
)


def read_rows(rows: list[tuple[Any, ...]]) -> tuple:
    """What is read from rows as calamine gives them, without a file around them."""
    cells = [["" if cell is None else cell for cell in row] for row in (FULL_HEAD, *rows)]
    sheet = Sheet("Câu hỏi", hidden=False, rows=cells)
    book = _Book(Opened(b"", (sheet,), formulas=False, legacy=True), {})
    book.read("")
    return book.drafts, book.faults, book.notices.notices()


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(ALMOST_PLAIN, min_size=1, max_size=4))
def test_plain_rows_read_like_any_other(rows: list[tuple[Any, ...]]) -> None:
    quick = read_rows(rows)
    with patch.object(PlainReader, "read", return_value=None):
        assert read_rows(rows) == quick


def test_plain_rows_are_read_without_ceremony() -> None:
    with patch.object(RowReader, "read", side_effect=AssertionError):
        drafts, faults, notices = read_rows([PLAIN_ROWS[0], PLAIN_ROWS[2]])
    assert [(draft.row, draft.key) for draft in drafts] == [(2, {2}), (3, {0})]
    assert (faults, [n.code for n in notices]) == ([], ["letters_removed", "number_removed"])
