"""The numbers in every workbook, computed again from nothing but the published bundle."""

import io
import zipfile
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from accounts.domain.jobs import run_job
from accounts.domain.reveals import Reason
from accounts.enums import Role
from accounts.models import Membership
from quiz.engine.canonical import H, canon
from quiz.interfaces.dossier.jobs import queue_papers
from quiz.interfaces.excel.full_exports import ENTRIES, queue_full_export
from tests.attacks.bundles import Files, make_bundle, unpack
from tests.factories import OpenContest
from tests.quiz.result_world import NAMES, publish, sealed_for_module, submit

pytestmark = pytest.mark.django_db
Table = list[list[Any]]
VALID = ("counted", "superseded", "unranked")


@pytest.fixture(scope="module")
def _released(django_db_setup, django_db_blocker):
    """(contest, its papers by name, all entries as a workbook, the bundle's files)."""
    with sealed_for_module(django_db_blocker) as made:
        release = publish(made, submit(made))
        Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
        yield papers(made), entries(made), unpack(make_bundle(release))


@pytest.fixture
def books(_released, db) -> dict[str, Any]:
    return _released[0]


@pytest.fixture
def whole(_released, db) -> bytes:
    return _released[1]


@pytest.fixture
def bundle(_released, db) -> Files:
    return _released[2]


def papers(made: OpenContest) -> dict[str, bytes]:
    now = timezone.now()
    job = queue_papers(
        round=made.round, codes=[], origin="https://thi.example.vn", user=made.organiser, now=now
    )
    with run_job(job_id=job.pk).file.open() as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    place = f"-{made.contest.code}-1"
    return {name.replace(place, ""): archive.read(name) for name in archive.namelist()}


def entries(made: OpenContest) -> bytes:
    job = queue_full_export(
        kind=ENTRIES,
        round=made.round,
        user=made.organiser,
        now=timezone.now(),
        reason=Reason("handing_over"),
    )
    return run_job(job_id=job.pk).file.read()


def table(data: bytes, sheet: str, first: str) -> Table:
    """The rows from the one that begins with a heading on."""
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))[sheet]]
    return rows[next(at for at, row in enumerate(rows) if row[0] == first) :]


def opened(row: dict[str, Any], field: str) -> Any:
    return row["opening"][field]["value"]


def leaf_of(row: dict[str, Any]) -> str:
    """As docs/release-format.md has it, from commitments and opened values."""
    from hmac import digest

    told = {
        name: digest(bytes.fromhex(part["key"]), canon(part["value"]), "sha256").hex()
        if "value" in part
        else part["commitment"]
        for name, part in row["opening"].items()
    }
    return H("leaf", canon(told)).hex()


def right_ones(bundle: Files, row: dict[str, Any]) -> int:
    keys = bundle["commitment.json"]["document"]["keys"][opened(row, "group")]
    slots = zip(opened(row, "paper"), opened(row, "answers"), strict=True)
    return sum(keys[item] == mask for (item, _options), mask in slots)


def winners(bundle: Files) -> list[dict[str, Any]]:
    """Every prize with what follows from its entry: marks from the paper, money from the rules."""
    rows = {leaf_of(row): row for row in bundle["leaves.jsonl"] if "opening" in row}
    tiers = {
        tier["code"]: tier
        for tier in bundle["commitment.json"]["document"]["rules"]["result"]["result"]["prizes"]
    }
    prizes = [award for award in bundle["awards.json"]["awards"] if award["kind"] == "prize"]
    order = [group["code"] for group in _groups(bundle)]
    prizes.sort(key=lambda award: (order.index(award["group"]), award["place"]))
    return [
        {
            "prize": tiers[award["tier"]]["name"],
            "money": tiers[award["tier"]]["money"],
            "correct": right_ones(bundle, rows[award["leaf"]]),
            "prediction": Decimal(opened(rows[award["leaf"]], "prediction")),
        }
        for award in prizes
    ]


