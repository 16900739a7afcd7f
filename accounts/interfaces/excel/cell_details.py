"""What calamine does not tell about cells: error values, unread formulas, number formats.

Slow (openpyxl walks the sheet), so asked only for sheets where it matters.
"""

import io
import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell

from accounts.interfaces.excel.opening import Opened
from accounts.interfaces.excel.refusals import WorkbookDamaged

# What openpyxl is known to raise on parts that calamine could still read.
OPENPYXL_STUMBLES: tuple[type[Exception], ...] = (
    ArithmeticError, AttributeError, BadZipFile, LookupError, OSError,
    SyntaxError, TypeError, ValueError,
)  # fmt: skip

Place = tuple[int, int]  # row and column, from 1

_PERCENT = re.compile(r"0(?:\.(0+))?%")
_GROUPED = re.compile(r"#,##0(?:\.(0+))?")
_FIXED = re.compile(r"0\.(0+)")
_PLAIN = ("General", "0", "@", "")


@dataclass(frozen=True)
class CellDetails:
    """`errors`: “#REF!” by place, "" for a formula without a stored value. `formats` by place."""

    errors: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)


def read_details(opened: Opened, sheet_name: str) -> CellDetails:
    """The details of one sheet; empty ones for the old .xls format, which tells none."""
    if opened.legacy:
        return CellDetails()
    errors, formats, valued = {}, {}, set()
    for place, cell in _cells(opened.data, sheet_name, values=True):
        valued.add(place)
        if cell.data_type == "e":
            errors[place] = str(cell.value)
        elif cell.data_type in ("n", "d"):
            formats[place] = cell.number_format
    if opened.formulas:
        for place, cell in _cells(opened.data, sheet_name, values=False):
            if cell.data_type == "f" and place not in valued:
                errors[place] = ""
    return CellDetails(errors, formats)


def _cells(data: bytes, sheet_name: str, *, values: bool) -> Iterator[tuple[Place, ReadOnlyCell]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts nobody asked for
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
        for row in workbook[sheet_name].iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield (cell.row, cell.column), cell
    except OPENPYXL_STUMBLES as broken:
        raise WorkbookDamaged from broken


def shown_value(value: Any, number_format: str = "General") -> str | None:
    """A value that is no text, as the person sees it on a Vietnamese screen.

    None when the format does more than this function knows: then nobody should guess.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _shown_number(value, number_format)
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%H:%M %d/%m/%Y}" if _is_whole_date(number_format) else None
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if _is_whole_date(number_format) else None
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return None


def _shown_number(value: float, number_format: str) -> str | None:
    if not math.isfinite(value):
        return None
    if number_format in _PLAIN:
        return f"{int(value)}" if value == int(value) else f"{value:.10g}".replace(".", ",")
    if match := _PERCENT.fullmatch(number_format):
        return _vietnamese(Decimal(str(value)) * 100, match[1]) + "%"
    if match := _GROUPED.fullmatch(number_format) or _FIXED.fullmatch(number_format):
        grouped = number_format.startswith("#")
        return _vietnamese(Decimal(str(value)), match[1], grouped=grouped)
    return None


def _vietnamese(value: Decimal, decimals: str | None, *, grouped: bool = False) -> str:
    """1234.5 → “1.234,5”."""
    text = f"{value:{',' if grouped else ''}.{len(decimals or '')}f}"
    return text.translate(str.maketrans(",.", ".,"))


def _is_whole_date(number_format: str) -> bool:
    """“dd/mm/yyyy” is; “d-mmm”, into which Excel turns a typed “1-3”, is not."""
    letters = number_format.lower()
    return number_format in _PLAIN or all(part in letters for part in "dmy")
