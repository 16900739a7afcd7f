"""What every workbook of an office shares: type, borders, print set-up, the head of the page.

Write-only openpyxl: rows go out as they come, so memory does not grow with them.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from quiz.interfaces.excel.cells import text_cell
from quiz.interfaces.excel.page_codes import PageCode, QrPicture, place_code
from quiz.interfaces.excel.streamed import add_streamed_sheet

FACE = "Times New Roman"
BODY = Font(name=FACE, size=13)
BOLD = Font(name=FACE, size=13, bold=True)
TITLE = Font(name=FACE, size=14, bold=True)
ITALIC = Font(name=FACE, size=13, italic=True)
SMALL = Font(name=FACE, size=10, italic=True)
_LINE = Side(style="thin")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL = PatternFill("solid", fgColor="E3F0F1")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
THOUSANDS = "#,##0"
LINE_POINTS = 17.0
MOST_FITTED = 5_000  # heights are kept until the end; a longer table is not for the printer
LETTERS = 0.9  # of 13 points Times New Roman to a unit of width, with words that don't break
MM = 1 / 25.4  # openpyxl's margins are inches
A4_SHORT, A4_LONG = 210, 297
LEFT_MM, RIGHT_MM = 30, 15


class OfficeSheet:
    """One sheet of a write-only workbook, set up for A4 after Decree 30/2020.

    Margins: left 30, right 15, top and bottom 20 mm. `widths` in characters, one per column;
    texts stay texts and numbers numbers.
    """

    def __init__(
        self, book: Workbook, title: str, widths: Sequence[float], *, landscape: bool = True
    ) -> None:
        self.rows = 0
        self.page_code: PageCode | None = None  # given before the table's head is written
        self.room_mm = (A4_LONG if landscape else A4_SHORT) - LEFT_MM - RIGHT_MM
        self.widths, self.width = widths, len(widths)
        self.sheet = sheet = add_streamed_sheet(book, title[:31])
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(
            left=LEFT_MM * MM, right=RIGHT_MM * MM, top=20 * MM, bottom=20 * MM
        )
        sheet.oddFooter.right.text = "&P/&N"

    def cell(
        self,
        value: Any,
        *,
        font: Font = BODY,
        align: Alignment | None = None,
        grid: bool = False,
    ) -> Cell:
        """A styled cell: texts to the left, numbers to the right with thousands parted."""
        is_text = isinstance(value, str)
        made = text_cell(self.sheet, value) if is_text else WriteOnlyCell(self.sheet, value)
        made.font = font
        made.alignment = align or (LEFT if is_text else RIGHT)
        if grid:
            made.border = GRID
        if isinstance(value, int):
            made.number_format = THOUSANDS
        elif isinstance(value, Decimal):
            made.number_format = "#,##0.#####" if value % 1 else THOUSANDS
        return made

    def fit(self, texts: Iterable[tuple[str, float]]) -> None:
        """Make the next row as high as its longest text needs in its column's width.

        Spreadsheets other than Excel don't do it by themselves when they open a file.
        """
        lines = max((ceil(len(text) / (width * LETTERS)) for text, width in texts), default=1)
        if lines > 1 and self.rows < MOST_FITTED:
            self.sheet.row_dimensions[self.rows + 1].height = lines * LINE_POINTS

    def append(self, cells: Sequence[Cell | None]) -> None:
        self.sheet.append(cells)
        self.rows += 1

    def line(self, text: str, *, font: Font = BODY, align: Alignment = CENTRE) -> None:
        """One text across the whole table."""
        self.append([self.cell(text, font=font, align=align)])
        last = get_column_letter(self.width)
        self.sheet.merged_cells.add(f"A{self.rows}:{last}{self.rows}")

    def halves(self, left: str, right: str, *, font: Font = BODY) -> None:
        """Two texts side by side, as the head of an official paper has them."""
        middle = self.width // 2
        row: list[Cell | None] = [None] * self.width
        row[0] = self.cell(left, font=font, align=CENTRE)
        row[middle] = self.cell(right, font=font, align=CENTRE)
        self.append(row)
        for first, last in ((1, middle), (middle + 1, self.width)):
            span = f"{get_column_letter(first)}{self.rows}:{get_column_letter(last)}{self.rows}"
            self.sheet.merged_cells.add(span)

    def header(self, labels: Sequence[str]) -> None:
        """The table's head, and the page's code above it, repeated on every printed page."""
        first = self.rows + 1
        if self.page_code:
            self._write_code(self.page_code)
        made = [self.cell(label, font=BOLD, align=CENTRE, grid=True) for label in labels]
        self.fit(zip(labels, self.widths, strict=False))
        for each in made:
            each.fill = HEAD_FILL
        self.append(made)
        self.sheet.print_title_rows = f"{first}:{self.rows}"

    def _write_code(self, code: PageCode) -> None:
        place = place_code(self.widths, room_mm=self.room_mm)
        self.sheet.add_image(QrPicture(code.link, place, row=self.rows + 1))
        self.sheet.row_dimensions[self.rows + 1].height = place.points
        self.append([self.cell(code.words, font=SMALL, align=LEFT)])
        if place.column > 1:
            last = get_column_letter(place.column)
            self.sheet.merged_cells.add(f"A{self.rows}:{last}{self.rows}")

    def row(self, values: Sequence[Any], *, font: Font = BODY) -> None:
        """One row of the table."""
        texts = zip(values, self.widths, strict=False)
        self.fit((value, width) for value, width in texts if isinstance(value, str))
        self.append([self.cell(value, font=font, grid=True) for value in values])

    def blank(self) -> None:
        self.append([])
