"""Real worker processes, killed in the middle of jobs, and what must hold afterwards.

    with KillLab(tmp_path) as lab:
        lab.kill_ten_times(queue=lambda number: queue_job(...), check=check_effect)

Mark the test `django_db(transaction=True)`: the worker reads what the test has committed.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from celery import Celery
from django.db import connection
from django.test import override_settings

from accounts.domain.jobs import RUN_TASK
from accounts.enums import JobState
from accounts.models import Job
from tests.stack import ROOT

FINISHED = (JobState.DONE, JobState.FAILED)
LONGEST = 60.0
KILLS = 10
WORKERS = 2


@dataclass(frozen=True)
class Kill:
    """One killed run: how far into it, how it ended, after how many seconds and runs."""

    after: float
    state: str
    seconds: float
    runs: int


class KillLab:
    """Celery workers and their clock over the test's database, as `manage.py serve` runs them."""

    def __init__(self, folder: Path, *, imports: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.media = folder / "media"
        for name in ("queue", "processed", "control", "media"):
            (folder / name).mkdir()
        self._env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "KILL_DATABASE": connection.settings_dict["NAME"],
            "KILL_FOLDER": str(folder),
            "KILL_IMPORTS": ",".join(imports),
        }
        self._nudger = Celery(broker="filesystem://localhost", set_as_current=False)
        self._nudger.conf.broker_transport_options = {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
        }
        self._stack = ExitStack()

    def __enter__(self) -> "KillLab":
        self._stack.enter_context(override_settings(MEDIA_ROOT=self.media))
        self._log = self._stack.enter_context((self.folder / "worker.log").open("wb"))
        self._workers = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.worker_main", str(WORKERS)],
            cwd=ROOT,
            env=self._env,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(self, *raised: object) -> None:
        os.killpg(self._workers.pid, signal.SIGKILL)
        self._workers.wait()
        self._stack.close()

    def kill_ten_times(
        self,
        *,
        queue: Callable[[int], Job],
        check: Callable[[Job], None],
        seed: int = 20261122,
        kills: int = KILLS,
    ) -> list[Kill]:
        """Kill the worker once in each of ten jobs, at random points of their length.

        `queue(number)` queues job 0 (left alone, to learn how long it takes) to 10; `check(job)`
        asserts that the effect is there once if the job is done, and not at all if it failed.
        """
        dice = random.Random(seed)
        length = self._measure(queue(0), check)
        killed = []
        for number in range(1, kills + 1):  # one lies there until it is missed: on to the next
            after = dice.uniform(0, length)
            job = queue(number)
            self._run_and_kill(job, after)
            killed.append((job, after, time.monotonic()))
        done = []
        for job, after, killed_at in killed:
            self._wait_for(job, FINISHED, killed_at + LONGEST)
            seconds = time.monotonic() - killed_at
            assert job.state == JobState.DONE or job.error, f"failed without a reason: {job}"
            check(job)
            done.append(Kill(after, job.state, seconds, job.run))
        return done

    def _measure(self, job: Job, check: Callable[[Job], None]) -> float:
        self._nudge(job)
        self._wait_for(job, (JobState.RUNNING, *FINISHED), time.monotonic() + LONGEST)
        began = time.monotonic()
        self._wait_for(job, FINISHED, time.monotonic() + LONGEST)
        assert job.state == JobState.DONE, f"{job.error_code}: {job.error}\n{self.log()}"
        check(job)
        return max(0.02, time.monotonic() - began)

    def _run_and_kill(self, job: Job, after: float) -> None:
        """Kill the worker that has the job; another takes its place at once."""
        self._nudge(job)
        self._wait_for(job, (JobState.RUNNING, *FINISHED), time.monotonic() + LONGEST)
        time.sleep(after)
        pid = int((self.folder / f"job-{job.pk}").read_text())
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _nudge(self, job: Job) -> None:
        self._nudger.send_task(RUN_TASK, [job.pk])

    def _wait_for(self, job: Job, states: tuple[str, ...], until: float) -> None:
        while True:
            job.refresh_from_db()
            if job.state in states:
                return
            waited_out = time.monotonic() > until
            assert not waited_out, f"still {job.state}, run {job.run}\n{self.log()}"
            time.sleep(0.005)

    def log(self) -> str:
        """What worker and clock have said so far."""
        return (self.folder / "worker.log").read_text(errors="replace")[-3000:]
