"""The winners annex, opened again and compared cell by cell with what happened."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quiz.domain.awards import propose_awards
from quiz.domain.clock import shifted_clock
from quiz.domain.releases import submit_for_signature
from quiz.domain.round_closing import close_round
from quiz.domain.sealing import seal_round
from quiz.interfaces.excel.winners import write_winners
from quiz.models import Award, Round
from quiz.rules.document import PrizeTier
from tests.factories import OpenContest, make_attempt, make_open_contest, make_rules

pytestmark = pytest.mark.django_db
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


def opened(round: Round, *, whole: bool) -> Any:
    file = io.BytesIO()
    assert write_winners(round=round, file=file, whole_numbers=whole) == 2
    return load_workbook(io.BytesIO(file.getvalue()))


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
