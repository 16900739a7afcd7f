"""Cells that can't be read for what they are: errors, formulas nobody calculated, merged cells."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from accounts.errors import Fault
from accounts.interfaces.excel.cell_details import Place
from accounts.interfaces.excel.opening import Sheet
from quiz.interfaces.excel.items_faults import row_fault


def cell_name(row: int, column: int) -> str:
    """(14, 3) → “C14”."""
    return f"{get_column_letter(column)}{row}"


class SheetFlaws:
    """The flaws of one sheet, in the columns that are read (`mapped`, from 1).

    `rows` are those that need a closer look.
    """

    def __init__(self, sheet: Sheet, mapped: Collection[int], errors: Mapping[Place, str]) -> None:
        self._sheet = sheet
        self._errors: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), text in sorted(errors.items()):
            if column in mapped:
                self._errors[row].append((column, text))
        self._merged = [
            (top, bottom, f"{cell_name(top, left)}:{cell_name(bottom, right)}")
            for top, left, bottom, right in sheet.merged
            if any(left <= column <= right for column in mapped)
        ]
        self._merged_row = {top: name for top, bottom, name in self._merged if top == bottom}
        self.rows = self._errors.keys() | self._merged_row.keys()

    def errors_of(self, row: int) -> list[tuple[int, Fault]]:
        """(column, fault) of each cell of the row that shows an error."""
        return [(c, self._fault(row, c, text)) for c, text in self._errors.get(row, ())]

    def merged_in(self, row: int) -> str:
        """The range that is merged within a row, or ""."""
        return self._merged_row.get(row, "")

    def beyond_rows(self, first: int) -> Iterator[Fault]:
        """What no single row from `first` on tells.

        Ranges merged over several rows, and formulas below the last row with a value.
        """
        for top, bottom, name in self._merged:
            if top < bottom and bottom >= first:
                yield row_fault("merged_cells", self._sheet.name, max(top, first), name)
        below = self._sheet.first_row + len(self._sheet.rows)
        for row in self._errors:
            if row >= below:
                yield from (fault for _column, fault in self.errors_of(row))

    def _fault(self, row: int, column: int, text: str) -> Fault:
        cell = cell_name(row, column)
        if not text:
            return row_fault("formula_unread", self._sheet.name, row, cell)
        what = _("%(cell)s đang báo lỗi %(error)s") % {"cell": cell, "error": text}
        return row_fault("error_value", self._sheet.name, row, what)
