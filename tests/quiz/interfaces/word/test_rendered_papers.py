"""The papers of a result as an office prints them: rendered to PDF and measured on the page.

Sixty winners, so that the lists go over several pages. LibreOffice starts once for all of them.
"""

import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import transaction
from django.utils import timezone, translation
from openpyxl import load_workbook

from quiz.domain.releases import submit_for_signature
from quiz.domain.result_papers import result_facts
from quiz.interfaces.dossier.papers import PAPERS
from quiz.rules.document import Criterion, PrizeTier
from tests.factories import make_open_contest, make_rules
from tests.rendered_papers import (
    FAMILIES,
    MM,
    TOLERANCE,
    edges,
    fonts,
    has_its_widths,
    render,
    texts,
)
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = [pytest.mark.needs_libreoffice, pytest.mark.django_db]

WINNERS = 60
WORDS = ("proposal", "decision", "winners", "minutes", "receipt")
SHEETS = ("winners-table", "participation-table")


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Any]:
    """{code of a paper: its PDF}, and the workbooks as they were written."""
    folder = tmp_path_factory.mktemp("papers")
    with django_db_blocker.unblock(), transaction.atomic():
        facts = released_facts()
        with translation.override("vi"):
            for code, paper in PAPERS.items():
                with (folder / f"{code}.{paper.suffix}").open("wb") as file:
                    paper.write(facts, "https://thi.example.vn", file)
        transaction.set_rollback(True)
    render(folder)
    return {code: pypdfium2.PdfDocument(folder / f"{code}.pdf") for code in PAPERS} | {
        "folder": folder
    }


def released_facts() -> Any:
    chain = [Criterion(kind=kind) for kind in ("score", "duration", "lot")]
    prizes = [PrizeTier(code="kk", name="Giải Khuyến khích", count=WINNERS, money=500_000)]
    made = make_open_contest(
        rules=make_rules(result={"chain": chain, "prizes": prizes, "reserves": 0})
    )
    people = [
        Person(
            full_name=f"Ngô {n}",
            birth_date=date(1990, 1, 1 + n % 28),
            identity=f"{n}",
            entries=[Entry(seconds=60 + n)],
        )
        for n in range(WINNERS + 5)
    ]
    make_entrants(made, people)
    close_and_seal(made)
    submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    made.round.refresh_from_db()
    return result_facts(round=made.round)


@pytest.mark.parametrize("code", WORDS)
def test_pages_are_a4_with_the_margins_of_the_decree(printed, code):
    for page in printed[code]:
        size = sorted(round(side / MM) for side in page.get_size())
        assert size == [210, 297]
        assert (page.get_size()[0] > page.get_size()[1]) == (code == "winners")
        left, right, top, bottom = edges(page)
        assert left >= 30 - TOLERANCE
        assert right >= 15 - TOLERANCE
        assert top >= 10 - TOLERANCE  # the page's number stands in the margin
        assert bottom >= 5 - TOLERANCE  # so do release, hash and code


@pytest.mark.parametrize(("code", "heading"), [("winners", "Họ và tên"), ("receipt", "Họ và tên")])
def test_the_heading_of_a_list_is_repeated_on_each_page(printed, code, heading):
    pages = texts(printed[code])
    assert len(pages) >= 3
    names = [page.count("Ngô ") for page in pages]
    assert sum(names) == WINNERS
    assert [page.count(heading) for page, rows in zip(pages, names, strict=True) if rows] == [
        1 for rows in names if rows
    ]
    assert "30.000.000" in "".join("".join(pages[-2:]).split())


@pytest.mark.parametrize("code", WORDS)
def test_each_page_names_release_and_number(printed, code):
    for number, text in enumerate(texts(printed[code]), start=1):
        assert "Bản công bố số 1" in text
        assert "DỰ THẢO" in text
        assert number == 1 or text.split()[0] == str(number)


@pytest.mark.parametrize("code", ["proposal", "decision", "minutes"])
def test_a_paper_has_no_page_with_nothing_but_its_signature(printed, code):
    pages = texts(printed[code])
    assert len(pages) <= 3
    assert all(len(page) > 250 for page in pages)


@pytest.mark.parametrize("code", WORDS)
def test_everything_is_set_in_the_decrees_font(printed, code):
    if not has_its_widths() and os.environ.get("REQUIRE_SERVICES") != "1":
        pytest.skip("no font with the widths of Times New Roman")
    found = {name for page in printed[code] for name in fonts(page)}
    assert found
    assert all(name.replace(" ", "").startswith(FAMILIES) for name in found)


@pytest.mark.parametrize("code", SHEETS)
def test_workbooks_print_every_row(printed, code):
    book = load_workbook(io.BytesIO((printed["folder"] / f"{code}.xlsx").read_bytes()))
    told = "\n".join(texts(printed[code]))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    names = {
        cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith("Ngô ")
    }
    assert len(names) == (WINNERS if code == "winners-table" else 0)
    assert all(name in told for name in names)
    assert len(printed[code]) >= 1


def test_the_printed_folder_holds_what_was_asked(printed):
    folder: Path = printed["folder"]
    assert {path.stem for path in folder.glob("*.pdf")} == set(PAPERS)
