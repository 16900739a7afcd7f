"""All entries of a round as CSV, straight from PostgreSQL's COPY: for more rows than a sheet has.

UTF-8 with a byte order mark, commas, moments as 2026-11-02 10:03:04.000, decimals with a point. A
text that a spreadsheet would take for a formula or a number has an apostrophe before it, as one
would type it there: a phone number keeps its zero, a name that begins with “=” does nothing.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import IO

from django.db import connection

from accounts.crypto import open_text
from quiz.domain.paper_layouts import read_layout
from quiz.errors import ExportDisagrees
from quiz.models import Round
from quiz.queries.entry_rows import (
    COLUMNS,
    SEALED,
    count_entries,
    entries_statement,
    entry_values,
)

ROWS = 1000  # opened and written together
# What a spreadsheet runs, or shortens to a number.
_FORMULA = r"^[=+\-@\t\r\n]"
_NUMBER = r"^\s*[0-9]"
Tell = Callable[[int, int], None]


def write_entries_csv(*, round: Round, file: IO[bytes], tell: Tell) -> int:
    """Write every attempt of the round; the number of rows, the head not counted.

    Call it inside a snapshot. Raises ExportDisagrees when COPY sent another number of rows than
    the table counts.
    """
    layout = read_layout(unit=round.contest.unit, kind="entries")
    codes = [column.code for column in layout.columns]
    total = count_entries(round_id=round.pk)
    file.write(codecs.BOM_UTF8 + _lines([layout.headings]))
    sealed = [place for place, code in enumerate(codes) if code in SEALED]
    select = entries_statement(codes, expressions={code: _safe(code) for code in codes})
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, entry_values(round.pk)) as copy:
        done = 0
        lines = iter(copy)  # psycopg gives one row at a time
        while block := list(islice(lines, ROWS)):
            file.write(_opened(block, sealed) if sealed else b"".join(block))
            done += len(block)
            tell(min(done, total), total)
        written = cursor.rowcount
    if written != total:
        raise ExportDisagrees(sheet=layout.title, written=written, stored=total)
    tell(total, total)
    return written


def _safe(code: str) -> str:
    column = COLUMNS[code]
    if code in SEALED:
        return f"encode({column.sql}, 'hex')"
    if not column.is_text:
        if code in ("started", "ended"):
            return f"to_char({column.sql}, 'YYYY-MM-DD HH24:MI:SS.MS')"
        return column.sql
    unsafe = f"{_FORMULA}|{_NUMBER}" if code == "staff_code" else _FORMULA
    return f"CASE WHEN {column.sql} ~ '{unsafe}' THEN '''' || {column.sql} ELSE {column.sql} END"


def _opened(lines: Sequence[bytes], sealed: Sequence[int]) -> bytes:
    """The same rows with sealed numbers opened."""
    rows = list(csv.reader(io.StringIO(b"".join(lines).decode(), newline="")))
    for row in rows:
        for place in sealed:
            row[place] = _number(row[place])
    return _lines(rows)


def _number(sealed: str) -> str:
    text = open_text(bytes.fromhex(sealed))
    return f"'{text}" if text else ""


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
