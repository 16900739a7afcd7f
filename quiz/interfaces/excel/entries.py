"""All entries of a round as a workbook: as many sheets as Excel's rows ask for."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.crypto import open_text
from quiz.domain.paper_layouts import Layout, read_layout
from quiz.errors import ExportDisagrees
from quiz.interfaces.excel.laid_out import LaidTable, Values
from quiz.models import Round
from quiz.queries.entry_rows import SEALED, count_entries, iterate_entries

ROWS_PER_SHEET = 1_000_000  # Excel's own limit is 1,048,576 with the head
EVERY = 1000

Row = tuple[Any, ...]
Tell = Callable[[int, int], None]


def write_entries(*, round: Round, file: IO[bytes], tell: Tell) -> int:
    """Write every attempt of the round with personal data whole; the number of rows.

    `tell` (done, of how many) is called as rows go out. Call it inside a snapshot. Raises
    ExportDisagrees when what was written is not what the database counts.
    """
    layout = read_layout(unit=round.contest.unit, kind="entries")
    total = count_entries(round_id=round.pk)
    codes = [column.code for column in layout.columns if column.code != "number"]
    rows = _told(iterate_entries(round_id=round.pk, codes=codes or ["ordinal"]), total, tell)
    book = Workbook(write_only=True)
    written = 0
    for sheet in range(max(1, -(-total // ROWS_PER_SHEET))):
        name = _("Lượt thi") if sheet == 0 else f"{_('Lượt thi')} {sheet + 1}"
        table = LaidTable(book, layout, _values(layout), name=name, wraps=False)
        table.written = written
        count = _("Số dòng: %(count)s") % {"count": total}
        table.head(f"{round.name}, {round.contest.title}", count)
        written = table.write(islice(rows, ROWS_PER_SHEET))
    written += sum(1 for _row in rows)
    book.save(file)  # also of a file that is thrown away: an open sheet complains when it is lost
    if written != total:
        raise ExportDisagrees(sheet=layout.title, written=written, stored=total)
    return written


def _values(layout: Layout) -> Values[Row]:
    codes = [column.code for column in layout.columns if column.code != "number"]
    return {code: _value(code, place) for place, code in enumerate(codes)}


def _value(code: str, place: int) -> Callable[[Row], Any]:
    if code in SEALED:
        return lambda row: open_text(row[place])
    return lambda row: row[place]


def _told(rows: Iterator[Row], total: int, tell: Tell) -> Iterator[Row]:
    done = 0
    for done, row in enumerate(rows, start=1):
        if done % EVERY == 0:
            tell(done, total)
        yield row
    tell(done, total)
