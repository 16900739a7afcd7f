"""Item workbooks made for tests."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from quiz.interfaces.excel.items_reader import ReadItems, read_items

HEAD = ("Nội dung câu hỏi", "A", "B", "C", "D", "Đáp án")
FULL_HEAD = (
    *HEAD, "Loại câu", "Chủ đề", "Mức độ", "Giữ thứ tự", "Giải thích", "Căn cứ",
    "Ngày kiểm tra", "Người kiểm tra", "Nhãn",
)  # fmt: skip
PLAIN = ("Một tuần có mấy ngày?", "Năm ngày", "Sáu ngày", "Bảy ngày", "Tám ngày", "C")


def item_book(*rows: Sequence[Any], head: Sequence[Any] = HEAD) -> Workbook:
    """A workbook with the sheet “Câu hỏi”: the head in row 1, items from row 2 on."""
    book = Workbook()
    book.active.title = "Câu hỏi"
    fill(book.active, head, *rows)
    return book


def fill(sheet: Worksheet, *rows: Sequence[Any]) -> None:
    """Append rows as they are: a text that begins with “=” is a formula."""
    for row in rows:
        sheet.append(list(row))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: Sequence[Any], head: Sequence[Any] = HEAD, **known: Mapping) -> ReadItems:
    return read_items(saved(item_book(*rows, head=head)), **known)


def codes(result: ReadItems) -> list[tuple[int, str]]:
    """(row, code) of every fault."""
    return [(fault.row, fault.code) for fault in result.faults]


def notes(result: ReadItems) -> list[tuple[str, tuple[int, ...]]]:
    """(code, rows) of every notice."""
    return [(notice.code, notice.rows) for notice in result.notices]
