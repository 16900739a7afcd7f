"""The winners annex, opened again and compared cell by cell with what happened."""

import io
import re
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quiz.domain.awards import propose_awards
from quiz.domain.clock import shifted_clock
from quiz.domain.printed_pages import mark_page
from quiz.domain.releases import submit_for_signature
from quiz.domain.round_closing import close_round
from quiz.domain.sealing import seal_round
from quiz.enums import PrintedPaper
from quiz.interfaces.excel.page_codes import QR_MM
from quiz.interfaces.excel.winners import write_winners
from quiz.interfaces.qr_codes import qr_png
from quiz.models import Award, Round
from quiz.rules.document import PrizeTier
from tests.factories import OpenContest, make_attempt, make_open_contest, make_rules

pytestmark = pytest.mark.django_db
ORIGIN = "https://thi.example.vn"
TIERS = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=1, money=1_000_000),
]


def awarded_round(**names: str) -> tuple[OpenContest, Round]:
    """Three entrants with 0, 1 and 2 errors; prizes for two, the third in reserve."""
    rules = make_rules(result={"prizes": TIERS, "reserves": 1})
    made = make_open_contest(rules=rules)
    people = [
        ("=HYPERLINK(1)", "0912345678", 0),
        ("Đặng Văn Thử", "0900000001", 1),
        ("Lê Thị Thử", "0900000002", 2),
    ]
    for name, phone, wrong in people:
        make_attempt(made, wrong=wrong, full_name=name, phone=phone, unit=made.unit.code)
    later = timedelta(hours=3)
    with shifted_clock(later):
        close_round(round=made.round, user=made.organiser, now=timezone.now() + later)
    round = Round.objects.get(pk=made.round.pk)
    assert propose_awards(round=round, user=made.organiser) == []
    return made, round


def written(round: Round, *, whole: bool) -> io.BytesIO:
    file = io.BytesIO()
    told = write_winners(round=round, file=file, whole_numbers=whole, origin=ORIGIN)
    assert told == 2
    return file


def opened(round: Round, *, whole: bool) -> Any:
    return load_workbook(written(round, whole=whole))


def pictures(file: io.BytesIO) -> list[tuple[bytes, int]]:
    """Of each sheet with one in turn: the picture, and the row (from 1) it stands in."""
    found = []
    with ZipFile(file) as archive:
        for name in sorted(n for n in archive.namelist() if n.startswith("xl/drawings/drawing")):
            place = archive.read(name).decode()
            rels = archive.read(name.replace("drawings/", "drawings/_rels/") + ".rels").decode()
            [row] = re.findall(r"<\w*:?row>(\d+)<", place)
            [target] = re.findall(r'Target="/(xl/media/[^"]+)"', rels)
            found.append((archive.read(target), int(row) + 1))
    return found


def table(sheet: Worksheet) -> list[list[Any]]:
    """The rows under the header, as values."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(place for place, row in enumerate(rows) if row[0] == "STT")
    return rows[start + 1 :]


def test_annex_lists_the_winners_in_order_with_their_total() -> None:
    _made, round = awarded_round()
    rows = table(opened(round, whole=True)["Danh sách đạt giải"])
    assert rows[0][0] == "nguoi-dan"
    shown = [[row[n] for n in (0, 1, 2, 4, 7, 8)] for row in rows[1:3]]
    assert shown == [
        [1, "=HYPERLINK(1)", "05/09/1990", "5/5", "Giải Nhất", 2_000_000],
        [2, "Đặng Văn Thử", "05/09/1990", "4/5", "Giải Nhì", 1_000_000],
    ]
    assert [rows[3][n] for n in (1, 7, 8)] == ["Tổng cộng", 2, 3_000_000]


def test_name_that_looks_like_a_formula_stays_text() -> None:
    _made, round = awarded_round()
    book = opened(round, whole=True)
    kinds = {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert kinds == {"s", "n"}


def test_phone_keeps_its_zero_and_is_masked_without_the_right() -> None:
    _made, round = awarded_round()
    for whole, expected in ((True, "0912345678"), (False, "09•••••678")):
        sheet = opened(round, whole=whole)["Liên hệ"]
        cell = next(c for row in sheet.iter_rows() for c in row if c.value == expected)
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_reserves_and_receipt_sheets_hold_the_same_people() -> None:
    _made, round = awarded_round()
    book = opened(round, whole=True)
    assert [row[1] for row in table(book["Dự bị"])] == ["Lê Thị Thử"]
    assert [row[:2] + row[3:5] for row in table(book["Ký nhận"])[:2]] == [
        [1, "=HYPERLINK(1)", "Giải Nhất", 2_000_000],
        [2, "Đặng Văn Thử", "Giải Nhì", 1_000_000],
    ]


def test_the_table_of_a_release_is_the_releases_own() -> None:
    made, round = awarded_round()
    seal_round(round=round, user=made.organiser, now=timezone.now())
    submit_for_signature(round=round, user=made.organiser, now=timezone.now())
    Award.objects.filter(round=round).update(money=1)
    book = opened(round, whole=True)
    assert [row[8] for row in table(book["Danh sách đạt giải"])[1:4]] == [
        2_000_000,
        1_000_000,
        3_000_000,
    ]
    assert "0912345678" in [row[3] for row in table(book["Liên hệ"])]


def test_every_printed_page_of_a_release_has_the_code_of_what_stands_on_it(client) -> None:
    made, round = awarded_round()
    seal_round(round=round, user=made.organiser, now=timezone.now())
    draft = submit_for_signature(round=round, user=made.organiser, now=timezone.now())
    file = written(round, whole=True)
    book = load_workbook(file)
    papers = {
        "Danh sách đạt giải": (PrintedPaper.ANNEX, 3_000_000),
        "Dự bị": (PrintedPaper.RESERVES, 0),
        "Liên hệ": (PrintedPaper.CONTACTS, 0),
        "Ký nhận": (PrintedPaper.SIGNING_SHEET, 3_000_000),
    }
    assert [sheet.title for sheet in book] == list(papers)
    for sheet, (picture, place) in zip(book, pictures(file), strict=True):
        paper, money = papers[sheet.title]
        content = [
            ["" if value is None else str(value) for value in row]
            for row in table(sheet)
            if isinstance(row[0], int)
        ]
        told = {"content": content, "rows": len(content), "money": money}
        mark = mark_page(release=draft, paper=paper, **told)
        assert picture == qr_png(ORIGIN + mark.path).getvalue()
        first, last = (int(part) for part in sheet.print_title_rows.replace("$", "").split(":"))
        assert (place, last) == (first, first + 1)
        assert sheet.row_dimensions[place].height > QR_MM / 25.4 * 72
        assert f"mã trang {mark.code}" in sheet.cell(place, 1).value
        assert f"mã trang {mark.code}" in sheet.oddFooter.left.text
        assert draft.digest in sheet.oddFooter.left.text
        assert client.get(mark.path).status_code == 200


def test_before_a_release_no_page_bears_a_code() -> None:
    _made, round = awarded_round()
    assert pictures(written(round, whole=True)) == []


def test_pages_are_set_up_after_decree_30() -> None:
    _made, round = awarded_round()
    sheet = opened(round, whole=True)["Danh sách đạt giải"]
    assert sheet.page_setup.paperSize == 9
    assert [round_mm(m) for m in (sheet.page_margins.left, sheet.page_margins.right)] == [30, 15]
    assert sheet.print_title_rows == "$8:$8"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {
        "Times New Roman"
    }


def round_mm(inches: float) -> int:
    return int(inches * 25.4 + 0.5)
