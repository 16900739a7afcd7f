"""A job killed with SIGKILL in the middle of its work, in a process forked for it alone.

`KillLab` (job_kills.py) tests worker, broker and clock together and takes seconds a kill. Here only
the work itself runs, so a kill takes as long as the work. It comes at a point (a statement, a step
of the progress), so that any can be hit, or after some time, whatever is going on. For tests
marked `django_db(transaction=True)`.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import run_job, sweep_jobs
from accounts.enums import JobState
from accounts.models import Job

KILLS = 10
SECONDS_TO_END = 60
_OF_PARENT: list[Any] = []  # connections a child must not close: the socket is shared


class Points:
    """Counts the points that pass by; at one of them this process ends as by `kill -9`."""

    def __init__(self, last: int | None = None) -> None:
        self.passed, self._last = 0, last

    def __call__(self) -> None:
        self.passed += 1
        if self.passed == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def watched(self) -> Iterator[None]:
        def statement(execute: Any, sql: str, *args: Any) -> Any:
            if "SAVEPOINT" not in sql:  # as many as there are transactions around the work
                self()
            return execute(sql, *args)

        told = JobRun.progress

        def progress(run: JobRun, *args: Any, **named: Any) -> None:
            self()
            told(run, *args, **named)

        with connection.execute_wrapper(statement), mock.patch.object(JobRun, "progress", progress):
            yield


def kill_at(job: Job, point: int) -> bool:
    """Run the job in a process that is killed there; whether it was (else the job was over)."""
    return _was_killed(*_fork(job, Points(point)))


def kill_after(job: Job, seconds: float) -> bool:
    """The same after so many seconds."""
    pid, before = _fork(job, Points())
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return _was_killed(pid, before)


def kill_ten_times(
    *, queue: Callable[[int], Job], check: Callable[[Job], None], kills: int = KILLS
) -> int:
    """Kill each of ten jobs once, at random moments of their length; how many were hit.

    More are tried if none of them was hit. `queue(number)` queues job 0 (left alone, to learn how
    long it takes) and those that follow. `check(job)` asserts that the effect is there once if the
    job is done, and not at all if it is not: it is asked after the kill, and again when the job was
    swept and run anew.
    """
    dice = random.Random(20261130)
    job, began = queue(0), time.monotonic()
    _finish(job, check)
    length = time.monotonic() - began
    hit = 0
    for number in range(1, 3 * kills + 1):
        if number > kills and hit:
            break
        job, moment = queue(number), dice.uniform(0, length)
        if kill_after(job, moment):
            hit += 1
        else:
            length = moment  # it took no longer: the first one met a busier machine
        job.refresh_from_db()
        check(job)
        sweep_jobs(now=timezone.now() + timedelta(hours=1))
        _finish(job, check)
    return hit


def _finish(job: Job, check: Callable[[Job], None]) -> None:
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, f"{job.error_code}: {job.error}"
    check(job)


def _fork(job: Job, points: Points) -> tuple[int, set[int]]:
    """The process, and the sessions there were before it."""
    before = _sessions()
    pid = os.fork()
    if pid:
        return pid, before
    _OF_PARENT.append(connection.connection)
    connection.connection = None
    try:
        # A fork copies none of the threads typst sets with; of a killed run nobody reads the pages.
        with points.watched(), mock.patch("typst.compile", return_value=b"%PDF-1.7"):
            run_job(job_id=job.pk)
    finally:
        os._exit(0)


def _was_killed(pid: int, before: set[int]) -> bool:
    """And nobody works for it any more: a statement under way, or a commit, goes on to its end."""
    killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    until = time.monotonic() + SECONDS_TO_END
    while _sessions() - before:
        assert time.monotonic() < until, "a session of the killed process does not end"
        time.sleep(0.005)
    return killed


def _sessions() -> set[int]:
    """Other sessions of this database: of a server of an earlier test, or of the killed process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


@contextmanager
def undone() -> Iterator[None]:
    """What is stored meanwhile is rolled back, files written are gone, and files gone are back."""
    before = {path: path.read_bytes() for path in files()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    after = set(files())
    for path in after - before.keys():
        path.unlink()
    for path in before.keys() - after:
        path.write_bytes(before[path])


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def kinds_of_files() -> Counter[str]:
    """How many files of each ending lie in the store."""
    return Counter(path.suffix for path in files())


def stored(*, exactly: bool) -> dict[str, str]:
    """Of each table but the jobs' the number of rows or, `exactly`, a digest of all they hold."""
    tables = [name for name in connection.introspection.table_names() if name != "accounts_job"]
    what = "md5(string_agg(t::text, '|' ORDER BY t::text))" if exactly else "count(*)::text"
    union = " UNION ALL ".join(f"SELECT '{name}', {what} FROM {name} t" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(union)
        return dict(cursor.fetchall())
