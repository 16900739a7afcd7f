"""Who came to a session of a class, as a workbook."""

from collections.abc import Sequence
from typing import IO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.models import User
from quiz.interfaces.excel.sheets import BOLD, TITLE, OfficeSheet
from training.domain.attendance import AttendanceRow
from training.models import ClassSession

_WIDTHS = (6, 30, 16, 30, 18, 18, 12, 30)


def export_attendance(
    *, session: ClassSession, rows: Sequence[AttendanceRow], user: User, file: IO[bytes]
) -> None:
    """Write the list; the diary says who took it out and how many rows it has."""
    training_class = session.training_class
    book = Workbook(write_only=True)
    sheet = OfficeSheet(book, _("Điểm danh"), _WIDTHS)
    sheet.line(_("DANH SÁCH ĐIỂM DANH"), font=TITLE)
    sheet.line(training_class.title, font=BOLD)
    told = {"begins": show_moment(session.begins_at), "place": training_class.place}
    ends = localtime(session.ends_at).strftime("%H:%M")
    sheet.line(_("%(begins)s đến %(ends)s, %(place)s") % {**told, "ends": ends})
    sheet.blank()
    sheet.header(
        [
            _("STT"),
            _("Họ và tên"),
            _("Mã cán bộ"),
            _("Đơn vị"),
            _("Giờ vào"),
            _("Giờ ra"),
            _("Số phút"),
            _("Ghi chú"),
        ]
    )
    for number, row in enumerate(rows, 1):
        sheet.row(_cells(number, row))
    book.save(file)
    record_act(
        actor=user,
        act="export_attendance",
        subject=training_class,
        unit_id=training_class.unit_id,
        rows=len(rows),
    )


def _cells(number: int, row: AttendanceRow) -> list[str | int]:
    person, held = row.person, row.attendance
    unit = person.unit.name if person.unit else ""
    came = show_moment(held.in_at) if held else ""
    left = show_moment(held.out_at) if held and held.out_at else ""
    note = held.reason if held else _("Vắng")
    return [number, person.full_name, person.username, unit, came, left, row.minutes, note]
