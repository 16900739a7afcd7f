"""Compulsory lists as workbooks: the template to write one in, and a list as it is held."""

from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, run_job
from accounts.domain.reveals import Reason, record_reveal
from accounts.errors import NotAllowed
from accounts.interfaces.excel.rosters import roster_columns
from accounts.models import Job, Roster, User
from accounts.permissions import exported_rosters
from quiz.domain.winners import birth_text
from quiz.interfaces.excel.sheets import OfficeSheet

# The columns that the reader knows, in the order people fill them in.
ORDER = ("full_name", "unit", "staff_code", "birth_date", "group_code", "exemption")
_WIDTHS = (32, 18, 18, 16, 18, 32)
CHUNK = 2000
EXPORT = "export_roster"


def _sheet(book: Workbook) -> OfficeSheet:
    titles = {column.name: column.title for column in roster_columns()}
    titles["unit"] = _("Mã đơn vị")
    sheet = OfficeSheet(book, _("Danh sách"), _WIDTHS)
    sheet.header([titles[name] for name in ORDER])
    return sheet


def write_roster_template(file: IO[bytes]) -> None:
    """An empty list with an example and, on a second sheet, what goes into each column."""
    book = Workbook(write_only=True)
    sheet = _sheet(book)
    sheet.row(["Nguyễn Văn Mẫu", "", "CB0001", "05/09/1990", "", ""])
    guide = OfficeSheet(book, _("Hướng dẫn"), (24, 90), landscape=False)
    guide.header([_("Cột"), _("Cách ghi")])
    for title, text in (
        (_("Họ và tên"), _("Bắt buộc. Xóa dòng ví dụ trước khi tải lên.")),
        (_("Mã đơn vị"), _("Mã hoặc tên đơn vị. Để trống: thuộc đơn vị của danh sách.")),
        (_("Mã cán bộ"), _("Mỗi người một mã. Nhờ mã này và ngày sinh, bài thi được ghi nhận.")),
        (_("Ngày sinh"), _("Ngày/tháng/năm; nếu không biết đủ thì ghi tháng/năm hoặc năm.")),
        (_("Đối tượng"), _("Mã đối tượng dự thi của cuộc thi, nếu có nhiều đối tượng.")),
        (_("Lý do miễn"), _("Ghi lý do thì người này không phải dự thi, ví dụ: Nghỉ thai sản.")),
    ):
        guide.row([title, text])
    book.save(file)


@transaction.atomic
def _ask_export(roster: Roster, user: User, now: datetime, reason: Reason, next: str) -> Job:
    record_reveal(
        actor=user,
        act=EXPORT,
        subject=roster,
        reason=reason,
        unit_id=roster.unit_id,
        rows=roster.entries.count(),
    )
    params = {"roster": roster.pk, "next": next}
    return queue_job(kind=EXPORT, params=params, user=user, now=now)


def queue_roster_export(
    *, roster: Roster, user: User, now: datetime, reason: Reason, next: str
) -> Job:
    """Ask for the list as a file, with a reason for the diary; `next` is where the person goes on
    from the job's page. A short list has been written when this returns.
    """
    job = _ask_export(roster, user, now, reason, next)
    if roster.entries.count() <= CHUNK:
        run_job(job_id=job.pk)
    return job


def export_roster(run: JobRun) -> dict[str, Any]:
    """Job “export_roster” of {"roster": id}. Raises NotAllowed without the right to export."""
    roster = exported_rosters(run.user).filter(pk=run.params["roster"]).first()
    if roster is None:
        raise NotAllowed
    with run.new_file(f"danh-sach-bat-buoc-{roster.pk}.xlsx") as file:
        rows = write_roster(roster=roster, file=file)
    return {"rows": rows}


def write_roster(*, roster: Roster, file: IO[bytes]) -> int:
    """The whole list by unit and name; the number of people in it."""
    book = Workbook(write_only=True)
    sheet = _sheet(book)
    entries = roster.entries.select_related("unit").order_by("unit__sort_name", "folded_name", "pk")
    rows = 0
    for entry in entries.iterator(chunk_size=CHUNK):
        rows += 1
        sheet.row(
            [
                entry.full_name,
                entry.unit.code,
                entry.staff_code,
                birth_text(entry.birth_date, entry.birth_precision),
                entry.group_code,
                entry.exemption,
            ]
        )
    book.save(file)
    return rows
