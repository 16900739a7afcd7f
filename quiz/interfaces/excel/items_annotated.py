"""A copy of the uploaded workbook that tells every fault beside its row."""

import io
import os
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from accounts.errors import Fault
from accounts.interfaces.excel.cell_details import OPENPYXL_STUMBLES, shown_value
from accounts.interfaces.excel.opening import Opened, Sheet, Source, open_workbook
from quiz.interfaces.excel.cells import write_text
from quiz.interfaces.excel.items_headers import FAULT_COLUMN, find_header
from quiz.interfaces.excel.items_notices import Notice
from quiz.interfaces.excel.items_reader import SUMMARY_SHEET

_FAULT_TINT = "FFFFE0E0"
_NOTICE_TINT = "FFFFF6D6"
_FAULT_FILL = PatternFill("solid", fgColor=_FAULT_TINT)
_NOTICE_FILL = PatternFill("solid", fgColor=_NOTICE_TINT)
_HEAD_FILL = PatternFill("solid", fgColor="FFC00000")
_FAULT_FONT = Font(color="FFC00000")
_HEAD_FONT = Font(bold=True, color="FFFFFFFF")
_LINK_FONT = Font(underline="single", color="FF0563C1")
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_annotated(
    source: Source,
    faults: Sequence[Fault],
    notices: Sequence[Notice],
    file: str | os.PathLike[str] | BinaryIO,
) -> None:
    """Write the copy to a path or an open file.

    The person's cells and their look stay; added are the column “Lỗi cần sửa”, a tint on the rows
    it speaks of and the first sheet “Tổng hợp lỗi”. The copy can be mended and uploaded again: the
    reader ignores what was added, and the next copy replaces it.

    Raises UnreadableWorkbook for a file that could not be read in the first place.
    """
    opened = open_workbook(source)
    workbook = _copy(opened)
    if SUMMARY_SHEET in workbook.sheetnames:
        del workbook[SUMMARY_SHEET]
    for sheet in opened.sheets:
        if sheet.rows and sheet.name in workbook.sheetnames:
            _annotate(workbook[sheet.name], sheet, faults, notices)
    _write_summary(workbook, faults, notices)
    for sheet in workbook:  # two selected sheets would be edited at once
        sheet.sheet_view.tabSelected = sheet.title == SUMMARY_SHEET
    workbook.active = 0
    workbook.save(file)


def _copy(opened: Opened) -> Workbook:
    """The workbook with its styles, or where openpyxl can't read it, its values as text."""
    if not opened.legacy:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of extensions that are not kept
                return load_workbook(io.BytesIO(opened.data))
        except OPENPYXL_STUMBLES:
            pass  # calamine reads more; the values are what matters
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in opened.sheets:
        copy = workbook.create_sheet(sheet.name)
        copy.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, cells in enumerate(sheet.rows, sheet.first_row):
            for column, value in enumerate(cells, sheet.first_column):
                if value != "":
                    text = value if isinstance(value, str) else shown_value(value) or value
                    write_text(copy.cell(row, column), text)
    return workbook


def _annotate(
    copy: Worksheet, sheet: Sheet, faults: Iterable[Fault], notices: Iterable[Notice]
) -> None:
    """Write the column and tint the rows of one sheet."""
    said: dict[int, list[str]] = defaultdict(list)
    tints: dict[int, PatternFill] = {}
    for fault in faults:
        if fault.sheet == sheet.name and fault.row:
            said[fault.row].append(f"{fault.message} {fault.hint}".strip())
            tints[fault.row] = _FAULT_FILL
    for notice in notices:
        for row in notice.rows if notice.sheet == sheet.name else ():
            said[row].append(_("Lưu ý: %s") % notice.message)
            tints.setdefault(row, _NOTICE_FILL)
    column = _clear_column(copy, sheet)
    if not said:
        return
    header = find_header(sheet.rows)
    head_row = sheet.first_row + header.data_from - 1 if header else min(said) - 1
    if head_row >= 1:
        head = write_text(copy.cell(head_row, column), FAULT_COLUMN)
        head.font, head.fill, head.alignment = _HEAD_FONT, _HEAD_FILL, _WRAP
    copy.column_dimensions[get_column_letter(column)].width = 60
    for row, sentences in said.items():
        for cell in copy[row][sheet.first_column - 1 : column - 1]:
            cell.fill = tints[row]
        cell = write_text(copy.cell(row, column), "\n".join(sentences))
        cell.font, cell.fill, cell.alignment = _FAULT_FONT, tints[row], _WRAP


def _clear_column(copy: Worksheet, sheet: Sheet) -> int:
    """The column to write in; what an earlier copy wrote and tinted is taken away."""
    last = sheet.first_column + len(sheet.rows[0]) - 1
    for place, name in enumerate(zip(*sheet.rows, strict=True), sheet.first_column):
        if FAULT_COLUMN in name:
            _clear(copy, place)
            return place
    return 1 + max([last, *(right for _top, _left, _bottom, right in sheet.merged)])


def _clear(copy: Worksheet, column: int) -> None:
    ours = (_FAULT_TINT, _NOTICE_TINT)
    for row in copy.iter_rows(max_col=column):
        for cell in row:
            if cell.has_style and cell.fill.fgColor.rgb in ours:
                cell.fill = PatternFill()
        if not isinstance(row[-1], MergedCell):
            row[-1].value = None


def _write_summary(workbook: Workbook, faults: Sequence[Fault], notices: Sequence[Notice]) -> None:
    sheet = workbook.create_sheet(SUMMARY_SHEET, 0)
    for letter, width in zip("ABCDE", (6, 24, 10, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    write_text(sheet["A1"], SUMMARY_SHEET).font = Font(bold=True, size=16)
    total = _("Lỗi cần sửa: %(faults)d. Lưu ý: %(notices)d.") % {
        "faults": len(faults),
        "notices": len(notices),
    }
    write_text(sheet["A2"], total)
    write_text(
        sheet["A3"],
        _("Bấm vào số dòng để đến chỗ cần sửa. Sửa xong, lưu tệp này rồi tải lên lại."),
    )
    row = _write_table(
        sheet,
        5,
        (_("STT"), _("Trang"), _("Dòng"), _("Lỗi"), _("Cách sửa")),
        [(f.sheet or f.place, f.row, f.message, f.hint) for f in faults],
    )
    _write_table(
        sheet,
        row + 1,
        (_("STT"), _("Trang"), _("Dòng"), _("Lưu ý"), _("Việc nên làm")),
        [(n.sheet, n.rows[0] if n.rows else 0, n.message, n.hint) for n in notices],
    )


def _write_table(
    sheet: Worksheet,
    row: int,
    names: Sequence[str],
    lines: Sequence[tuple[str, int, str, str]],
) -> int:
    """Head and lines from `row` on; the row after them. Nothing at all where there are none."""
    if not lines:
        return row
    for column, name in enumerate(names, 1):
        head = write_text(sheet.cell(row, column), name)
        head.font, head.fill = _HEAD_FONT, _HEAD_FILL
    for number, (name, place, message, hint) in enumerate(lines, 1):
        row += 1
        sheet.cell(row, 1, number)
        for column, text in ((2, name), (4, message), (5, hint)):
            write_text(sheet.cell(row, column), text).alignment = _WRAP
        if place:
            _link(sheet, row, name, place)
    return row + 1


def _link(sheet: Worksheet, row: int, target: str, target_row: int) -> None:
    cell = sheet.cell(row, 3, target_row)
    quoted = target.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A{target_row}")
    cell.font = _LINK_FONT
