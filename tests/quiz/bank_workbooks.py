"""Workbooks as people upload them: sound ones, and everything that is wrong with the others."""

from collections.abc import Callable

from openpyxl import Workbook

from tests.quiz.interfaces.excel.item_workbooks import FULL_HEAD, item_book, saved

HEAD = (*FULL_HEAD[:6], "Chủ đề", "Căn cứ")


def sound_row(number: int, key: str = "B") -> list[str]:
    options = [f"Phương án {word} của {number}" for word in ("một", "hai", "ba", "bốn")]
    stem = f"Nội dung của câu hỏi thứ {number} là gì?"
    return [stem, *options, key, "Một cửa", "NĐ 118/2025/NĐ-CP, Điều 1"]


def sound_book(count: int, first: int = 1) -> bytes:
    return saved(item_book(*(sound_row(n) for n in range(first, first + count)), head=HEAD))


def _changed(change: Callable[[Workbook], None]) -> bytes:
    book = item_book(sound_row(1), sound_row(2), head=HEAD)
    change(book)
    return saved(book)


def _merged(book: Workbook) -> None:
    book.active.merge_cells("G2:G3")


def _hidden(book: Workbook) -> None:
    copy = book.copy_worksheet(book.active)
    copy.title, copy.sheet_state = "Ẩn", "hidden"


def _set(cell: str, value: str | None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.active[cell] = value

    return change


def _twins(book: Workbook) -> None:
    book.active.append(sound_row(1))


# Sound, and the second row's key gives itself away.
LONG_KEY = _changed(_set("C3", f"Phương án {'rất ' * 20}dài"))
_PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
UNREADABLE = {
    "not_a_workbook": b"khong phai excel",
    "workbook_damaged": b"PK\x03\x04" + bytes(100),
    "password_protected": _PASSWORD,
    "workbook_too_large": b"PK\x03\x04" + bytes(21 * 1024**2),
}
# Code of the fault → the workbook, in whose other row there is nothing wrong.
FAULTY = {
    "merged_cells": _changed(_merged),
    "hidden_sheet": _changed(_hidden),
    "no_key": _changed(_set("F3", None)),
    "key_outside": _changed(_set("F3", "G")),
    "key_unreadable": _changed(_set("F3", "??")),
    "no_stem": _changed(_set("A3", None)),
    "empty_option": _changed(_set("C3", None)),
    "citation_too_long": _changed(_set("H3", f"NĐ 118/2025/NĐ-CP, {'Điều 1 ' * 80}")),
    "duplicate_in_file": _changed(_twins),
    "missing_columns": saved(item_book(["Hỏi gì?", "B"], head=("Câu hỏi", "Đáp án"))),
    "no_header": saved(Workbook()),
    "no_items": saved(item_book(head=HEAD)),
}
