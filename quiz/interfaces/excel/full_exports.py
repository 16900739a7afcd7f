"""Whole lists with personal data as jobs: all entries, and who of the list has not entered.

They go out against the right to export personal data and a reason, and nobody sees by them a count
that still decides prizes. What they hold is kept as long as any job's file and then deleted.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.domain.reveals import Reason, record_reveal
from accounts.errors import NotAllowed
from accounts.models import Job, User
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.snapshots import one_snapshot
from quiz.errors import ExportDisagrees, RoundNotReady
from quiz.interfaces.csv.entries import write_entries_csv
from quiz.interfaces.excel.entries import write_entries
from quiz.interfaces.excel.participation import write_missing
from quiz.models import Round
from quiz.permissions import may_export_persons
from quiz.queries import participation as figures

ENTRIES, ENTRIES_CSV, MISSING = "export_entries", "export_entries_csv", "export_missing"
FULL_EXPORTS = (ENTRIES, ENTRIES_CSV, MISSING)


def queue_full_export(
    *, kind: str, round: Round, user: User, now: datetime, reason: Reason, back: str = ""
) -> Job:
    """Queue one of FULL_EXPORTS. Raises NotAllowed, CountsSecret, RoundNotReady without a list."""
    _check(user, round)
    if kind == MISSING and round.contest.roster_id is None:
        raise RoundNotReady(
            _("Cuộc thi này không có danh sách bắt buộc."),
            _("Chọn danh sách ở trang Thiết lập của cuộc thi."),
        )
    params = {
        "round": round.pk,
        "reason": reason.code,
        "reason_text": reason.text,
        "next": back,
    }
    return queue_job(kind=kind, params=params, user=user, now=now)


def _check(user: User, round: Round) -> None:
    """The right is asked for again when the job runs."""
    if not may_export_persons(user, round.contest):
        raise NotAllowed
    check_may_see_counts(user=user, contest=round.contest)


def export_entries(run: JobRun) -> dict[str, Any]:
    """Job “export_entries” or “export_entries_csv” of {"round": id, "reason": …}."""
    round = _round(run)
    write, suffix = (
        (write_entries_csv, "csv") if run.job.kind == ENTRIES_CSV else (write_entries, "xlsx")
    )
    name = f"luot-thi-{round.contest.code}-{round.number}.{suffix}"
    with run.new_file(name) as file, one_snapshot():
        rows = write(round=round, file=file, tell=run.progress)
    return _ended(run, round, rows)


def export_missing(run: JobRun) -> dict[str, Any]:
    """Job “export_missing” of {"round": id, "reason": …}: who of the list has not entered."""
    round = _round(run)
    contest, ids = round.contest, [round.pk]
    name = f"chua-du-thi-{contest.code}-{round.number}.xlsx"
    with run.new_file(name) as file, one_snapshot():
        missing = figures.missing_people(ids, roster_id=contest.roster_id)
        day = timezone.localdate(round.closes_at)
        units = figures.by_unit(ids, roster_id=contest.roster_id, day=day)
        counted = sum(unit.listed - unit.done for unit in units)
        book = Workbook(write_only=True)
        rows = write_missing(book, contest, missing)
        book.save(file)
        if rows != counted:
            raise ExportDisagrees(sheet=_("Chưa dự thi"), written=rows, stored=counted)
    return _ended(run, round, rows)


def _round(run: JobRun) -> Round:
    round = Round.objects.select_related("contest__unit").get(pk=run.params["round"])
    _check(run.user, round)
    return round


def _ended(run: JobRun, round: Round, rows: int) -> dict[str, Any]:
    record_reveal(
        actor=run.user,
        act=run.job.kind,
        subject=round,
        unit_id=round.contest.unit_id,
        reason=Reason(run.params["reason"], run.params.get("reason_text", "")),
        rows=rows,
        job=run.job.pk,
    )
    message = _("Tệp có %(rows)s dòng, đúng bằng số trong cơ sở dữ liệu.") % {"rows": rows}
    return {"rows": rows, "message": message}
