"""The diary as a workbook, for whoever may read it, against a reason."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from accounts.domain.diary import DiaryFilter, DiaryLine, describe_lines, read_diary
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, register_job_kind
from accounts.domain.reveals import Reason, record_reveal
from accounts.errors import DomainError, NotAllowed
from accounts.models import AuditEntry, Job, User
from accounts.permissions import SEE_DIARY, holds_any

EXPORT_DIARY = "export_diary"
AT_ONCE = 1_000
# What a sheet holds, less its head.
MOST_ROWS = 1_000_000
WIDTHS = (12, 20, 26, 16, 60, 40, 32, 26, 50, 66)


class DiaryTooLong(DomainError):
    code = "diary_too_long"
    status = 422
    message = gettext_lazy("Phần nhật ký đã chọn dài quá một trang tính.")
    hint = gettext_lazy("Chọn khoảng ngày ngắn hơn rồi xuất lại.")


def queue_diary(*, wanted: DiaryFilter, reason: Reason, user: User, now: datetime) -> Job:
    """Queue the workbook. Raises NotAllowed."""
    if not holds_any(user, *SEE_DIARY):
        raise NotAllowed
    params = {"filter": wanted.as_params(), "reason": reason.code, "reason_text": reason.text}
    return queue_job(kind=EXPORT_DIARY, params=params, user=user, now=now)


def export_diary(run: JobRun) -> dict[str, Any]:
    """Job “export_diary” of {"filter": …, "reason": code, "reason_text": words}."""
    if not holds_any(run.user, *SEE_DIARY):
        raise NotAllowed
    wanted = DiaryFilter.from_params(run.params["filter"])
    entries = read_diary(user=run.user, wanted=wanted)
    total = entries.count()
    if total > MOST_ROWS:
        raise DiaryTooLong
    with run.new_file("nhat-ky.xlsx") as file:
        rows = _write(file, _lines(entries.iterator(chunk_size=AT_ONCE), run, total))
    record_reveal(
        actor=run.user,
        act=EXPORT_DIARY,
        subject=run.job,
        unit_id=run.user.unit_id,
        reason=Reason(run.params["reason"], run.params["reason_text"]),
        rows=rows,
    )
    return {"rows": rows}


def _lines(entries: Iterator[AuditEntry], run: JobRun, total: int) -> Iterator[DiaryLine]:
    done = 0
    while part := list(islice(entries, AT_ONCE)):
        yield from describe_lines(part)
        done += len(part)
        run.progress(min(done, total), total)


def _write(file: IO[bytes], lines: Iterator[DiaryLine]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Nhật ký"))
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJ"[place]].width = width
    head = [_text(sheet, title) for title in _titles()]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    rows = 0
    for line in lines:
        sheet.append(_row(sheet, line))
        rows += 1
    book.save(file)
    return rows


def _titles() -> list[str]:
    return [
        _("Dòng số"),
        _("Lúc"),
        _("Người thực hiện"),
        _("Mã cán bộ"),
        _("Việc"),
        _("Đối tượng"),
        _("Đơn vị"),
        _("Lý do"),
        _("Nói rõ"),
        _("Mã băm"),
    ]


def _row(sheet: Any, line: DiaryLine) -> list[Any]:
    entry, reason = line.entry, line.reason
    return [
        entry.sequence,
        timezone.localtime(entry.at).strftime("%H:%M:%S %d/%m/%Y"),
        _text(sheet, line.actor),
        _text(sheet, line.staff_code),
        _text(sheet, line.sentence),
        _text(sheet, line.subject),
        _text(sheet, line.unit),
        _text(sheet, str(reason.get_code_display()) if reason else ""),
        _text(sheet, reason.text if reason else ""),
        bytes(entry.hash).hex() if entry.hash else "",
    ]


def _text(sheet: Any, words: str) -> Any:
    """Text whatever it looks like: a name that begins with “=” is no formula."""
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    return cell


def register_diary_job() -> None:
    """Called once when Django starts."""
    register_job_kind(
        EXPORT_DIARY, run=export_diary, title=gettext_lazy("Xuất nhật ký"), atomic=False
    )
