"""All entries of a round as Excel and CSV, against openpyxl's write-only sheet and COPY alone.

    python -m tests.load.entries_export [--attempts 1000000] [--runs 1] [--only csv copy]

In a folder and a private PostgreSQL of its own (rows as in `tests.load.ranking`, with sealed phone
numbers), in turn:

* bare: openpyxl's write-only sheet alone, `append` of plain values of the same rows held in memory;
  no style, no database, nothing kept text;
* excel: the platform's export, read, unsealed, styled, counted;
* copy: PostgreSQL's COPY of the same columns to a file, nothing unsealed; csv: the platform's.

Prints CPU seconds of this process and its database session, ratios, sizes, and the peak of this
process's memory during each export;
exit code 1 if Excel takes 1.2 times the bare writer, CSV twice COPY, or either 512 MB.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any

from tests.load.ranking import cpu_seconds, in_new_installation, make_round

# A way, against which, and how many times as much it may take: of CPU for Excel, where the other
# one never waits for a database, by the clock for CSV.
PAIRS = ("excel", "bare", 1.2), ("csv", "copy", 2.0)
MEMORY_MB = 512
SAMPLE = 20_000
NUMBERS = 2_000


def fill_numbers(made: Any) -> None:
    """A sealed phone number for every entrant, one of NUMBERS: sealing is not what is measured."""
    from django.db import connection

    from accounts.crypto import seal_text

    sealed = [seal_text(f"09{n:08d}") for n in range(NUMBERS)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE quiz_entrant SET phone = (%s::bytea[])[1 + id %% %s] WHERE contest_id = %s",
            [sealed, NUMBERS, made.contest.pk],
        )
        cursor.execute("VACUUM ANALYZE quiz_entrant")


def rank(made: Any) -> None:
    from django.db import connection

    from tests.load.ranking import statements

    statement, bound, _table = statements(made)["ranking"]
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)


def sample_rows(made: Any) -> list[list[Any]]:
    """The first rows as the export has them, opened."""
    from accounts.crypto import open_text
    from quiz.domain.paper_layouts import read_layout
    from quiz.queries.entry_rows import SEALED, iterate_entries

    layout = read_layout(unit=made.unit, kind="entries")
    codes = [column.code for column in layout.columns if column.code != "number"]
    return [
        [n, *(open_text(v) if c in SEALED else v for c, v in zip(codes, row, strict=True))]
        for n, row in enumerate(
            islice(iterate_entries(round_id=made.round.pk, codes=codes), SAMPLE), start=1
        )
    ]


def write_bare(rows: list[list[Any]], count: int, file: IO[bytes]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in islice(cycle(rows), count):
        sheet.append(row)
    book.save(file)


def copy_bare(made: Any, file: IO[bytes]) -> None:
    from django.db import connection

    from quiz.domain.paper_layouts import read_layout
    from quiz.queries.entry_rows import entries_statement, entry_values

    layout = read_layout(unit=made.unit, kind="entries")
    select = entries_statement([column.code for column in layout.columns])
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)", entry_values(made.round.pk)) as copy,
    ):
        for block in copy:
            file.write(block)


def peak_mb() -> float:
    """The highest resident memory since `forget_peak`."""
    told = Path("/proc/self/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measured(name: str, write: Callable[[IO[bytes]], Any]) -> tuple[float, float, float]:
    """(CPU seconds of this process and its database session, seconds by the clock, peak MB)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [server] = cursor.fetchone()
    with tempfile.NamedTemporaryFile() as file:
        forget_peak()
        began, own, its = time.perf_counter(), time.process_time(), cpu_seconds(server)
        write(file)
        own, its = time.process_time() - own, cpu_seconds(server) - its
        clock = time.perf_counter() - began
        file.flush()
        size = Path(file.name).stat().st_size / 1e6
    peak = peak_mb()
    told = f"{own:.1f} + {its:.1f} s of CPU, {clock:.1f} s, {size:.0f} MB, peak {peak:.0f} MB"
    print(f"{name}: {told}", flush=True)
    return own + its, clock, peak


def measure(attempts: int, runs: int, only: list[str]) -> int:
    from quiz.domain.snapshots import one_snapshot
    from quiz.interfaces.csv.entries import write_entries_csv
    from quiz.interfaces.excel.entries import write_entries
    from quiz.models import Attempt

    made = make_round(attempts)
    fill_numbers(made)
    rank(made)
    count = Attempt.objects.filter(round=made.round).count()
    with one_snapshot():
        rows = sample_rows(made)

    def platform(write: Callable[..., int]) -> Callable[[IO[bytes]], Any]:
        def run(file: IO[bytes]) -> None:
            with one_snapshot():
                write(round=made.round, file=file, tell=lambda done, total: None)

        return run

    ways = {
        "excel": platform(write_entries),
        "bare": lambda file: write_bare(rows, count, file),
        "csv": platform(write_entries_csv),
        "copy": lambda file: copy_bare(made, file),
    }
    ways = {name: write for name, write in ways.items() if name in only}
    print(f"{count:,} rows of {len(rows[0])} columns")
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
    for _run in range(runs):
        for name, write in ways.items():
            found[name].append(measured(name, write))

    def median(name: str, at: int) -> float:
        return statistics.median(run[at] for run in found[name])

    held = True
    for name, against, limit in PAIRS:
        if not {name, against} <= set(ways):
            continue
        cpu, clock = (median(name, at) / median(against, at) for at in (0, 1))
        peak = max(run[2] for run in found[name])
        print(f"{name} / {against}: {cpu:.2f} of CPU, {clock:.2f} by the clock; peak {peak:.0f} MB")
        held &= (cpu if name == "excel" else clock) < limit and peak < MEMORY_MB
    return int(not held)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    every = ("excel", "bare", "csv", "copy")
    parser.add_argument("--only", nargs="+", choices=every, default=every)
    options = parser.parse_args()
    return in_new_installation(lambda: measure(options.attempts, options.runs, options.only))


if __name__ == "__main__":
    sys.exit(main())
