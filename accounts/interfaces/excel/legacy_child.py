"""Reads one old .xls workbook from standard input and writes its sheets as JSON.

Run as a program of its own by `legacy.py`: on a damaged file calamine asks for memory without end,
which no exception handler outlives. Here only this process dies of it. Django is not loaded.
"""

import io
import json
import resource
import sys
from datetime import date, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY = 600 * 1024**2  # bytes
SECONDS = 20
PASSWORD, DAMAGED, TOO_FAR = 3, 4, 5


def main(most_cells: int) -> int:
    """Exit code 0, or why the workbook can't be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = read(sys.stdin.buffer.read(), most_cells)
    except PasswordError:
        return PASSWORD
    except (CalamineError, MemoryError, OSError):
        return DAMAGED
    if sheets is None:
        return TOO_FAR
    json.dump(sheets, sys.stdout, default=tagged)
    return 0


def read(data: bytes, most_cells: int) -> list[dict[str, Any]] | None:
    """The sheets, or None when one of them has more cells than anybody needs."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for meta in book.sheets_metadata:
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.height * sheet.width > most_cells:
            return None
        sheets.append(
            {
                "name": meta.name,
                "hidden": meta.visible != SheetVisibleEnum.Visible,
                "rows": sheet.to_python(),
                "start": sheet.start or (0, 0),
                "merged": sheet.merged_cell_ranges or [],
            }
        )
    return sheets


def tagged(value: Any) -> dict[str, str]:
    """What JSON has no form for, under the name of its type; durations as text."""
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    return {"text": str(value)}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
