"""All entries and who has not entered: whole, counted, harmless, with right and reason only."""

import csv
import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.crypto import seal_text
from accounts.domain.jobs import run_job
from accounts.domain.reveals import Reason
from accounts.domain.roster_rows import RosterRow
from accounts.domain.rosters import load_roster
from accounts.enums import JobState, Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, Job, Membership
from quiz.domain.paper_kinds import ENTRIES as ENTRIES_PAPER
from quiz.domain.paper_layouts import LayoutInput, save_layout
from quiz.errors import RoundNotReady
from quiz.interfaces.excel import entries
from quiz.interfaces.excel.full_exports import (
    ENTRIES,
    ENTRIES_CSV,
    FULL_EXPORTS,
    MISSING,
    queue_full_export,
)
from quiz.models import Attempt, Contest, Entrant
from quiz.queries.entry_rows import COLUMNS
from tests.factories import OpenContest
from tests.quiz.result_world import sealed_for_module

pytestmark = pytest.mark.django_db
WHY = Reason("handing_over", "Lưu hồ sơ")
BAD = '=HYPERLINK("x")'


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    with sealed_for_module(django_db_blocker) as made:
        Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
        first = Entrant.objects.filter(contest=made.contest).order_by("pk").first()
        Entrant.objects.filter(pk=first.pk).update(
            full_name=BAD,
            phone=seal_text("0912345678"),
            national_id=seal_text("001190012345"),
            staff_code="0042",
            address='Tổ 1, "thôn"\nBình Hòa',
            birth_precision=1,
        )
        yield made


@pytest.fixture
def made(_sealed: OpenContest, db) -> OpenContest:
    _sealed.round.contest.roster = None
    return _sealed


def give_roster(made: OpenContest, *names: str) -> None:
    rows = [RosterRow(str(at), name) for at, name in enumerate(names, start=1)]
    day = timezone.localdate()
    roster = load_roster(name="Bắt buộc", unit=made.unit, as_of=day, rows=rows, user=None)
    Contest.objects.filter(pk=made.contest.pk).update(roster=roster)
    made.round.contest.roster = roster


def export(made: OpenContest, kind: str) -> Job:
    job = queue_full_export(
        kind=kind, round=made.round, user=made.organiser, now=timezone.now(), reason=WHY
    )
    return run_job(job_id=job.pk)


def sheet_rows(job: Job) -> list[list[Any]]:
    with job.file.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def csv_rows(job: Job) -> list[list[str]]:
    with job.file.open() as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))


def test_the_workbook_has_every_attempt_and_says_how_many(made):
    job = export(made, ENTRIES)
    stored = Attempt.objects.filter(round=made.round).count()
    assert job.result["rows"] == stored == 50
    rows = sheet_rows(job)
    assert "Số dòng: 50" in [row[0] for row in rows]
    start = next(at for at, row in enumerate(rows) if row[0] == "STT")
    told = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
    assert [row["STT"] for row in told] == list(range(1, 51))
    first = told[0]
    assert [first[name] for name in ("Họ và tên", "Ngày sinh", "Số điện thoại")] == [
        BAD,
        "1980",
        "0912345678",
    ]
    assert (first["Số câu đúng"], first["Số câu"], first["Thời gian (giây)"]) == (3, 5, 200)
    fates = [row["Tình trạng"] for row in told]
    assert {fate: fates.count(fate) for fate in fates} == {
        "Không phải lượt tính": 24,
        "Được tính": 24,
        "Bị huỷ": 1,
        "Người đăng ký trùng": 1,
    }


def test_cells_that_are_names_of_things_are_text(made):
    job = export(made, ENTRIES)
    with job.file.open() as file:
        sheet = load_workbook(io.BytesIO(file.read())).active
    cells = {cell.value: (cell.data_type, cell.number_format) for row in sheet for cell in row}
    for text in (BAD, "0912345678", "001190012345", "0042"):
        assert cells[text] == ("s", "@")


def test_the_csv_says_the_same_and_runs_nothing(made):
    head, *rows = csv_rows(export(made, ENTRIES_CSV))
    assert len(rows) == 50
    first = dict(zip(head, rows[0], strict=True))
    assert [first[name] for name in ("Họ và tên", "Số điện thoại", "Mã cán bộ", "Địa chỉ")] == [
        "'" + BAD,
        "'0912345678",
        "'0042",
        'Tổ 1, "thôn"\nBình Hòa',
    ]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
    book = sheet_rows(export(made, ENTRIES))
    start = next(at for at, row in enumerate(book) if row[0] == "STT")
    column = head.index("Tình trạng")
    assert [row[column] for row in rows] == [row[column] for row in book[start + 1 :]]


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    ",=1",
    '"=1"',
    '",\n"',
    " =1",
    "ừ",
]