def _groups(bundle: Files) -> list[dict[str, Any]]:
    return bundle["commitment.json"]["document"]["rules"]["entry"]["groups"]


def test_the_winners_workbook(books, bundle):
    _head, *rows = table(books["danh-sach-dat-giai.xlsx"], "Danh sách đạt giải", "STT")
    people = [row for row in rows if isinstance(row[0], int)]
    told = winners(bundle)
    assert [(row[4], row[5], row[7], row[8]) for row in people] == [
        (f"{each['correct']}/5", each["prediction"], each["prize"], each["money"]) for each in told
    ]
    total = next(row for row in rows if row[1] == "Tổng cộng")
    money = sum(each["money"] for each in told)
    assert (total[7], total[8]) == (len(told), money)
    signing = table(books["danh-sach-dat-giai.xlsx"], "Ký nhận", "STT")
    assert next(row for row in signing if row[1] == "Tổng cộng")[3:5] == [len(told), money]


@pytest.mark.parametrize("name", ["danh-sach-dat-giai.docx", "ky-nhan.docx"])
def test_the_totals_on_paper(books, bundle, name):
    found = next(
        table
        for table in Document(io.BytesIO(books[name])).tables
        if table.rows[0].cells[0].text == "STT"
    )
    money = f"{sum(each['money'] for each in winners(bundle)):,}".replace(",", ".")
    assert money in [cell.text for cell in found.rows[-1].cells]


def test_the_participation_workbook(books, bundle):
    counts = bundle["release.json"]["counts"]
    entries = sum(counts[fate] for fate in VALID)
    book = books["so-lieu-tham-gia.xlsx"]
    told = {row[0]: row[1] for row in table(book, "Tổng hợp", "Chỉ tiêu")}
    assert (told["Số lượt thi"], told["Số người thi"]) == (
        entries,
        sum(bundle["awards.json"]["entrants"].values()),
    )
    groups = {row[0]: row[1] for row in table(book, "Theo đối tượng", "Đối tượng")}
    assert {NAMES[code]: count for code, count in bundle["awards.json"]["entrants"].items()} == {
        name: count for name, count in groups.items() if name in NAMES.values()
    }
    units = table(book, "Theo đơn vị", "STT")
    assert sum(row[4] for row in units[1:-1] if isinstance(row[0], int)) == entries
    for sheet, first in (("Theo ngày", "Ngày"), ("Theo giờ", "Giờ trong ngày")):
        assert table(book, sheet, first)[-1][2] == entries
    assert table(book, "Phổ điểm", "Mức điểm")[-1][1] == counts["counted"]


def test_the_score_bands_of_every_entry_whose_paper_is_opened(books, bundle):
    ranked = [row for row in bundle["leaves.jsonl"] if row["fate"] == "counted"]
    marked = [right_ones(bundle, row) for row in ranked]
    assert [
        row[1] for row in table(books["so-lieu-tham-gia.xlsx"], "Phổ điểm", "Mức điểm")[1:]
    ] == [
        sum(mark == 5 for mark in marked),
        sum(mark == 4 for mark in marked),
        sum(2 <= mark < 4 for mark in marked),
        sum(mark == 1 for mark in marked),
        sum(mark == 0 for mark in marked),
        len(marked),
    ]


def test_the_workbook_of_all_entries(whole, bundle):
    head, *rows = table(whole, "Lượt thi", "STT")
    assert len(rows) == bundle["release.json"]["size"]
    at = head.index("Tình trạng")
    words = {
        "counted": "Được tính",
        "superseded": "Không phải lượt tính",
        "unranked": "Không xếp hạng",
        "voided": "Bị huỷ",
        "duplicate": "Người đăng ký trùng",
    }
    found = Counter(row[at] for row in rows)
    told = Counter(row["fate"] for row in bundle["leaves.jsonl"])
    assert {words[fate]: count for fate, count in told.items()} == found
