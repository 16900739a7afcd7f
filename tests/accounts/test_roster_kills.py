"""A worker killed while it stores a list leaves the whole list, or nothing of it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.jobs import queue_job
from accounts.enums import JobState, Role
from accounts.interfaces.excel.rosters_upload import CHECK, STORE, Target
from accounts.models import Headcount, Job, Roster
from tests.factories import make_person, make_unit
from tests.forked_kills import kill_ten_times

ROWS, KILLS = 1500, 3


def workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    book.active.append(["Họ và tên", "Mã cán bộ", "Ngày sinh"])
    for number in range(ROWS):
        book.active.append([f"Cán bộ số {number}", f"CB{number}", "05/09/1990"])
    book.save(file)
    return file.getvalue()


@pytest.mark.django_db(transaction=True)
def test_killed_uploads_leave_whole_lists(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    unit, data = make_unit(), workbook()
    keeper = make_person(Role.ORGANISER, unit=unit)

    def queue(number: int) -> Job:
        target = Target(unit, None, f"Danh sách {number}", date(2026, 1, 1))
        now = timezone.now()
        checked = Job.objects.create(
            kind=CHECK, params=target.params(), created_by=keeper, queued_at=now, state="done"
        )
        checked.upload.save("danh-sach.xlsx", ContentFile(data))
        params = {"checked": checked.pk, "remove_gone": False, "next": ""}
        return queue_job(kind=STORE, params=params, user=keeper, now=now)

    def check(job: Job) -> None:
        name = Job.objects.get(pk=job.params["checked"]).params["name"]
        stored = [roster.entries.count() for roster in Roster.objects.filter(name=name)]
        assert stored == ([ROWS] if job.state == JobState.DONE else [])

    assert kill_ten_times(queue=queue, check=check, kills=KILLS) > 0
    assert Headcount.objects.get(unit=unit).count == ROWS
