"""All entries of a round as CSV, straight from PostgreSQL's COPY: for more rows than a sheet has.

UTF-8 with a byte order mark, commas, moments as 2026-11-02 10:03:04.000, decimals with a point. A
text that a spreadsheet would take for a formula or a number has an apostrophe before it, as one
would type it there: a phone number keeps its zero, a name that begins with “=” does nothing.
"""

import codecs
import csv
import io
import re
from binascii import unhexlify
from collections.abc import Callable, Sequence
from itertools import islice
from typing import IO

from django.db import connection

from accounts.crypto import text_opener
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
_RUN = tuple(map(ord, "=+-@\t\r\n"))
_NUMBER = r"^\s*[0-9]"
_OWN_WORDS = frozenset({"birth", "sex", "fate", "closed_by"})  # nobody types these
# As COPY writes a cell with the comma behind it, and a sealed one.
_CELL = r'(?:(?:"[^"]*(?:""[^"]*)*"|[^,"\n]*),)'
_SEALED_CELL = "([0-9a-f]*+)"
_TO_QUOTE = re.compile(r'[,"\r\n]')
Tell = Callable[[int, int], None]


def write_entries_csv(*, round: Round, file: IO[bytes], tell: Tell) -> int:
    """Write every attempt of the round; the number of rows, the head not counted.

    Call it inside a snapshot. Raises ExportDisagrees when COPY sent another number of rows than
    the table counts.
    """
    layout = read_layout(unit=round.contest.unit, kind="entries")
    codes = [column.code for column in layout.columns]
    total = count_entries(round_id=round.pk)
    file.write(codecs.BOM_UTF8 + _line(layout.headings))
    open_line = _opener([place for place, code in enumerate(codes) if code in SEALED])
    select = entries_statement(codes, expressions={code: _safe(code) for code in codes})
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, entry_values(round.pk)) as copy:
        done = 0
        lines = iter(copy)  # psycopg gives one row at a time
        while block := list(islice(lines, ROWS)):
            file.write(b"".join(map(open_line, block) if open_line else block))
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
        return f"nullif(encode({column.sql}, 'hex'), '')"
    if code in ("started", "ended"):
        return f"to_char({column.sql}, 'YYYY-MM-DD HH24:MI:SS.MS')"
    if not column.is_text or code in _OWN_WORDS:
        return column.sql
    unsafe = f"ascii({column.sql}) IN {_RUN}"
    if code == "staff_code":
        unsafe += f" OR {column.sql} ~ '{_NUMBER}'"
    return f"CASE WHEN {unsafe} THEN '''' || {column.sql} ELSE {column.sql} END"


def _opener(places: Sequence[int]) -> Callable[[bytes], bytes] | None:
    """Gives a line with its sealed cells, at these places, opened; None if none is sealed.

    Taking each line apart and putting it together again takes longer than all of COPY does.
    """
    if not places:
        return None
    pattern, next_place = "", 0
    for place in places:
        comma = "," if next_place else ""
        pattern += f"({comma}{_CELL * (place - next_place)}){_SEALED_CELL}"
        next_place = place + 1
    up_to_sealed, open_one = re.compile(pattern.encode()).match, text_opener()

    def number(sealed: bytes) -> bytes:
        cell = "'" + open_one(unhexlify(sealed))
        if _TO_QUOTE.search(cell):
            cell = '"' + cell.replace('"', '""') + '"'
        return cell.encode()

    def opened(line: bytes) -> bytes:
        found = up_to_sealed(line)
        if found is None:
            raise ValueError("no line as COPY writes it")
        parts = [*found.groups(), line[found.end() :]]
        for at in range(1, len(parts), 2):
            if parts[at]:
                parts[at] = number(parts[at])
        return b"".join(parts)

    return opened


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()
