"""A communication plan in and out of workbooks: the template, its rows, the plan as it stands."""

from collections.abc import Sequence
from typing import IO, BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.dates import show_day
from accounts.domain.audit import record_act
from accounts.interfaces.excel.list_templates import Told, write_template
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table
from accounts.models import User
from quiz.interfaces.excel.sheets import BOLD, ITALIC, TITLE, OfficeSheet
from training.domain.listed_rows import ListedRow
from training.domain.plan_reading import TaskLine
from training.models import CommunicationPlan

_WIDTHS = (6, 44, 26, 26, 14, 28, 20, 14, 14, 40)


def _columns() -> list[Column]:
    return [
        Column("position", _("STT"), ("stt", "so tt", "so thu tu", "tt")),
        Column(
            "content",
            _("Nội dung nhiệm vụ"),
            ("noi dung nhiem vu", "noi dung", "nhiem vu", "noi dung cong viec", "cong viec"),
            required=True,
        ),
        Column(
            "unit",
            _("Đơn vị chủ trì"),
            ("don vi chu tri", "chu tri", "don vi thuc hien", "co quan chu tri", "don vi"),
            required=True,
        ),
        Column("partners", _("Đơn vị phối hợp"), ("don vi phoi hop", "phoi hop")),
        Column(
            "due",
            _("Thời hạn"),
            ("thoi han", "thoi gian", "thoi gian thuc hien", "thoi gian hoan thanh", "han"),
            required=True,
        ),
        Column("expected", _("Kết quả dự kiến"), ("ket qua du kien", "ket qua", "san pham")),
        Column("target", _("Chỉ tiêu"), ("chi tieu", "so luong")),
    ]


def read_plan_rows(source: Source) -> list[ListedRow]:
    """The rows of a workbook with a header. Raises Faults and the refusals of `open_workbook`."""
    return [ListedRow(row.place, row.cells) for row in read_table(source, _columns())]


def plan_template(file: BinaryIO, lines: Sequence[TaskLine]) -> None:
    """With the tasks there are now, to be changed and sent back."""
    columns = [
        Told("STT", 6, _("Số đã có: sửa nhiệm vụ đó. Để trống: thêm vào cuối.")),
        Told("Nội dung nhiệm vụ", 60, _("Bắt buộc; việc phải làm.")),
        Told("Đơn vị chủ trì", 32, _("Mã hoặc tên của đơn vị lập kế hoạch hoặc đơn vị bên dưới.")),
        Told("Đơn vị phối hợp", 32, _("Ghi tự do.")),
        Told("Thời hạn", 16, _("Quý II, Tháng 9, 30/06/2026 hoặc Cả năm; trong năm kế hoạch.")),
        Told("Kết quả dự kiến", 40, _("Ghi bằng lời.")),
        Told("Chỉ tiêu", 22, _("Ví dụ: 3 lớp tập huấn, 2.000 lượt dự thi; hoặc để trống.")),
    ]
    with translation.override("vi"):
        rows = [[str(line.task.position), *_told(line)] for line in lines]
    write_template(file, sheet="Nhiệm vụ", columns=columns, rows=rows, previewed=False)


def _told(line: TaskLine) -> list[str]:
    task = line.task
    return [
        task.content,
        task.unit.name,
        task.partners,
        line.due,
        task.expected,
        str(line.target),
    ]


def export_plan(
    *, plan: CommunicationPlan, lines: Sequence[TaskLine], user: User, file: IO[bytes]
) -> None:
    """The plan with each task's state and evidence; the diary says who took it out."""
    book = Workbook(write_only=True)
    sheet = OfficeSheet(book, _("Kế hoạch"), _WIDTHS)
    sheet.line(plan.title.upper(), font=TITLE)
    sheet.line(plan.unit.name, font=BOLD)
    if plan.number:
        told = {"number": plan.number, "day": show_day(plan.issued_on) if plan.issued_on else "…"}
        sheet.line(_("(Quyết định số %(number)s ngày %(day)s)") % told, font=ITALIC)
    sheet.blank()
    sheet.header(
        [
            *(column.title for column in _columns()),
            _("Đã đạt"),
            _("Trạng thái"),
            _("Minh chứng, lý do chậm"),
        ]
    )
    for line in lines:
        reached = line.progress.reached if line.task.target_kind else ""
        cells = [line.task.position, *_told(line), reached, str(line.state.label), _proofs(line)]
        sheet.row(cells)
    book.save(file)
    record_act(
        actor=user,
        act="export_communication_plan",
        subject=plan,
        unit_id=plan.unit_id,
        rows=len(lines),
    )


def _proofs(line: TaskLine) -> str:
    """One after another: what, where, when; and why it is late."""
    told = [
        "; ".join(
            part
            for part in (
                each.note,
                each.thing_title,
                each.link,
                each.file.name if each.file else "",
                show_day(each.happened_on),
            )
            if part
        )
        for each in line.evidence
    ]
    if line.task.late_reason:
        told.append(_("Lý do chậm: %(reason)s") % {"reason": line.task.late_reason})
    return "\n".join(told)
