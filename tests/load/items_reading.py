"""How long 5,000 items take to read, against calamine's own reading of the same file.

    .venv/bin/python tests/load/items_reading.py

CPU time, the best of several turns in one run, so that other work on the machine matters little.
Exits 1 if the ratio exceeds 3 for a workbook of items of usual length.
"""

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from python_calamine import CalamineWorkbook  # noqa: E402

from quiz.interfaces.excel.items_reader import read_items  # noqa: E402
from tests.load.item_files import (  # noqa: E402
    ITEMS,
    as_excel_saves,
    seconds,
    short_book,
    usual_book,
)

LIMIT = 3
TURNS = 11


def parse(data: bytes) -> None:
    """What calamine needs by itself."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def ratio(name: str, data: bytes) -> float:
    result = read_items(data)
    if len(result.drafts) != ITEMS or result.faults:
        sys.exit(f"{name}: {len(result.drafts)} items read, {result.faults[:3]}")
    # Turn by turn, so that a busy moment of the machine meets both.
    turns = [
        (seconds(lambda: parse(data)), seconds(lambda: read_items(data))) for _ in range(TURNS)
    ]
    parsing, reading = (min(taken) for taken in zip(*turns, strict=True))
    print(
        f"{name:32} calamine {parsing * 1000:6.0f} ms   read_items {reading * 1000:6.0f} ms   "
        f"ratio {reading / parsing:.2f}"
    )
    return reading / parsing


def main() -> int:
    usual, short = usual_book(), short_book()
    counted = [
        ratio("usual items, shared texts", as_excel_saves(usual)),
        ratio("usual items, inline texts", usual),
    ]
    ratio("shortest items, shared texts", as_excel_saves(short))
    ratio("shortest items, inline texts", short)
    return int(max(counted) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
