"""Items read from real workbooks, whole results compared."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from openpyxl import Workbook

from quiz.drafts import ItemDraft
from quiz.interfaces.excel.items_reader import ReadItems, read_items
from tests.quiz.interfaces.excel.item_workbooks import (
    FULL_HEAD,
    HEAD,
    PLAIN,
    codes,
    fill,
    item_book,
    notes,
    read,
    saved,
)

LEGACY = Path(__file__).parents[3] / "accounts" / "interfaces" / "excel" / "legacy.xls"
PLAIN_DRAFT = ItemDraft(
    kind="single",
    stem="Một tuần có mấy ngày?",
    options=("Năm ngày", "Sáu ngày", "Bảy ngày", "Tám ngày"),
    key=frozenset({2}),
    sheet="Câu hỏi",
    row=2,
)


def whole(result: ReadItems) -> tuple:
    """Everything but the time it took."""
    return (result.drafts, result.faults, result.notices, result.sheets, result.rows)


def test_plain_item_is_read_whole() -> None:
    assert whole(read(PLAIN)) == ((PLAIN_DRAFT,), (), (), ("Câu hỏi",), 1)


def test_every_field_is_read() -> None:
    full = (
        *PLAIN, "Một đáp án", "Lịch", "Thông hiểu", "Có", "Bảy ngày là một tuần.",
        "Số 1, Điều 2", date(2026, 9, 5), "Người soát", "một cửa, Khó, khó",
    )  # fmt: skip
    draft = ItemDraft(
        kind="single",
        stem=PLAIN_DRAFT.stem,
        options=PLAIN_DRAFT.options,
        key=frozenset({2}),
        fixed_order=True,
        topic="Lịch",
        level="thong_hieu",
        rationale="Bảy ngày là một tuần.",
        citation="Số 1, Điều 2",
        checked_on=date(2026, 9, 5),
        checked_by="Người soát",
        tags=("một cửa", "Khó"),
        sheet="Câu hỏi",
        row=2,
    )
    assert whole(read(full, head=FULL_HEAD)) == ((draft,), (), (), ("Câu hỏi",), 1)


@pytest.mark.parametrize(
    ("row", "kind", "options", "key", "fixed"),
    [
        (("Câu?", "x1", "x2", "x3", "", "A, C"), "multiple", ("x1", "x2", "x3"), {0, 2}, False),
        (("Câu?", "Đúng", "Sai", "", "", "Sai"), "true_false", ("Đúng", "Sai"), {1}, True),
        (("Câu?", "Sai", "Đúng", "", "", "A"), "true_false", ("Sai", "Đúng"), {0}, True),
        (("Câu?", "", "", "", "", "Đúng"), "true_false", ("Đúng", "Sai"), {0}, True),
        (("Câu?", "", "", "", "", "s"), "true_false", ("Đúng", "Sai"), {1}, True),
        (("Câu?", "Có", "Không", "", "", "b"), "single", ("Có", "Không"), {1}, False),
        (("Câu?", "x", "y", "Cả A và B", "", "C"), "single", ("x", "y", "Cả A và B"), {2}, True),
        (("Câu?", "m1", "m2", "m3", "m4", "m3"), "single", ("m1", "m2", "m3", "m4"), {2}, False),
    ],
)
def test_kind_follows_from_options_and_key(row, kind, options, key, fixed) -> None:
    result = read(row)
    assert result.faults == ()
    draft = ItemDraft(kind, "Câu?", options, frozenset(key), fixed, sheet="Câu hỏi", row=2)
    assert result.drafts == (draft,)


def test_statements_to_be_judged_need_no_option_columns() -> None:
    result = read(("Trái Đất tròn.", "Đ"), ("Mặt Trời lạnh.", "Sai"), head=("Câu hỏi", "Đáp án"))
    assert [(d.kind, d.options, d.key) for d in result.drafts] == [
        ("true_false", ("Đúng", "Sai"), frozenset({0})),
        ("true_false", ("Đúng", "Sai"), frozenset({1})),
    ]


def test_empty_rows_and_numbered_rows_are_no_items() -> None:
    head = ("STT", *HEAD)
    result = read((1, *PLAIN), [], (2, None), (3, *PLAIN[:1], "a b", "c d", "", "", 1), head=head)
    assert [(d.row, d.options) for d in result.drafts] == [
        (2, PLAIN_DRAFT.options),
        (5, ("a b", "c d")),
    ]
    assert (codes(result), result.rows) == ([], 2)


def test_headings_become_topics() -> None:
    head = (*HEAD, "Chủ đề")
    result = read(
        ("Chương 1: Thể chế",),
        PLAIN,
        ("Phần II. Thủ tục",),
        ("Khác?", *PLAIN[1:]),
        ("Khác nữa?", *PLAIN[1:], "Riêng"),
        head=head,
    )
    assert [d.topic for d in result.drafts] == ["Chương 1: Thể chế", "Phần II. Thủ tục", "Riêng"]
    assert (result.faults, notes(result)) == ((), [("heading_as_topic", (2, 4))])


def test_all_sheets_are_read_and_guides_are_skipped() -> None:
    book = item_book(PLAIN)
    fill(book.create_sheet("Hướng dẫn"), ["Điền vào trang sau"])
    fill(book.create_sheet("Ghi chép"), ["Việc cần làm"])
    fill(book.create_sheet("Tuần 2"), [], ["BỘ CÂU HỎI"], HEAD, ("Hai?", *PLAIN[1:]))
    result = read_items(saved(book))
    assert [(d.sheet, d.row) for d in result.drafts] == [("Câu hỏi", 2), ("Tuần 2", 4)]
    assert result.sheets == ("Câu hỏi", "Tuần 2")
    assert [(n.place, n.code) for n in result.notices] == [("Trang “Ghi chép”", "sheet_skipped")]


def test_table_may_stand_anywhere_on_the_sheet() -> None:
    book = Workbook()
    sheet = book.active
    for row, cells in enumerate((HEAD, PLAIN), 7):
        for column, cell in enumerate(cells, 4):
            sheet.cell(row, column, cell)
    (draft,) = read_items(saved(book)).drafts
    assert (draft.sheet, draft.row, draft.options) == ("Sheet", 8, PLAIN_DRAFT.options)


def test_text_is_mended_and_the_mending_is_told() -> None:
    decomposed = normalize("NFD", "Hồ sơ gồm những gì?")
    result = read(
        (decomposed, *PLAIN[1:]),
        ("Ƣớc tính bao nhiêu?", *PLAIN[1:]),
        ("  Câu 12:  Thừa\u00a0khoảng \u200btrắng ", "\ufeffA. Một", "B) Hai", "c. Ba", None, "a"),
    )
    assert [(d.stem, d.options[0]) for d in result.drafts] == [
        ("Hồ sơ gồm những gì?", "Năm ngày"),
        ("Ước tính bao nhiêu?", "Năm ngày"),
        ("Thừa khoảng trắng", "Một"),
    ]
    assert notes(result) == [
        ("nfd_text", (2,)),
        ("wrong_letter", (3,)),
        ("letters_removed", (4,)),
        ("number_removed", (4,)),
    ]


@pytest.mark.parametrize("cells", [("Một ", "Hai"), ("Một", " Hai"), ("Một\n", "\tHai")])
def test_spaces_at_the_ends_are_dropped_without_ado(cells: tuple[str, str]) -> None:
    result = read(("Đầu, cuối?", *cells, "Ba", "", "a"))
    assert [draft.options for draft in result.drafts] == [("Một", "Hai", "Ba")]
    assert result.notices == ()


def test_notice_names_the_rows_it_is_about() -> None:
    rows = [(f"Câu {n}: Nội dung {n}?", *PLAIN[1:]) for n in range(10)]
    (notice,) = read(*rows).notices
    assert notice.rows == tuple(range(2, 12))
    assert str(notice) == (
        "Trang “Câu hỏi”, dòng 2, 3, 4, 5, 6, 7, 8, 9 và 2 dòng khác: “Câu 1:”, “Câu 2:”… ở đầu "
        "câu dẫn đã được bỏ. Không cần làm gì: hệ thống tự đánh số."
    )


def test_numbers_and_dates_are_read_as_shown() -> None:
    book = item_book(("Bao nhiêu?", 1, 0.5, 2500, date(2026, 3, 1), "B"))
    sheet = book.active
    sheet["C2"].number_format = "0%"
    sheet["D2"].number_format = "#,##0"
    sheet["E2"].number_format = "dd/mm/yyyy"
    result = read_items(saved(book))
    assert result.drafts[0].options == ("1", "50%", "2.500", "01/03/2026")
    assert (result.faults, notes(result)) == ((), [("cell_as_text", (2,))])


def test_levels_of_other_scales_are_mapped_with_a_notice() -> None:
    rows = [
        (f"Câu hỏi về {level}?", *PLAIN[1:], level)
        for level in ("NB", "vận dụng cao", "Dễ", 2, "", "Hiểu")
    ]
    result = read(*rows, head=(*HEAD, "Mức độ nhận thức"))
    assert [d.level for d in result.drafts] == [
        "nhan_biet", "van_dung", "nhan_biet", "thong_hieu", "", "thong_hieu",
    ]  # fmt: skip
    assert notes(result) == [("level_mapped", (3, 4, 5))]


def test_document_and_clause_in_two_columns_make_one_citation() -> None:
    head = (*HEAD, "Văn bản", "Điều, khoản")
    result = read((*PLAIN, "Luật số 1", "Điều 5"), head=head)
    assert result.drafts[0].citation == "Luật số 1, Điều 5"


def test_columns_nobody_asked_for_are_named() -> None:
    (notice,) = read((*PLAIN, 1, "x"), head=(*HEAD, "Điểm", "Ghi chú")).notices
    assert (notice.code, notice.message) == ("columns_ignored", "Cột không dùng đến: “Điểm”.")


def test_old_binary_workbooks_are_read_too() -> None:
    result = read_items(LEGACY)
    assert [(d.row, d.options, d.key) for d in result.drafts] == [
        (2, PLAIN_DRAFT.options, {2}),
        (3, ("10", "11", "12", "13"), {2}),
    ]
    assert codes(result) == [(4, "no_key"), (6, "few_options"), (6, "no_key"), (6, "merged_cells")]
    assert notes(result) == [("cell_as_text", (3,))]
