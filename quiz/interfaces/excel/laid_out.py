"""A table of a workbook as a body's layout wants it: its columns, headings, totals, signatures.

    table = LaidTable(book, layout, VALUES, name=_("Theo đơn vị"))
    table.head(about)
    written = table.write(rows)
    table.total(...)
    table.sign()

`VALUES` gives under each column's code the function from a row to its value. Memory does not grow
with the rows.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from quiz.domain.paper_layouts import LaidColumn, Layout
from quiz.interfaces.excel.cells import TEXT_FORMAT, clean_text
from quiz.interfaces.excel.sheets import (
    BODY,
    BOLD,
    GRID,
    ITALIC,
    LEFT,
    RIGHT,
    SMALL,
    THOUSANDS,
    TITLE,
    OfficeSheet,
)
from quiz.interfaces.excel.streamed import KeptCell

Row = TypeVar("Row")
Values = Mapping[str, Callable[[Row], Any]]
MOMENT = "dd/mm/yyyy hh:mm:ss"
PARTED = "#,##0.#####"
FEWEST_FOR_HALVES = 4  # a narrower table has no room for two columns of signatures


class LaidTable(Generic[Row]):
    """One sheet. The column “number” counts the rows by itself; others come from `values`.

    `wraps`: long texts make their row higher; a table nobody prints does without.
    """

    def __init__(
        self,
        book: Workbook,
        layout: Layout,
        values: Values[Row],
        *,
        name: str,
        landscape: bool = True,
        wraps: bool = True,
    ) -> None:
        self.layout, self.written, self.wraps = layout, 0, wraps
        widths = [column.column.width for column in layout.columns]
        self.sheet = OfficeSheet(book, name, widths, landscape=landscape)
        self._cells = [self._kept(each, n) for n, each in enumerate(layout.columns, start=1)]
        self._values = [None if c.code == "number" else values[c.code] for c in layout.columns]
        self._sums = {c.code: 0 for c in layout.columns if c.column.summed}

    def head(self, *lines: str) -> None:
        """The title, lines below it in italics, and the headings of the columns."""
        self.sheet.line(self.layout.title, font=TITLE)
        for text in lines:
            self.sheet.line(text, font=ITALIC)
        self.sheet.blank()
        self.headings()

    def headings(self) -> None:
        self.sheet.header(self.layout.headings)

    def write(self, rows: Iterable[Row]) -> int:
        """Add rows; the number of rows in the table so far."""
        pairs = list(zip(self.layout.columns, self._cells, self._values, strict=True))
        for row in rows:
            self.written += 1
            for laid, cell, value_of in pairs:
                value = self.written if value_of is None else value_of(row)
                if isinstance(value, str):
                    cell.put_text(clean_text(value))
                else:
                    cell.put(value)
                    if laid.column.summed and value is not None:
                        self._sums[laid.code] += value
            if self.wraps:
                self.sheet.fit(
                    (cell.value, laid.column.width)
                    for laid, cell, _value_of in pairs
                    if cell.data_type == "s"
                )
            self.sheet.append(self._cells)
        return self.written

    def told(self, rows: Iterable[Row]) -> list[list[str]]:
        """What `write` would write, as texts: the content of a printed paper's digest."""
        return [
            [self._text(n if value_of is None else value_of(row)) for value_of in self._values]
            for n, row in enumerate(rows, start=1)
        ]

    @staticmethod
    def _text(value: Any) -> str:
        return "" if value is None else clean_text(value)

    def band(self, text: str) -> None:
        """A row across the table that says of whom the rows below it are."""
        texts = [text, *[""] * (self.sheet.width - 1)]
        self.sheet.append([self.sheet.cell(each, font=BOLD, grid=True) for each in texts])
        last = get_column_letter(self.sheet.width)
        self.sheet.sheet.merged_cells.add(f"A{self.sheet.rows}:{last}{self.sheet.rows}")

    def total(self, label: str = "", **known: Any) -> None:
        """The row of totals: sums of the summed columns, or what is `known` of a column."""
        told: dict[str, Any] = {**self._sums, **known}
        texts = [c for c in self.layout.columns if c.code not in told and c.code != "number"]
        said = texts[0].code if texts else ""
        row = [
            label or _("Tổng cộng") if c.code == said else told.get(c.code, "")
            for c in self.layout.columns
        ]
        self.sheet.row(row, font=BOLD)

    def sign(self, note: str = "") -> None:
        """The body's signatures below the table; `note` stands above them in small type."""
        layout, sheet = self.layout, self.sheet
        sheet.blank()
        if note:
            sheet.line(note, font=SMALL)
        if sheet.width < FEWEST_FOR_HALVES:
            sheet.line(layout.signer_title.upper(), font=BOLD)
            sheet.line(layout.signer_name, font=BOLD)
            return
        titles = layout.signer_title.upper().split("\n")
        prepared = layout.preparer_title.upper().split("\n")
        for place in range(max(len(titles), len(prepared))):
            left, right = (part[place] if place < len(part) else "" for part in (prepared, titles))
            sheet.halves(left, right, font=BOLD)
        hint = _("(Ký, ghi rõ họ tên)")
        sheet.halves(hint if layout.preparer_title else "", hint, font=ITALIC)
        if layout.signer_name or layout.preparer_name:
            for _blank in range(3):
                sheet.blank()
            sheet.halves(layout.preparer_name, layout.signer_name, font=BOLD)

    def _kept(self, laid: LaidColumn, place: int) -> KeptCell:
        holds = laid.column.holds
        formats = {"text": TEXT_FORMAT, "number": THOUSANDS, "moment": MOMENT}
        kept = KeptCell.like(self._model(formats[holds], text=holds == "text"), place)
        if holds == "number":
            kept.parted_style = self._model(PARTED, text=False).style_id
        return kept

    def _align(self, *, text: bool) -> Alignment:
        if not text:
            return RIGHT
        return LEFT if self.wraps else Alignment(horizontal="left", vertical="center")

    def _model(self, number_format: str, *, text: bool) -> WriteOnlyCell:
        model = WriteOnlyCell(self.sheet.sheet)
        model.font, model.border, model.alignment = BODY, GRID, self._align(text=text)
        model.number_format, model.quotePrefix = number_format, text
        return model