@pytest.mark.parametrize("phone_first", [False, True])
def test_no_cell_runs_and_every_cell_is_read_back(made, phone_first):
    people = list(Entrant.objects.filter(contest=made.contest).order_by("pk")[: len(HOSTILE)])
    for entrant, text in zip(people, HOSTILE, strict=True):
        own = {"full_name": text, "address": text, "email": text, "staff_code": text + "7"}
        Entrant.objects.filter(pk=entrant.pk).update(phone=seal_text("09" + text), **own)
    codes = ["national_id", "address", "staff_code", "email", "name", "phone"]
    given = LayoutInput(columns=[(code, "") for code in (codes[::-1] if phone_first else codes)])
    save_layout(unit=made.contest.unit, kind="entries", given=given, user=made.organiser)
    head, *rows = csv_rows(export(made, ENTRIES_CSV))
    told = {row[head.index("Số điện thoại")]: row for row in rows}
    for text in HOSTILE:
        row = told["'09" + text]
        safe = "'" + text if text[0] in "=+-@\t\r\n" else text
        places = [head.index(name) for name in ("Họ và tên", "Địa chỉ", "Thư điện tử")]
        assert [row[place] for place in places] == [safe] * 3
        assert row[head.index("Mã cán bộ")] == safe + "7"


def test_without_sealed_columns_copys_own_bytes_are_the_file(made):
    given = LayoutInput(columns=[("name", ""), ("started", ""), ("seconds", ""), ("rank", "")])
    save_layout(unit=made.contest.unit, kind="entries", given=given, user=made.organiser)
    head, first, *_rest = csv_rows(export(made, ENTRIES_CSV))
    assert head == ["Họ và tên", "Bắt đầu", "Thời gian (giây)", "Hạng"]
    started = timezone.localtime(Attempt.objects.filter(round=made.round).earliest("pk").started_at)
    assert first == ["'" + BAD, f"{started:%Y-%m-%d %H:%M:%S}.{started:%f}"[:23], "200.000", ""]


def test_every_column_that_may_be_chosen_is_written(made):
    every = [(column.code, "") for column in ENTRIES_PAPER.columns]
    assert {code for code, _heading in every} == set(COLUMNS)
    given = LayoutInput(columns=every)
    save_layout(unit=made.contest.unit, kind="entries", given=given, user=made.organiser)
    for kind in (ENTRIES, ENTRIES_CSV):
        assert export(made, kind).state == JobState.DONE


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(made, monkeypatch):
    monkeypatch.setattr(entries, "ROWS_PER_SHEET", 20)
    with export(made, ENTRIES).file.open() as file:
        book = load_workbook(io.BytesIO(file.read()))
    assert book.sheetnames == ["Lượt thi", "Lượt thi 2", "Lượt thi 3"]
    assert [sheet.max_row for sheet in book] == [25, 25, 15]
    assert book["Lượt thi 3"]["A15"].value == 50


def test_a_count_that_is_not_the_databases_gives_no_file(made, monkeypatch):
    monkeypatch.setattr(entries, "count_entries", lambda round_id: 49)
    job = export(made, ENTRIES)
    assert (job.state, job.error_code, bool(job.file)) == (
        JobState.FAILED,
        "export_disagrees",
        False,
    )


def test_who_has_not_entered_is_listed_against_the_count(made):
    with pytest.raises(RoundNotReady):
        export(made, MISSING)
    give_roster(made, "Người Vắng Một", "Người Vắng Hai")
    rows = sheet_rows(export(made, MISSING))
    assert [row[2] for row in rows[-2:]] == ["Người Vắng Hai", "Người Vắng Một"]


@pytest.mark.parametrize("kind", FULL_EXPORTS)
def test_personal_data_goes_out_with_the_right_alone_and_the_diary_says_why(made, kind):
    Membership.objects.filter(user=made.organiser, role=Role.EXPORTER).delete()
    with pytest.raises(NotAllowed):
        export(made, kind)
    Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
    if kind == MISSING:
        give_roster(made, "Người Vắng")
    job = export(made, kind)
    told = AuditEntry.objects.get(act=kind)
    assert (told.actor, told.details["rows"]) == (made.organiser, job.result["rows"])
    assert told.reason.text == WHY.text
