"""Cells that stay what they are: text is text, even when it begins with “=”."""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell

TEXT_FORMAT = "@"
LONGEST_TEXT = 32_767  # Excel's own limit per cell


def clean_text(value: Any) -> str:
    """What a cell can hold of a text: no control characters, Excel's length at the most."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_TEXT]


def write_text(cell: Cell, value: Any) -> Cell:
    """Put a text into a cell and keep it text: no formula, no number, no lost leading zero.

    `quotePrefix` is what Excel itself stores for a typed apostrophe: the text stays text when
    somebody edits the cell later.
    """
    cell.value = clean_text(value)
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.quotePrefix = True
    return cell


def text_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """The same for a write-only sheet: a cell to `append` with others."""
    return write_text(WriteOnlyCell(sheet), value)
