"""Whatever long work is killed, it has happened whole or not at all, and the next run does it.

Each kind is run over the same data: left alone and taken back; killed with SIGKILL at a random
point, after which nothing has changed (of work in one transaction); swept and run again, after
which there is as much of everything as when it was left alone. For tests marked
`django_db(transaction=True)`, over a media folder of their own.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.domain.jobs import KINDS, queue_job, run_job, sweep_jobs
from accounts.enums import JobState
from accounts.models import Job, User
from tests.forked_kills import Points, kill_at, kinds_of_files, stored, undone

LATER = timedelta(hours=1)


@dataclass
class Kills:
    """Kills one job after another, and keeps which kinds that were.

    `left_out`: tables that may hold more rows after a second run.
    """

    dice: random.Random = field(default_factory=lambda: random.Random(20261130))
    done: list[str] = field(default_factory=list)
    left_out: Sequence[str] = ("accounts_auditentry",)  # a file begun twice is told of twice

    def __call__(self, job: Job, *, kills: int = 1) -> None:
        self.done.append(job.kind)
        whole = seen = self._left_alone(job)
        for _kill in range(kills):
            # Not at the last: there the work is done, and its row is read once more.
            before, point = stored(exactly=True), self.dice.randint(1, seen["points"] - 1)
            assert kill_at(job, point), job.kind
            if KINDS[job.kind].atomic:
                assert stored(exactly=True) == before, job.kind
            sweep_jobs(now=timezone.now() + LATER)
            seen = self._left_alone(job)  # fewer points if the killed run has done some
            self._require_same(job, seen, whole)
            Job.objects.filter(pk=job.pk).update(run=0)  # or it is given up after three
        Job.objects.filter(pk=job.pk).delete()

    def at_steps(self, job: Job, *, apart: int = 1) -> None:
        """Killed at one step after another, `apart` steps from each other, then run in peace."""
        self.done.append(job.kind)
        whole = self._left_alone(job)
        before, atomic = stored(exactly=True), KINDS[job.kind].atomic
        for point in range(1, whole["points"], apart):
            if not kill_at(job, point):
                assert not atomic, job.kind
                break  # little was left to do after the runs before
            if atomic:
                assert stored(exactly=True) == before, (job.kind, point)
            sweep_jobs(now=timezone.now() + LATER)
            Job.objects.filter(pk=job.pk).update(run=0)
        job.refresh_from_db()
        seen = self._seen(job) if job.state == JobState.DONE else self._left_alone(job)
        self._require_same(job, seen, whole)
        Job.objects.filter(pk=job.pk).delete()

    def _require_same(self, job: Job, seen: dict[str, Any], whole: dict[str, Any]) -> None:
        for name in ("tables", "files", "result"):
            assert seen[name] == whole[name], (job.kind, name)

    def _left_alone(self, job: Job) -> dict[str, Any]:
        with undone():
            points = Points()
            with points.watched():
                self._run(job)
            return self._seen(job) | {"points": points.passed}

    def _run(self, job: Job) -> None:
        done = run_job(job_id=job.pk)
        assert done is not None
        assert done.state == JobState.DONE, f"{job.kind}: {done.error_code} {done.error}"

    def _seen(self, job: Job) -> dict[str, Any]:
        job.refresh_from_db()
        tables = stored(exactly=False)
        for name in self.left_out:
            tables.pop(name)
        return {"tables": tables, "files": kinds_of_files(), "result": sorted(job.result)}


def queue(kind: str, user: User | None, **params: Any) -> Job:
    return queue_job(kind=kind, params=params, user=user, now=timezone.now())
