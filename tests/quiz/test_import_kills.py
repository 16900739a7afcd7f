"""A worker killed in the middle of an import leaves the whole workbook in the bank, or nothing."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import JobState, Role
from accounts.models import Job
from quiz.domain.banks import create_bank
from quiz.interfaces.excel.item_import import queue_import
from quiz.models import ItemBank
from tests.factories import make_person, make_unit
from tests.job_kills import KILLS, KillLab
from tests.quiz.bank_workbooks import sound_book

ROWS = 1500


@pytest.mark.django_db(transaction=True)
def test_ten_killed_imports_leave_ten_whole_jobs(tmp_path: Path):
    unit, data = make_unit(), sound_book(ROWS)
    author = make_person(Role.AUTHOR, unit=unit)

    def queue(number: int) -> Job:
        bank = create_bank(name=f"Ngân hàng {number}", unit=unit, user=author)
        return queue_import(
            bank=bank,
            open_file=lambda: ContentFile(data),
            name="cau-hoi.xlsx",
            user=author,
            now=timezone.now(),
        )

    def check(job: Job) -> None:
        bank = ItemBank.objects.get(pk=job.params["bank"])
        stored = bank.items.exclude(current=None).count()
        assert stored == (ROWS if job.state == JobState.DONE else 0)

    with KillLab(tmp_path) as lab:
        kills = lab.kill_ten_times(queue=queue, check=check)
    assert len(kills) == KILLS
    assert max(kill.runs for kill in kills) > 1
