"""Workbooks of units and people: checked in one job, done in a second that somebody asked for.

A small file has been checked when the request that brought it is answered; a big one is the
worker's. The second job reads the file of the first and plans again, because things may have
changed: it does what was confirmed, or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, register_job_kind, run_if_small
from accounts.domain.person_lists import plan_people, store_people
from accounts.domain.plans import PlanOutdated, Summary
from accounts.domain.unit_lists import plan_units, store_units
from accounts.enums import JobState
from accounts.errors import NotAllowed
from accounts.interfaces.excel.people import read_person_lines
from accounts.interfaces.excel.units import read_unit_lines
from accounts.models import Job, User
from accounts.permissions import MANAGE, holds_any

AT_ONCE = 100 * 1024  # bytes: about 2,000 rows, half a second


@dataclass(frozen=True)
class ListKind:
    """One kind of workbook: `plan` says what it would change, `store` does it."""

    check: str
    do: str
    title: str | Promise
    plan: Callable[[JobRun, IO[bytes]], Summary]
    store: Callable[[JobRun, IO[bytes], str], dict[str, Any]]


def _plan_units(run: JobRun, file: IO[bytes]) -> Summary:
    today = timezone.localdate(run.now)
    return plan_units(lines=read_unit_lines(file), user=run.user, today=today).summary


def _store_units(run: JobRun, file: IO[bytes], digest: str) -> dict[str, Any]:
    lines, today = read_unit_lines(file), timezone.localdate(run.now)
    plan = store_units(lines=lines, user=run.user, today=today, digest=digest)
    told = _("Đã thực hiện %(count)s thay đổi về đơn vị.")
    return {"message": told % {"count": len(plan.summary.changes)}}


def _plan_people(run: JobRun, file: IO[bytes]) -> Summary:
    return plan_people(lines=read_person_lines(file), user=run.user).summary


def _store_people(run: JobRun, file: IO[bytes], digest: str) -> dict[str, Any]:
    def report(done: int, total: int) -> None:
        run.progress(done, total, _("Đang thêm người"))

    lines = read_person_lines(file)
    stored = store_people(lines=lines, user=run.user, digest=digest, report=report)
    count = len(stored.plan.summary.changes)
    told = _("Đã thực hiện %(count)s thay đổi về người dùng.") % {"count": count}
    return {"message": told, "created": stored.created}


UNITS = ListKind(
    "check_units", "store_units", gettext_lazy("Đơn vị từ tệp Excel"), _plan_units, _store_units
)
PEOPLE = ListKind(
    "check_people", "store_people", gettext_lazy("Người dùng từ tệp Excel"),
    _plan_people, _store_people,
)  # fmt: skip
KINDS = {kind.check: kind for kind in (UNITS, PEOPLE)}


def queue_check(*, kind: ListKind, file: File, user: User, now: datetime) -> Job:
    """Check a workbook; a small one has been checked when this returns. Raises NotAllowed."""
    _require_manager(user)
    title = _("Kiểm tra: %(name)s") % {"name": str(file.name)[-120:]}
    job = queue_job(kind=kind.check, params={}, user=user, now=now, title=title, upload=file)
    return run_if_small(job=job, size=file.size, at_once=AT_ONCE)


def queue_store(*, checked: Job, user: User, now: datetime, next: str) -> Job:
    """Do what a check found, by the person who asked for it. Raises NotAllowed, PlanOutdated.

    `next` is where the job's page leads.
    """
    _require_manager(user)
    if checked.state != JobState.DONE or not checked.upload or checked.created_by_id != user.pk:
        raise PlanOutdated
    kind = KINDS[checked.kind]
    job = queue_job(
        kind=kind.do,
        params={"checked": checked.pk, "digest": checked.result["digest"], "next": next},
        user=user,
        now=now,
        title=str(kind.title),
    )
    return run_if_small(job=job, size=checked.upload.size, at_once=AT_ONCE)


def _require_manager(user: User) -> None:
    if not holds_any(user, *MANAGE):
        raise NotAllowed


def _check(kind: ListKind, run: JobRun) -> dict[str, Any]:
    _require_manager(run.user)
    run.progress(0, note=_("Đang đọc và đối chiếu"))
    with run.job.upload.open("rb") as file:
        return kind.plan(run, file).as_result()


def _store(kind: ListKind, run: JobRun) -> dict[str, Any]:
    _require_manager(run.user)
    run.progress(0, note=_("Đang thực hiện"))
    checked = Job.objects.of(run.user).get(pk=run.params["checked"], kind=kind.check)
    if not checked.upload:
        raise PlanOutdated
    with checked.upload.open("rb") as file:
        return kind.store(run, file, run.params["digest"])


def register_list_jobs() -> None:
    """Called once when Django starts."""
    for kind in KINDS.values():
        title = gettext_lazy("Kiểm tra tệp Excel")
        register_job_kind(kind.check, run=_bound(_check, kind), title=title)
        register_job_kind(kind.do, run=_bound(_store, kind), title=kind.title)


def _bound(
    work: Callable[[ListKind, JobRun], dict[str, Any]], kind: ListKind
) -> Callable[[JobRun], dict[str, Any]]:
    return lambda run: work(kind, run)
