"""The workbook people download to write items in: instructions, lists to choose from, one example.

Column names and the words of the lists are what the reader knows, so they stay Vietnamese whatever
the language of the page; the instructions are translated.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from quiz.interfaces.excel.cells import TEXT_FORMAT, write_text
from quiz.interfaces.excel.items_reader import GUIDE_SHEET
from quiz.interfaces.excel.items_rows import EXAMPLE_MARK

ITEM_SHEET = "Câu hỏi"
LAST_ROW = 5001  # down to here the lists can be chosen from

KIND_WORDS = ("Một đáp án", "Nhiều đáp án", "Đúng/Sai")
LEVEL_WORDS = ("Nhận biết", "Thông hiểu", "Vận dụng")
ORDER_WORDS = ("Có", "Không")

_HEAD = PatternFill("solid", fgColor="1F4E79")
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_EXAMPLE_FILL = PatternFill("solid", fgColor="EDEDED")
_EXAMPLE_FONT = Font(italic=True, color="595959")
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
_THIN = Border(*[Side(style="thin", color="BFBFBF")] * 4)


@dataclass(frozen=True)
class Column:
    """`example` goes into the example row, `words` are the list to choose from."""

    name: str
    width: int
    example: str = ""
    words: Sequence[str] = ()
    number_format: str = TEXT_FORMAT


COLUMNS = (
    Column("Nội dung câu hỏi", 60, f"{EXAMPLE_MARK}: Một tuần có mấy ngày?"),
    Column("A", 26, "5 ngày"),
    Column("B", 26, "6 ngày"),
    Column("C", 26, "7 ngày"),
    Column("D", 26, "8 ngày"),
    Column("E", 16),
    Column("F", 16),
    Column("Đáp án", 10, "C"),
    Column("Loại câu", 16, "Một đáp án", KIND_WORDS),
    Column("Chủ đề", 24, "Chủ đề ví dụ"),
    Column("Mức độ", 14, "Nhận biết", LEVEL_WORDS),
    Column("Giữ thứ tự", 12, "Không", ORDER_WORDS),
    Column("Giải thích", 40, "Một tuần có bảy ngày."),
    Column("Căn cứ", 34),
    Column("Ngày kiểm tra", 15, number_format="dd/mm/yyyy"),
    Column("Người kiểm tra", 22),
    Column("Nhãn", 24),
)


def write_template(file: str | os.PathLike[str] | BinaryIO) -> None:
    """Write the template to a path or an open file."""
    workbook = Workbook()
    _write_guide(workbook.active)
    _write_items(workbook.create_sheet(ITEM_SHEET))
    workbook.active = 1
    workbook[GUIDE_SHEET].sheet_view.tabSelected = False
    workbook.save(file)


def style_head(cell: Cell) -> Cell:
    """A cell of the head of an item table, here and in exports."""
    cell.font, cell.fill, cell.alignment, cell.border = _HEAD_FONT, _HEAD, _CENTRED, _THIN
    return cell


def _write_items(sheet: Worksheet) -> None:
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.number_format = column.number_format
        dimension.alignment = _WRAP
        style_head(write_text(sheet.cell(1, number), column.name))
        example = sheet.cell(2, number)
        if column.example:
            write_text(example, column.example)
        example.font, example.fill, example.alignment = _EXAMPLE_FONT, _EXAMPLE_FILL, _WRAP
        if column.words:
            _add_list(sheet, letter, column)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _add_list(sheet: Worksheet, letter: str, column: Column) -> None:
    """Words to choose from; others are refused at once, by Excel itself."""
    words = ", ".join(f"“{word}”" for word in column.words)
    rule = DataValidation(
        type="list",
        formula1=f'"{",".join(column.words)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=column.name,
        error=_("Chọn một trong: %s, hoặc để trống.") % words,
    )
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _write_guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE_SHEET
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    sheet.sheet_view.showGridLines = False
    write_text(sheet["A1"], _("Nhập câu hỏi từ tệp Excel")).font = Font(bold=True, size=16)
    row = 3
    for number, step in enumerate(_steps(), 1):
        write_text(sheet.cell(row, 1), _("Bước %d") % number).font = Font(bold=True)
        write_text(sheet.cell(row, 2), step).alignment = _WRAP
        row += 1
    row += 1
    for column, text in enumerate((_("Cột"), _("Cách ghi")), 1):
        head = write_text(sheet.cell(row, column), text)
        head.font, head.fill, head.border = _HEAD_FONT, _HEAD, _THIN
    for name, text in _column_guide():
        row += 1
        write_text(sheet.cell(row, 1), name).font = Font(bold=True)
        write_text(sheet.cell(row, 2), text)
        for cell in sheet[row]:
            cell.alignment, cell.border = _WRAP, _THIN


def _steps() -> list[str]:
    return [
        _("Mở trang “%s”. Mỗi dòng là một câu hỏi; xoá dòng ví dụ màu xám.") % ITEM_SHEET,
        _("Không gộp ô, không ẩn trang. Có thể xoá các cột không dùng, trừ cột bắt buộc."),
        _("Tải tệp lên trang “Nhập câu hỏi”. Hệ thống kiểm tra toàn bộ tệp trước khi lưu."),
        _(
            "Nếu có lỗi, chưa câu nào được lưu: tải bản ghi chú lỗi, sửa ngay trong bản đó "
            "rồi tải lên lại."
        ),
        _("Câu hỏi nhập vào ở trạng thái chờ duyệt và phải do người khác duyệt."),
    ]


def _column_guide() -> list[tuple[str, str]]:
    return [
        ("Nội dung câu hỏi", _("Bắt buộc. Không cần ghi “Câu 1”, “Câu 2”.")),
        ("A, B, C, D, E, F", _("Bắt buộc từ hai phương án, ghi liền nhau từ cột A.")),
        ("Đáp án", _("Bắt buộc. Chữ cái của phương án đúng: “B”; nhiều đáp án: “A, C”.")),
        (
            "Loại câu",
            _("Để trống thì suy từ đáp án. Câu “Đúng/Sai” có thể bỏ trống các phương án."),
        ),
        ("Chủ đề", _("Tên chủ đề trong ngân hàng; chủ đề chưa có sẽ được tạo.")),
        ("Mức độ", ", ".join(LEVEL_WORDS) + "."),
        (
            "Giữ thứ tự",
            _("“Có” nếu không được đảo phương án, ví dụ có “Cả A, B, C đều đúng”."),
        ),
        ("Giải thích", _("Vì sao đáp án đúng; người dự thi thấy khi thể lệ cho phép.")),
        (
            "Căn cứ",
            _("Số, ký hiệu văn bản, dấu phẩy, điều khoản; nhiều văn bản cách nhau dấu “;”."),
        ),
        ("Ngày kiểm tra", _("Ngày đã kiểm tra hiệu lực văn bản, dạng ngày/tháng/năm.")),
        ("Người kiểm tra", _("Người đã kiểm tra.")),
        ("Nhãn", _("Từ dùng để tìm và lọc, ngăn bằng dấu phẩy.")),
    ]
