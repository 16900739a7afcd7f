"""5,000 items from a workbook into a bank: `python -m tests.load.items_import [--items 5000]`.

Makes a database of its own, times the check of the file, the import and a search, prints them.
"""

import argparse
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

from tests.load.ranking import in_new_installation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=5000)
    count = parser.parse_args().items
    in_new_installation(lambda: measure(Path(os.environ["VAR_DIR"]), count))


@contextmanager
def timed(what: str) -> Iterator[list[str]]:
    """Prints how long the block took, by the clock and in CPU seconds of this process."""
    told: list[str] = []
    began, worked = perf_counter(), process_time()
    yield told
    took, worked = perf_counter() - began, process_time() - worked
    print(f"{what:<16} {took:7.3f} s, {worked:7.3f} s CPU  ({', '.join(told)})")


def measure(folder: Path, count: int) -> None:
    from django.db import connection

    from accounts.enums import Role
    from quiz.domain.banks import create_bank
    from quiz.interfaces.excel.item_import import check_file, import_read
    from quiz.models import ItemVersion
    from tests.factories import make_person, make_unit
    from tests.quiz.bank_workbooks import sound_book

    author = make_person(Role.AUTHOR, unit=make_unit())
    bank = create_bank(name="Đo", unit=author.unit, user=author)
    file = folder / "cau-hoi.xlsx"
    file.write_bytes(sound_book(count))
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} CPU, {count} items")
    with timed("check the file") as told:
        read = check_file(bank=bank, source=file)
        told.append(f"{len(read.faults)} faults")
    with timed("import") as told:
        told.append(
            f"{import_read(bank=bank, read=read, author=author, name='cau-hoi.xlsx')} stored"
        )
    with timed("search") as told:
        newest = ItemVersion.objects.current().filter(item__bank=bank)
        told.append(f"{newest.matching(f'thu {count} nghi dinh 118/2025').count()} found")
    connection.close()


if __name__ == "__main__":
    main()
