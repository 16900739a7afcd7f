"""A worker killed while it imports or exports leaves the whole, or nothing and a reason."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import load_workbook

from accounts.domain.jobs import queue_job
from accounts.enums import JobState, Role
from accounts.models import Job
from quiz.domain.awards import propose_awards
from quiz.interfaces.excel.item_import import IMPORT_JOB
from quiz.models import ItemVersion
from tests.factories import OpenContest, make_bank, make_open_contest, make_person, make_unit
from tests.forked_kills import kill_ten_times
from tests.job_kills import KILLS, KillLab
from tests.quiz.interfaces.excel.item_workbooks import item_book, saved
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS = 150
PEOPLE = 300


def test_a_worker_killed_while_importing(tmp_path: Path):
    unit = make_unit()
    author = make_person(Role.AUTHOR, unit=unit)

    def queue(number: int) -> Job:
        bank = make_bank(unit=unit, author=author, reviewer=author, drafts=[])
        rows = [(f"Câu {row} của tệp {number}?", "Một", "Hai", "Ba", "A") for row in range(ITEMS)]
        head = ("Nội dung câu hỏi", "A", "B", "C", "Đáp án")
        upload = ContentFile(saved(item_book(*rows, head=head)), name="cau-hoi.xlsx")
        params = {"bank": bank.pk, "name": "cau-hoi.xlsx"}
        return queue_job(
            kind=IMPORT_JOB, params=params, user=author, now=timezone.now(), upload=upload
        )

    def check(job: Job) -> None:
        stored = ItemVersion.objects.filter(item__bank=job.params["bank"]).count()
        assert stored == (ITEMS if job.state == JobState.DONE else 0), job.error

    with KillLab(tmp_path) as lab:
        kills = lab.kill_ten_times(queue=queue, check=check)
    assert len(kills) == KILLS
    assert max(kill.seconds for kill in kills) < 60


@pytest.fixture
def made() -> OpenContest:
    """A closed round with many entries and its prizes proposed."""
    contest = make_open_contest()
    people = [
        Person(birth_date=None, identity="", entries=[Entry(wrong=number % 4, seconds=number)])
        for number in range(PEOPLE)
    ]
    make_entrants(contest, people)
    close(contest)
    contest.round.refresh_from_db()
    assert propose_awards(round=contest.round, user=contest.organiser) == []
    return contest


@pytest.mark.parametrize("kind", ["export_winners", "export_participation"])
def test_a_worker_killed_while_exporting(settings, tmp_path, made: OpenContest, kind: str):
    settings.MEDIA_ROOT = tmp_path
    sheets: list[list[str]] = []

    def queue(number: int) -> Job:
        params = {"round": made.round.pk, "number": number}
        return queue_job(kind=kind, params=params, user=made.organiser, now=timezone.now())

    def check(job: Job) -> None:
        if job.state != JobState.DONE:
            assert not job.file
            return
        with job.file.open() as file:
            names = load_workbook(BytesIO(file.read()), read_only=True).sheetnames
        sheets.append(names)
        assert names == sheets[0]

    assert kill_ten_times(queue=queue, check=check) > 0
    assert sheets[0]
