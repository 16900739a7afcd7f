"""Lists in workbooks: find the header by its words, give each row's cells by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults
from accounts.interfaces.excel.opening import Sheet, Source, open_workbook
from accounts.text import fold, nfc

HEADER_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column by the words people put above it; `title` is the one shown in faults."""

    name: str
    title: str
    words: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class TableRow:
    """One row's texts by column name, "" where there is none; `place` says where it stands."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        return _("Trang “%(sheet)s”, dòng %(row)s") % {"sheet": self.sheet, "row": self.row}


def read_table(source: Source, columns: Sequence[Column]) -> list[TableRow]:
    """The rows below the first header that names all required columns; empty rows are left out.

    Raises Faults when no visible sheet has such a header, or no row stands below it, and the
    refusals of `open_workbook`.
    """
    for sheet in open_workbook(source).sheets:
        if sheet.hidden:
            continue
        for index, cells in enumerate(sheet.rows[:HEADER_ROWS]):
            found = _columns_at(cells, columns)
            if all(column.name in found for column in columns if column.required):
                return _rows_below(sheet, index, found)
    raise Faults([_no_header(columns)])


def _columns_at(cells: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; of two that could be meant, the one with the earlier word."""
    heads = [fold(text_of(cell)).strip(" :*.") for cell in cells]
    found = {}
    for column in columns:
        known = [word for word in column.words if word in heads]
        if known:
            found[column.name] = heads.index(known[0])
    return found


def _rows_below(sheet: Sheet, header: int, found: Mapping[str, int]) -> list[TableRow]:
    rows = []
    for index, cells in enumerate(sheet.rows[header + 1 :], start=header + 1):
        texts = {name: text_of(cells[at]) if at < len(cells) else "" for name, at in found.items()}
        if any(texts.values()):
            rows.append(TableRow(sheet.name, sheet.first_row + index, texts))
    if not rows:
        place = _("Trang “%(sheet)s”") % {"sheet": sheet.name}
        message = _("Dưới dòng tiêu đề chưa có dòng nào.")
        raise Faults([Fault(place, "no_rows", message, _("Điền danh sách rồi tải lên lại."))])
    return rows


def _no_header(columns: Sequence[Column]) -> Fault:
    titles = ", ".join(column.title for column in columns if column.required)
    return Fault(
        _("Cả tệp"),
        "no_header",
        _("Không thấy dòng tiêu đề có các cột: %(titles)s.") % {"titles": titles},
        _("Ghi tên cột ở một trong 20 dòng đầu của trang, mỗi ô một tên."),
    )


def text_of(cell: Any) -> str:
    """The cell as a person reads it: 47.0 → “47”, a date → “05/09/1990”."""
    if isinstance(cell, datetime | date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return nfc(str(cell)) if cell is not None else ""
