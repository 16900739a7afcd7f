"""Long tables written as fast as openpyxl can: cells are styled once a column, not once a row.

openpyxl's write-only sheet takes a styled cell by way of an exception and hashes its style anew for
each one; a million rows of a full export would take half as long again. Here a column keeps one
cell with its style's number and only the value changes, which is safe because a write-only sheet
writes a row out before `append` returns.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet


class StreamedSheet(WriteOnlyWorksheet):
    """A write-only sheet whose rows are cells already; None leaves a cell out."""

    def _values_to_row(self, values: Sequence[Cell | None], row_idx: int) -> Iterator[Cell]:
        for place, cell in enumerate(values, start=1):
            if cell is not None:
                cell.column, cell.row = place, row_idx
                yield cell


def add_streamed_sheet(book: Workbook, title: str) -> StreamedSheet:
    """A new sheet at the end of a write-only workbook."""
    sheet = StreamedSheet(book, title)
    book._add_sheet(sheet)  # noqa: SLF001 - create_sheet makes openpyxl's own class only
    return sheet


class KeptCell(Cell):
    """A cell that keeps its place in the row and its style; `put` changes the value."""

    __slots__ = ("kept_style", "letter", "parted_style", "style_now")
    has_style = True
    hyperlink = None

    @classmethod
    def like(cls, model: WriteOnlyCell, place: int) -> "KeptCell":
        """As the styled `model`, for column `place` (from 1)."""
        made = cls(model.parent)
        made.kept_style = made.parted_style = made.style_now = model.style_id
        made.letter = get_column_letter(place)
        return made

    @property
    def style_id(self) -> int:
        return self.style_now

    @property
    def coordinate(self) -> str:
        return f"{self.letter}{self.row}"

    def put_text(self, value: str) -> None:
        """A text, also where it looks like a formula or a number."""
        self._value, self.data_type = value, "s" if value else "n"

    def put(self, value: Any) -> None:
        """A number, a day, a moment (without a zone) or nothing; decimals in `parted_style`."""
        self._value = value
        self.data_type = "d" if isinstance(value, date) else "n"
        if isinstance(value, Decimal):
            self.style_now = self.parted_style if value % 1 else self.kept_style
