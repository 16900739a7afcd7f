"""A killed worker leaves a job finished once, or failed with a reason; never half-done."""

from pathlib import Path

import pytest
from django.utils import timezone

from accounts.domain.jobs import queue_job
from accounts.enums import JobState
from accounts.models import Job, OrgUnit
from tests.job_kills import KILLS, KillLab
from tests.job_kinds import ROWS

pytestmark = pytest.mark.django_db(transaction=True)


def queue(kind: str, number: int) -> Job:
    params = {"name": f"{kind}-{number}"}
    return queue_job(kind=kind, params=params, user=None, now=timezone.now())


def check_import(job: Job) -> None:
    stored = OrgUnit.objects.filter(code__startswith=f"{job.params['name']}-").count()
    assert stored == (ROWS if job.state == JobState.DONE else 0)


def check_export(job: Job) -> None:
    if job.state == JobState.DONE:
        assert job.file.read().decode() == "".join(f"{row}\n" for row in range(ROWS))
    else:
        assert not job.file


@pytest.mark.parametrize(
    ("kind", "check"), [("test_import", check_import), ("test_export", check_export)]
)
def test_ten_killed_workers_leave_ten_whole_jobs(kind, check, tmp_path: Path):
    with KillLab(tmp_path, imports=("tests.job_kinds",)) as lab:
        kills = lab.kill_ten_times(queue=lambda number: queue(kind, number), check=check)
    assert len(kills) == KILLS
    assert max(kill.runs for kill in kills) > 1
