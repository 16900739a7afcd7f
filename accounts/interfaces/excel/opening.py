"""Opening an uploaded workbook without trusting it: bounded in size, in cells and in time.

calamine reads fast but believes the file: a single cell at XFD1048576 makes it ask for 500 GB and
ends the process. So everything is unpacked and measured here first, and calamine is given the
very bytes that were measured.
"""

import io
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from accounts.interfaces.excel.legacy import read_legacy
from accounts.interfaces.excel.refusals import (
    FarCell,
    NotAWorkbook,
    PasswordProtected,
    WorkbookDamaged,
    WorkbookTooLarge,
)
from accounts.interfaces.excel.unpacking import (
    check_cells,
    has_formulas_or_errors,
    repack,
    unpack,
)

Source = str | os.PathLike[str] | bytes | BinaryIO
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Limits:
    """What an upload may cost: bytes as sent, bytes unpacked, parts in the zip, cells per sheet."""

    bytes: int = 20 * 1024 * 1024
    unpacked: int = 100 * 1024 * 1024
    parts: int = 2000
    cells: int = 3_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Sheet:
    """The values of one sheet, "" where a cell is empty (or shows an error).

    `rows[0][0]` stands in row `first_row`, column `first_column` (both from 1). `merged` holds
    (first row, first column, last row, last column) of each merged range, from 1.
    """

    name: str
    hidden: bool
    rows: list[list[Any]]
    first_row: int = 1
    first_column: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Opened:
    """A workbook that was read whole. `formulas` says that some cell has a formula or an error."""

    data: bytes = field(repr=False)
    sheets: tuple[Sheet, ...]
    formulas: bool
    legacy: bool = False


def file_name(source: Source) -> str:
    """The name a person knows the file by, "" if there is none."""
    name = source if isinstance(source, str | os.PathLike) else getattr(source, "name", "")
    return Path(name).name if isinstance(name, str | os.PathLike) else ""


def read_bytes(source: Source, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The whole file, or WorkbookTooLarge before a byte of it was read."""
    if isinstance(source, bytes):
        size, read = len(source), lambda: source
    elif isinstance(source, str | os.PathLike):
        path = Path(source)
        size, read = path.stat().st_size, path.read_bytes
    else:
        size = source.seek(0, os.SEEK_END) or source.tell()
        source.seek(0)
        read = source.read
    if size > limits.bytes:
        raise WorkbookTooLarge.beyond(limits.bytes)
    return read()


def open_workbook(source: Source, *, limits: Limits = DEFAULT_LIMITS) -> Opened:
    """Read all sheets of an .xlsx or .xls file.

    Raises a refusal of `accounts.interfaces.excel.refusals` when it can't be read.
    """
    data = read_bytes(source, limits)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise PasswordProtected
        return Opened(data, _legacy_sheets(data, limits), formulas=False, legacy=True)
    if not data.startswith(_ZIP):
        raise NotAWorkbook
    parts = unpack(data, limits.unpacked, limits.parts)
    check_cells(parts.values(), limits.cells)
    return Opened(data, _sheets(repack(parts), limits), has_formulas_or_errors(parts.values()))


def _sheets(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    with _guarded(CalamineWorkbook.from_filelike, io.BytesIO(data)) as workbook:
        visible = SheetVisibleEnum.Visible
        return tuple(
            _sheet(_guarded(workbook.get_sheet_by_name, meta.name), meta.visible != visible, limits)
            for meta in workbook.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        )


def _legacy_sheets(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    return tuple(
        _placed(sheet["name"], sheet["hidden"], sheet["rows"], sheet["start"], sheet["merged"])
        for sheet in read_legacy(data, limits.cells)
    )


def _sheet(sheet: CalamineSheet, hidden: bool, limits: Limits) -> Sheet:
    if sheet.height * sheet.width > limits.cells:
        raise FarCell
    merged = sheet.merged_cell_ranges or ()
    return _placed(sheet.name, hidden, sheet.to_python(), sheet.start or (0, 0), merged)


def _placed(
    name: str, hidden: bool, rows: list[list[Any]], start: Sequence[int], merged: Iterable[Any]
) -> Sheet:
    """calamine counts from 0, people from 1."""
    ranges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged
    )
    return Sheet(name, hidden, rows, start[0] + 1, start[1] + 1, ranges)


def _guarded(read: Callable[..., Any], *arguments: Any) -> Any:
    """Call into calamine; whatever it stumbles over becomes a refusal."""
    try:
        return read(*arguments)
    except PasswordError as refused:
        raise PasswordProtected from refused
    except (CalamineError, OSError) as broken:
        raise WorkbookDamaged from broken
    except BaseException as panic:
        # A panic in Rust is no Exception: the file is broken, the process is not.
        if type(panic).__name__ == "PanicException":
            raise WorkbookDamaged from panic
        raise
