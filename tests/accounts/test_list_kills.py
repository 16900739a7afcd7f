"""A worker killed while it takes people over from a workbook leaves all of them, or nobody."""

import io

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.jobs import queue_job, run_job
from accounts.enums import JobState, Role
from accounts.models import AuditEntry, Job, Membership, User
from tests.forked_kills import kill_ten_times
from tests.people import make_person, make_unit

ROWS = 500
KILLS = 2


def people_book(name: str) -> ContentFile:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Mã cán bộ", "Họ và tên", "Đơn vị", "Vai trò"])
    for row in range(ROWS):
        sheet.append([f"{name}-{row}", f"Người {row}", "dv", "Lãnh đạo đơn vị"])
    out = io.BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name="a.xlsx")


@pytest.mark.django_db(transaction=True)
def test_killed_imports_of_people_are_whole_or_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    alice = make_person("alice", Role.ADMINISTRATOR, unit=make_unit("dv"))

    def queue(number: int) -> Job:
        given = {"user": alice, "now": timezone.now()}
        file = people_book(f"cb{number}")
        checked = queue_job(kind="check_people", params={}, upload=file, **given)
        checked = run_job(job_id=checked.pk)
        digest = checked.result["digest"]
        params = {"checked": checked.pk, "digest": digest, "name": f"cb{number}-"}
        return queue_job(kind="store_people", params=params, **given)

    def check(job: Job) -> None:
        people = User.objects.filter(username__startswith=job.params["name"])
        whole = ROWS if job.state == JobState.DONE else 0
        told = AuditEntry.objects.filter(act="create_person", subject_id__in=people.values("pk"))
        roles = Membership.objects.filter(user__in=people)
        assert (people.count(), roles.count(), told.count()) == (whole, whole, whole)

    assert kill_ten_times(queue=queue, check=check, kills=KILLS) > 0
