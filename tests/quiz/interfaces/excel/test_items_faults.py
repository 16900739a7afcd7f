"""Bad item workbooks: every fault is told with its sheet and row, and nothing passes in silence."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.errors import Fault
from quiz.interfaces.excel import items_reader
from quiz.interfaces.excel.items_reader import read_items
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

OPTIONS = PLAIN[1:5]


def test_all_faults_are_told_at_once() -> None:
    result = read(
        PLAIN,
        ("Không đáp án?", *OPTIONS, ""),
        ("", *OPTIONS, "B"),
        ("Trùng phương án?", "Một", "một", "Ba", "", "E"),
        ("Hổng?", "Một", "", "Ba", "", "A"),
        ("Đáp án lạ?", *OPTIONS, "không rõ"),
        ("Thiếu phương án?", "Một", "", "", "", "A"),
        (*PLAIN[:5], "A"),
    )
    assert codes(result) == [
        (3, "no_key"),
        (4, "no_stem"),
        (5, "twin_options"),
        (5, "key_outside"),
        (6, "empty_option"),
        (7, "key_unreadable"),
        (8, "few_options"),
        (9, "duplicate_in_file"),
    ]
    assert [draft.row for draft in result.drafts] == [2]
    assert result.rows == 8


def test_fault_reads_like_a_sentence_with_its_place() -> None:
    (fault,) = read(("Không đáp án?", *OPTIONS, "")).faults
    assert fault == Fault(
        place="Trang “Câu hỏi”, dòng 2",
        code="no_key",
        message="Chưa có đáp án.",
        hint="Đánh dấu phương án đúng.",
        sheet="Câu hỏi",
        row=2,
    )
    assert str(fault) == "Trang “Câu hỏi”, dòng 2: Chưa có đáp án. Đánh dấu phương án đúng."


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (("Một đáp án",), None),
        (("Nhiều lựa chọn",), None),
        (("Tự luận",), "essay_item"),
        (("Ghép đôi",), "unknown_kind"),
        (("Đúng/Sai",), "true_false_options"),
        (("", "", "Siêu khó"), "unknown_level"),
        (("", "", "", "Có thể"), "unknown_fixed_order"),
        (("", "", "", "x"), None),
        (("", "", "", "", "", "", "30/02/2026"), "unreadable_date"),
        (("", "", "", "", "", "", 45000), "unreadable_date"),
        (("", "", "", "", "", "", "5/9/2026"), None),
        (("", "", "", "", "", "", date(2026, 9, 5)), None),
        (("", "x" * 201), "too_long"),
    ],
)
def test_small_fields_are_checked(extra: Sequence[Any], code: str | None) -> None:
    result = read((*PLAIN, *extra), head=FULL_HEAD)
    assert codes(result) == ([(2, code)] if code else [])


def test_two_keys_for_one_answer_are_a_fault() -> None:
    assert codes(read((*PLAIN[:5], "A, C", "Một đáp án"), head=FULL_HEAD)) == [(2, "several_keys")]
    unsaid = read((*PLAIN[:5], "A, C"))
    assert (codes(unsaid), notes(unsaid)) == ([], [("read_as_multiple", (2,))])


def test_legacy_fonts_are_a_fault() -> None:
    tcvn3 = ("C¶i c¸ch hµnh chÝnh lµ g×?", "Mét viÖc", "Hai viÖc", "", "", "A")
    vni = ("Caûi caùch haønh chính?", "Moät", "Hai", "", "", "B")
    assert codes(read(tcvn3, vni)) == [(2, "legacy_font"), (3, "legacy_font")]


def test_duplicates_are_found_across_sheets_cases_and_order() -> None:
    book = item_book(PLAIN)
    fill(
        book.create_sheet("Tuần 2"),
        HEAD,
        ("MỘT TUẦN CÓ MẤY NGÀY?", "Tám ngày", "Bảy ngày", "Sáu ngày", "Năm ngày", "B"),
    )
    (fault,) = read_items(saved(book)).faults
    assert str(fault) == (
        "Trang “Tuần 2”, dòng 2: Câu hỏi trùng với câu ở Trang “Câu hỏi”, dòng 2. "
        "Xoá một trong hai dòng."
    )


def test_duplicates_of_the_bank_are_named() -> None:
    digest = read(PLAIN).drafts[0].digest
    result = read(PLAIN, ("Khác?", *PLAIN[1:]), known_digests={digest: "câu 12"})
    assert [(f.row, f.code, f.message) for f in result.faults] == [
        (2, "duplicate_in_bank", "Câu hỏi đã có trong ngân hàng: câu 12.")
    ]
    assert [draft.row for draft in result.drafts] == [3]


def test_merged_cells_are_faults_where_items_stand() -> None:
    book = item_book(("BỘ CÂU HỎI",), head=[])
    sheet = book.active
    sheet.delete_rows(1)
    fill(sheet, (*HEAD, "Ghi chú"), ("Chương 1: Lịch",), PLAIN, ("Hai?", *PLAIN[1:]), [], [])
    sheet.merge_cells("A1:G1")  # above the header
    sheet.merge_cells("A3:F3")  # a heading
    sheet.merge_cells("G4:G5")  # a column nobody reads
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("A5:A6")
    result = read_items(saved(book))
    assert [(f.row, f.message) for f in result.faults if f.code == "merged_cells"] == [
        (4, "Các ô B4:C4 đang gộp."),
        (5, "Các ô A5:A6 đang gộp."),
    ]
    assert notes(result) == [("heading_as_topic", (3,))]


def test_hidden_sheets_are_not_imported_behind_ones_back() -> None:
    book = item_book(PLAIN)
    hidden, very_hidden = book.create_sheet("Ẩn"), book.create_sheet("Danh mục")
    fill(hidden, HEAD, ("Câu ẩn?", *PLAIN[1:]))
    fill(very_hidden, ["Nhận biết"], ["Thông hiểu"])
    hidden.sheet_state, very_hidden.sheet_state = "hidden", "veryHidden"
    result = read_items(saved(book))
    assert [str(fault) for fault in result.faults] == [
        "Trang “Ẩn”: Trang đang ẩn nhưng có câu hỏi. "
        "Bỏ ẩn trang nếu cần nhập, hoặc xoá trang khỏi tệp."
    ]
    assert [(n.sheet, n.code) for n in result.notices] == [("Danh mục", "hidden_sheet_skipped")]


def test_formulas_and_errors_are_named_by_cell() -> None:
    book = item_book(
        ("Lỗi?", "Một", "#REF!", "Ba", "", "A"),
        ("Chưa tính?", "=1+1", "Hai", "Ba", "", "B"),
    )
    book.active["A9"] = "=A2"
    result = read_items(saved(book))
    assert [(f.row, f.code, f.message) for f in result.faults] == [
        (2, "error_value", "Ô C2 đang báo lỗi #REF!."),
        (3, "formula_unread", "Ô B3 có công thức chưa được tính."),
        (9, "formula_unread", "Ô A9 có công thức chưa được tính."),
    ]
    assert result.drafts == ()


def test_numbers_in_odd_formats_are_not_guessed() -> None:
    book = item_book(("Mấy ngày?", 5, 6, 7, date(2026, 3, 1), "A"))
    book.active["B2"].number_format = '0 "ngày"'
    book.active["E2"].number_format = "d-mmm"
    result = read_items(saved(book))
    assert [f.message[:5] for f in result.faults] == ["Ô B2 ", "Ô E2 "]
    assert codes(result) == [(2, "number_format")] * 2


@pytest.mark.parametrize(
    ("head", "code", "message"),
    [
        (("Câu hỏi", "A", "B"), "missing_columns", "Bảng thiếu cột: “Đáp án”."),
        (("A", "B", "Đáp án"), "missing_columns", "Bảng thiếu cột: “Nội dung câu hỏi”."),
        (("Câu hỏi", "Đáp án"), "missing_columns", "Bảng thiếu cột: “A, B (phương án)”."),
        (
            ("Câu hỏi", "A", "B", "Đáp án", "Đáp án"),
            "twin_columns",
            "Có hai cột cùng ý nghĩa: “Đáp án”.",
        ),
    ],
)
def test_headers_that_lack_or_double_a_column(head: tuple, code: str, message: str) -> None:
    (fault,) = read(("Một?", "x", "y", "A", "A"), head=head).faults
    assert (fault.place, fault.code, fault.message) == ("Trang “Câu hỏi”, dòng 1", code, message)


def test_workbooks_without_items_are_refused() -> None:
    assert codes(read_items(saved(Workbook()))) == [(0, "no_header")]
    assert codes(read(("Họ tên", "Đơn vị"), head=["DANH SÁCH"])) == [(0, "no_header")]
    (fault,) = read_items(saved(item_book()), name="cau-hoi.xlsx").faults
    assert str(fault) == (
        "Tệp cau-hoi.xlsx: Tệp chưa có câu hỏi nào. Điền câu hỏi vào các dòng dưới dòng tiêu đề."
    )


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_reader, "MOST_ROWS", 3)
    rows = [(f"Câu hỏi {n} là gì?", *PLAIN[1:]) for n in range(5)]
    assert [f.message for f in read(*rows).faults] == ["Tệp có hơn 3 dòng câu hỏi."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"khong phai excel", "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "workbook_damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password_protected",
        ),
    ],
)
def test_unreadable_files_become_one_fault(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "de-thi.xlsx"
    path.write_bytes(content)
    result = read_items(path)
    assert result.unreadable
    assert [(f.place, f.code) for f in result.faults] == [("Tệp de-thi.xlsx", code)]
    assert result.faults[0].hint
