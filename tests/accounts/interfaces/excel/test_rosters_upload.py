"""A list is checked in one job and stored in a second; small ones at once."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.jobs import run_job
from accounts.domain.roster_rows import RosterRow
from accounts.domain.rosters import load_roster
from accounts.enums import JobState, Role
from accounts.errors import NotAllowed, UploadGone
from accounts.interfaces.excel import rosters_upload
from accounts.interfaces.excel.rosters_upload import (
    Target,
    queue_check,
    queue_store,
)
from accounts.models import Job, Roster
from tests.people import Trio, make_trio

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


@pytest.fixture
def trio(settings, tmp_path) -> Trio:
    settings.MEDIA_ROOT = tmp_path
    return make_trio(Role.ORGANISER)


def workbook(*rows: tuple) -> ContentFile:
    book, file = Workbook(), BytesIO()
    for row in (("Họ và tên", "Mã cán bộ"), *rows):
        book.active.append(row)
    book.save(file)
    return ContentFile(file.getvalue(), name="danh-sach.xlsx")


def check(trio: Trio, target: Target, *rows: tuple) -> Job:
    return queue_check(target=target, file=workbook(*rows), user=trio.alice, now=timezone.now())


def store(trio: Trio, checked: Job, *, remove_gone: bool = False) -> Job:
    now = timezone.now()
    return queue_store(checked=checked, remove_gone=remove_gone, user=trio.alice, now=now)


def test_a_new_list_is_looked_at_and_then_stored(trio):
    checked = check(trio, Target(trio.here, None, "Quý IV", DAY), ("Lê Thử", "007"))
    assert checked.state == JobState.DONE
    assert {name: checked.result[name] for name in ("new", "changed", "gone", "same")} == {
        "new": 1,
        "changed": 0,
        "gone": 0,
        "same": 0,
    }
    assert checked.result["new_rows"] == [["Lê Thử", "007", trio.here.name]]
    assert Roster.objects.count() == 0
    stored = store(trio, checked)
    roster = Roster.objects.get()
    assert (stored.state, stored.result["roster"]) == (JobState.DONE, roster.pk)
    assert (roster.name, roster.as_of, roster.entries.get().staff_code) == ("Quý IV", DAY, "007")


def test_a_newer_file_says_what_changes_and_removes_only_if_asked(trio):
    rows = [RosterRow("1", "Lê Thử", "", "007"), RosterRow("2", "Trần Đi", "", "008")]
    roster = load_roster(name="A", unit=trio.here, as_of=DAY, rows=rows, user=None)
    checked = check(trio, Target(trio.here, roster), ("Lê Thử Hai", "007"), ("Vũ Mới", "009"))
    kept = ("new_rows", "changed_rows", "gone_rows")
    assert [checked.result[name] for name in kept] == [
        [["Vũ Mới", "009", trio.here.name]],
        [["Lê Thử", "007", trio.here.name, "họ và tên"]],
        [["Trần Đi", "008", trio.here.name]],
    ]
    store(trio, checked)
    names = roster.entries.order_by("staff_code").values_list("full_name", flat=True)
    assert list(names) == ["Lê Thử Hai", "Trần Đi", "Vũ Mới"]
    store(trio, check(trio, Target(trio.here, roster), ("Vũ Mới", "009")), remove_gone=True)
    assert list(names.all()) == ["Vũ Mới"]


def test_faults_come_by_row_and_nothing_is_stored(trio):
    checked = check(
        trio, Target(trio.here, None, "A", DAY), ("", "1"), ("Lê Thử", "2"), ("Lê Hai", "2")
    )
    assert checked.state == JobState.FAILED
    assert [(fault["place"], fault["code"]) for fault in checked.faults] == [
        ("Trang “Sheet”, dòng 2", "name_empty"),
        ("Trang “Sheet”, dòng 4", "staff_code_twice"),
    ]
    assert Roster.objects.count() == 0


def test_a_big_file_waits_for_the_worker(trio, monkeypatch):
    monkeypatch.setattr(rosters_upload, "AT_ONCE", 10)
    checked = check(trio, Target(trio.here, None, "A", DAY), ("Lê Thử", "1"))
    assert checked.state == JobState.QUEUED
    run_job(job_id=checked.pk)
    checked.refresh_from_db()
    stored = store(trio, checked)
    assert (stored.state, Roster.objects.count()) == (JobState.QUEUED, 0)
    run_job(job_id=stored.pk)
    assert Roster.objects.get().entries.count() == 1


def test_only_keepers_of_the_unit_upload(trio):
    target = Target(trio.there, None, "A", DAY)
    with pytest.raises(NotAllowed):
        check(trio, target, ("Lê Thử", "1"))
    checked = check(trio, Target(trio.here, None, "A", DAY), ("Lê Thử", "1"))
    with pytest.raises(NotAllowed):
        queue_store(checked=checked, remove_gone=False, user=trio.bob, now=timezone.now())


def test_a_file_that_was_cleared_away_cannot_be_stored(trio):
    checked = check(trio, Target(trio.here, None, "A", DAY), ("Lê Thử", "1"))
    checked.upload.delete()
    with pytest.raises(UploadGone):
        store(trio, checked)
