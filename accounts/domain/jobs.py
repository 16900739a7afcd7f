"""Long work in the worker: queued by one call, run under a fence, finished once or not at all.

The row is the truth and the broker only a nudge. A run owns the job while the row carries its
number; whatever it writes at the end asks for that number in the same statement, so a worker
taken for dead that wakes up again changes nothing.
"""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from celery import current_app
from django.core.files.base import File
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from accounts.domain.job_runs import JobFenced, JobRun
from accounts.enums import JobState
from accounts.errors import DomainError, Faults
from accounts.models import Job, User

log = logging.getLogger(__name__)
MAX_RUNS = 3
RUN_TASK = "accounts.tasks.run_job"
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class JobKind:
    """`run` does the work and returns what the job's page shows (`Job.result`), or nothing.

    `atomic`: the whole effect and the state “done” are one transaction, so a kill leaves nothing.
    A kind that only writes a file, or whose steps may each be repeated, sets it to False.
    """

    code: str
    run: Callable[[JobRun], dict[str, Any] | None]
    title: str | Promise
    atomic: bool = True


KINDS: dict[str, JobKind] = {}


def register_job_kind(
    kind: str,
    *,
    run: Callable[[JobRun], dict[str, Any] | None],
    title: str | Promise,
    atomic: bool = True,
) -> None:
    """Called by the apps above in `AppConfig.ready()`."""
    KINDS[kind] = JobKind(kind, run, title, atomic)


def queue_job(
    *,
    kind: str,
    params: dict[str, Any],
    user: User | None,
    now: datetime,
    title: str = "",
    upload: File | None = None,
) -> Job:
    """Put work in the queue; the worker is told after commit.

    The same work asked for again by the same person while it waits or runs is the same job: a
    double click starts nothing twice. `params` is JSON; `upload` is kept for the run to read.
    """
    with transaction.atomic():
        if upload is None:
            same = Job.objects.unfinished().filter(kind=kind, params=params, created_by=user)
            if job := same.first():
                return job
        job = Job(kind=kind, title=title or str(KINDS[kind].title), params=params, queued_at=now)
        job.created_by = user
        if upload is not None:
            suffix = PurePath(upload.name or "").suffix.lower()[:10]
            job.upload.save(f"{job.public_id}{suffix}", upload, save=False)
        job.save()
        transaction.on_commit(partial(_nudge, job.pk))
    return job


def _nudge(job_id: int) -> None:
    """Tell the worker. A broker that is down costs only time: the sweeper asks again."""
    broker_errors = current_app.connection_for_write().connection_errors
    try:
        current_app.send_task(RUN_TASK, [job_id], retry=False)
    except (BrokerError, OSError, *broker_errors):
        log.warning("broker not reached for job %s", job_id)


def run_job(*, job_id: int) -> Job | None:
    """Run a queued job to its end; None if it is not waiting any more.

    Two workers with the same message race for the claim, and one of them gets it.
    """
    job = _claim(job_id)
    if job is None:
        return None
    with JobRun(job) as run:
        try:
            _do(run, KINDS[job.kind])
        except JobFenced:
            log.warning("job %s: run %s lost its job", job_id, job.run)
        except (OperationalError, InterfaceError):
            # The database went away under the run: silent from now on, so it is run again.
            log.exception("job %s: database lost", job_id)
        except Faults as refusal:
            faults = refusal.as_dict()["faults"]
            _fail(run, code=refusal.code, sentence=str(refusal), faults=faults)
        except DomainError as refusal:
            _fail(run, code=refusal.code, sentence=str(refusal))
        except Exception as error:
            log.exception("job %s failed", job_id)
            if isinstance(error, OSError) and error.errno in FULL_DISK:
                _fail(run, code="disk_full", sentence=_disk_full())
            else:
                _fail(run, code="unexpected", sentence=_unexpected(job))
    job.refresh_from_db()
    return job


def run_if_small(*, job: Job, size: int, at_once: int) -> Job:
    """Run a queued job here if its file has at most `at_once` bytes.

    The worker's message then finds nothing left to do; or the worker was quicker to take it.
    """
    if size <= at_once:
        run_job(job_id=job.pk)
        job.refresh_from_db()
    return job


def _claim(job_id: int) -> Job | None:
    waiting = Job.objects.filter(pk=job_id, state=JobState.QUEUED)
    claimed = waiting.update(
        state=JobState.RUNNING,
        run=F("run") + 1,
        heartbeat_at=timezone.now(),
        done=0,
        total=0,
        note="",
    )
    return Job.objects.select_related("created_by").get(pk=job_id) if claimed else None


def _do(run: JobRun, kind: JobKind) -> None:
    if kind.atomic:
        with transaction.atomic():
            _finish(run, kind.run(run))
    else:
        _finish(run, kind.run(run))


def _finish(run: JobRun, result: dict[str, Any] | None) -> None:
    """Raises JobFenced if the job is no longer this run's; the transaction goes with it."""
    run.end(state=JobState.DONE, result=result or {}, faults=run.told, error="", error_code="")


def _fail(run: JobRun, *, code: str, sentence: str, faults: list[Any] | None = None) -> None:
    try:
        run.end(state=JobState.FAILED, error_code=code, error=sentence, faults=faults or [])
    except JobFenced:
        log.warning("job %s: failed in a run that lost it", run.job.pk)


def _disk_full() -> str:
    return _(
        "Máy chủ đã hết chỗ trống để ghi tệp, chưa có gì được ghi. Báo quản trị hệ thống dọn bớt "
        "dữ liệu rồi chạy lại tác vụ; bài thi đang làm không bị ảnh hưởng."
    )


def _unexpected(job: Job) -> str:
    return _(
        "Tác vụ dừng vì một lỗi ngoài dự kiến, chưa có gì được ghi. Thử lại; nếu vẫn lỗi, báo "
        "quản trị kèm mã %(code)s."
    ) % {"code": str(job.public_id)[:8]}


def sweep_jobs(*, now: datetime) -> int:
    """Ask again for jobs whose message or worker was lost; returns how many were.

    A job whose workers die again and again is given up with a reason after MAX_RUNS runs.
    """
    lost = 0
    for job in Job.objects.silent(now):
        held = Job.objects.held_by(job_id=job.pk, run=job.run).silent(now)
        if job.run >= MAX_RUNS:
            lost += held.update(
                state=JobState.FAILED,
                finished_at=now,
                error_code="worker_lost",
                error=_(
                    "Tiến trình xử lý đã dừng giữa chừng nhiều lần, chưa có gì được ghi. Thử lại "
                    "sau ít phút; nếu vẫn lỗi, báo quản trị hệ thống."
                ),
            )
        else:
            lost += held.update(state=JobState.QUEUED, queued_at=now)
            transaction.on_commit(partial(_nudge, job.pk))
    for pk in Job.objects.forgotten(now).values_list("pk", flat=True):
        # Moved forward, so that a long queue is not asked for at every sweep.
        if Job.objects.forgotten(now).filter(pk=pk).update(queued_at=now):
            lost += 1
            transaction.on_commit(partial(_nudge, pk))
    return lost
