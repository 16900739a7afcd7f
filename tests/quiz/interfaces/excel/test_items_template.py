"""The template and what becomes of it when it comes back filled in."""

import io
from datetime import date

from openpyxl import Workbook, load_workbook

from quiz.drafts import ItemDraft
from quiz.interfaces.excel.items_reader import read_items
from quiz.interfaces.excel.items_template import COLUMNS, write_template
from quiz.interfaces.excel.items_values import read_kind, read_level, read_yes_or_no
from tests.quiz.interfaces.excel.item_workbooks import codes, saved


def template() -> Workbook:
    out = io.BytesIO()
    write_template(out)
    return load_workbook(out)


def test_template_alone_holds_no_item() -> None:
    result = read_items(saved(template()))
    assert (codes(result), result.notices) == ([(0, "no_items")], ())


def test_filled_template_is_read_in_every_column() -> None:
    book = template()
    values = (
        "Hai?", "b1", "b2", "b3", "b4", "b5", "b6", "B, F", "Nhiều đáp án", "Lịch",
        "Vận dụng", "Có", "Vì sao", "Số 1, Điều 2; Số 2, Điều 3", date(2026, 9, 5), "Người soát",
        "một cửa; khó",
    )  # fmt: skip
    book["Câu hỏi"].append(values)
    result = read_items(saved(book))
    assert (result.faults, result.notices) == ((), ())
    assert result.drafts == (
        ItemDraft(
            kind="multiple",
            stem="Hai?",
            options=("b1", "b2", "b3", "b4", "b5", "b6"),
            key=frozenset({1, 5}),
            fixed_order=True,
            topic="Lịch",
            level="van_dung",
            rationale="Vì sao",
            citation="Số 1, Điều 2; Số 2, Điều 3",
            checked_on=date(2026, 9, 5),
            checked_by="Người soát",
            tags=("một cửa", "khó"),
            sheet="Câu hỏi",
            row=3,
        ),
    )


def test_lists_offer_only_what_the_reader_knows() -> None:
    rules = {
        rule.formula1: str(rule.sqref)
        for rule in template()["Câu hỏi"].data_validations.dataValidation
    }
    assert rules == {
        '"Một đáp án,Nhiều đáp án,Đúng/Sai"': "I2:I5001",
        '"Nhận biết,Thông hiểu,Vận dụng"': "K2:K5001",
        '"Có,Không"': "L2:L5001",
    }
    words = {column.name: column.words for column in COLUMNS}
    assert [read_kind(w) for w in words["Loại câu"]] == ["single", "multiple", "true_false"]
    assert [read_level(w) for w in words["Mức độ"]] == [
        ("nhan_biet", False),
        ("thong_hieu", False),
        ("van_dung", False),
    ]
    assert [read_yes_or_no(w) for w in words["Giữ thứ tự"]] == [True, False]


def test_item_sheet_opens_first_with_its_header_frozen() -> None:
    book = template()
    assert (book.sheetnames, book.active.title) == (["Hướng dẫn", "Câu hỏi"], "Câu hỏi")
    sheet = book["Câu hỏi"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]
    assert {sheet.column_dimensions[letter].number_format for letter in "ABHN"} == {"@"}
