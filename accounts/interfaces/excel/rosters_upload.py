"""A compulsory list from a workbook: checked in one job, stored in a second that was asked for.

Small files are checked at once, by the request that sent them; a big one by the worker. The second
job reads the file of the first, so what is stored is what was checked; it compares again, because
the list may have changed in between.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, register_job_kind, run_if_small
from accounts.domain.roster_rows import RosterRow
from accounts.domain.rosters import (
    Comparison,
    changed_fields,
    compare_roster,
    load_roster,
    store_rows,
)
from accounts.errors import NotFound, UploadGone
from accounts.interfaces.excel.rosters import read_roster
from accounts.models import Job, OrgUnit, Roster, RosterEntry, User
from accounts.permissions import require_may_keep_rosters

CHECK, STORE = "check_roster", "store_roster"
AT_ONCE = 128 * 1024  # bytes of a workbook that is read within a fraction of a second
SHOWN = 50


@dataclass(frozen=True)
class Target:
    """Where a list goes: into `roster`, or into a new one of this name, unit and date."""

    unit: OrgUnit
    roster: Roster | None = None
    name: str = ""
    as_of: date | None = None

    def params(self) -> dict[str, Any]:
        return {
            "roster": self.roster.pk if self.roster else None,
            "unit": self.unit.pk,
            "name": self.name,
            "as_of": self.as_of.isoformat() if self.as_of else "",
        }


def target_of(params: dict[str, Any]) -> Target:
    """The target a job was queued for. Raises NotFound when its list is gone."""
    if params["roster"] is None:
        unit = OrgUnit.objects.get(pk=params["unit"])
        return Target(unit, None, params["name"], date.fromisoformat(params["as_of"]))
    roster = Roster.objects.select_related("unit").filter(pk=params["roster"]).first()
    if roster is None:
        raise NotFound
    return Target(roster.unit, roster)


def queue_check(*, target: Target, file: File, user: User, now: datetime) -> Job:
    """Check a workbook against its target. Raises NotAllowed.

    A small one has been checked when this returns (unless a worker was quicker to take it).
    """
    require_may_keep_rosters(user, target.unit)
    name = (target.roster.name if target.roster else target.name)[:120]
    job = queue_job(
        kind=CHECK,
        title=_("Kiểm tra danh sách: %s") % name,
        params=target.params(),
        user=user,
        now=now,
        upload=file,
    )
    return run_if_small(job=job, size=file.size, at_once=AT_ONCE)


def check_roster(run: JobRun) -> dict[str, Any]:
    """Job “check_roster”: what the list would do; with faults none of it. Stores nothing."""
    target = target_of(run.params)
    require_may_keep_rosters(run.user, target.unit)
    run.progress(0, note=_("Đang đọc tệp"))
    rows = _rows_of(run.job)
    found = compare_roster(roster=target.roster, unit=target.unit, rows=rows)
    return {"rows": len(rows), **described(found)}


def described(found: Comparison) -> dict[str, Any]:
    """Counts, and of each kind the first few by name; goes with the job's files."""
    return {
        "new": len(found.new),
        "changed": len(found.changed),
        "gone": len(found.gone),
        "same": found.same,
        "new_rows": [_row_of(entry) for entry in found.new[:SHOWN]],
        "gone_rows": [_row_of(entry) for entry in found.gone[:SHOWN]],
        "changed_rows": [
            [*_row_of(held), ", ".join(_labels(held, written))]
            for held, written in found.changed[:SHOWN]
        ],
    }


def _row_of(entry: RosterEntry) -> list[str]:
    return [entry.full_name, entry.staff_code, entry.unit.name]


def _labels(held: RosterEntry, written: RosterEntry) -> list[str]:
    fields = [name.removesuffix("_id") for name in changed_fields(held, written)]
    get = RosterEntry._meta.get_field  # noqa: SLF001  (Django's documented name)
    return [_("đơn vị") if name == "unit" else str(get(name).verbose_name) for name in fields]


def queue_store(*, checked: Job, remove_gone: bool, user: User, now: datetime) -> Job:
    """Store the list that `checked` found without faults. Raises NotAllowed, UploadGone.

    A small one has been stored when this returns (unless a worker was quicker to take it).
    """
    if not checked.upload:
        raise UploadGone
    target = target_of(checked.params)
    require_may_keep_rosters(user, target.unit)
    held = f"{target.roster.pk}/" if target.roster else ""
    job = queue_job(
        kind=STORE,
        params={
            "checked": checked.pk,
            "remove_gone": remove_gone,
            "next": f"/lam-viec/danh-sach/{held}",
        },
        user=user,
        now=now,
    )
    return run_if_small(job=job, size=checked.upload.size, at_once=AT_ONCE)


def store_roster(run: JobRun) -> dict[str, Any]:
    """Job “store_roster”: the whole list is stored with the job's end, or nothing of it."""
    checked = Job.objects.of(run.user).get(pk=run.params["checked"])
    target = target_of(checked.params)
    require_may_keep_rosters(run.user, target.unit)
    run.progress(0, note=_("Đang đọc tệp"))
    rows = _rows_of(checked)
    note = _("Đang lưu danh sách")

    def report(done: int, total: int) -> None:
        run.progress(done, total, note)

    roster = target.roster
    if roster is None:
        assert target.as_of is not None  # noqa: S101 - a new list has its date
        roster = load_roster(
            name=target.name,
            unit=target.unit,
            as_of=target.as_of,
            rows=rows,
            user=run.user,
            report=report,
        )
    else:
        store_rows(
            roster=roster,
            rows=rows,
            user=run.user,
            remove_gone=run.params["remove_gone"],
            report=report,
        )
    assert roster is not None  # noqa: S101 - this was no dry run
    told = _("Đã lưu danh sách %(count)s người.") % {"count": len(rows)}
    return {"message": told, "roster": roster.pk}


def _rows_of(job: Job) -> list[RosterRow]:
    """Raises UploadGone once the file has been cleared away."""
    if not job.upload:
        raise UploadGone
    with job.upload.open("rb") as file:
        return read_roster(file)


def register_roster_jobs() -> None:
    """Called once when Django starts."""
    register_job_kind(CHECK, run=check_roster, title=gettext_lazy("Kiểm tra danh sách bắt buộc"))
    register_job_kind(STORE, run=store_roster, title=gettext_lazy("Lưu danh sách bắt buộc"))
