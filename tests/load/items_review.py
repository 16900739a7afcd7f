"""5,000 items through the review, from upload to bank: `python -m tests.load.items_review`.

A workbook whose keys stand in a column and a Word file whose keys stand in lines of their own, both
into an installation of its own. Times the reading job, a page of the review, one decision on it,
accepting all that is certain, and storing.
"""

import io
import os
import platform
from collections.abc import Callable

from tests.load.item_files import ITEMS, as_excel_saves, usual_book, usual_document
from tests.load.items_import import timed
from tests.load.ranking import in_new_installation


def main() -> None:
    in_new_installation(measure)


def measure() -> None:
    from django.db import connection

    from accounts.enums import Role
    from config.run.preparation import collect_static
    from tests.people import make_person, make_unit

    collect_static()
    author = make_person("soan", Role.AUTHOR, unit=make_unit())
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} CPU, {ITEMS} items")
    review("Excel", "de.xlsx", as_excel_saves(usual_book()), author)
    review("Word", "de.docx", usual_document(answer_lines=True), author)
    connection.close()


def review(name: str, file_name: str, data: bytes, author) -> None:
    """The whole way of one file, into a bank of its own."""
    from django.core.files.base import File
    from django.test import Client
    from django.utils import timezone

    from quiz.domain.banks import create_bank
    from quiz.domain.import_decisions import DraftBook
    from quiz.domain.item_checks import check_items
    from quiz.domain.item_imports import begin_import, fill_import, store_import
    from quiz.interfaces.formats.import_jobs import import_path
    from quiz.interfaces.formats.reading import read_file

    now = timezone.now()
    print(name)
    bank = create_bank(name=name, unit=author.unit, user=author)
    with timed("upload kept") as told:
        session = begin_import(
            bank=bank, user=author, now=now, file=File(io.BytesIO(data)), name=file_name
        )
        told.append(f"{len(data) / 1e6:.1f} MB")
    with timed("read") as told:
        reading = read_file(io.BytesIO(data), name=file_name, format="auto")
        told.append(f"{len(reading.items)} items")
    with timed("written down") as told:
        fill_import(session=session, reading=reading)
        told.append(f"{session.drafts.count()} drafts")
    client = Client()
    client.force_login(author)
    path = import_path(session)
    best("a page of the review", lambda: client.get(f"{path}?tu=2500").status_code)
    one = f"{path}cau/2500/"
    best("a draft by itself", lambda: client.get(one, headers={"HX-Request": "true"}).status_code)
    with timed("checks, all") as told:
        found = check_items([item.draft for item in reading.items], bank=bank)
        told.append(f"{sum(map(len, found.values()))} findings")
    with timed("accept certain") as told:
        told.append(f"{DraftBook(session=session, user=author, now=now).accept_certain()} accepted")
    with timed("stored") as told:
        told.append(f"{store_import(session=session, user=author, now=now)} stored")


def best(what: str, act: Callable[[], object]) -> None:
    """The quickest of some turns, the first of which warms up."""
    from time import perf_counter

    took, answer = [], act()
    for _turn in range(5):
        began = perf_counter()
        act()
        took.append(perf_counter() - began)
    print(f"{what:<22} {min(took):7.3f} s  ({answer})")


if __name__ == "__main__":
    main()
