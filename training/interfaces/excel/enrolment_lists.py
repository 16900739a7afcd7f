"""Lists of people to enrol as workbooks: the template, and reading one."""

from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table
from quiz.interfaces.excel.sheets import OfficeSheet
from training.domain.enrolment_lists import EnrolmentRow

_WIDTHS = (32, 18, 18, 18)


def _columns() -> list[Column]:
    """The columns looked for; a list needs names, or staff codes alone."""
    name = ("ho va ten", "ho ten", "ten", "full name")
    code = ("ma can bo", "ma cb", "ma so can bo", "ma cong chuc", "ma vien chuc", "ma nhan vien")
    return [
        Column("full_name", _("Họ và tên"), name, required=True),
        Column("staff_code", _("Mã cán bộ"), code),
        Column("birth_date", _("Ngày sinh"), ("ngay sinh", "ngay thang nam sinh")),
        Column("due_on", _("Hạn hoàn thành"), ("han hoan thanh", "han", "thoi han")),
    ]


def read_enrolment_list(source: Source) -> list[EnrolmentRow]:
    """The rows of the first sheet with a header. Raises Faults, or says why it is unreadable."""
    rows = read_table(source, _columns())
    return [EnrolmentRow(place=row.place, **row.cells) for row in rows]


def write_enrolment_template(file: IO[bytes]) -> None:
    """An empty list with an example and, on a second sheet, what goes into each column."""
    book = Workbook(write_only=True)
    sheet = OfficeSheet(book, _("Danh sách"), _WIDTHS)
    sheet.header([column.title for column in _columns()])
    sheet.row([_("Nguyễn Văn Mẫu"), "CB0001", "05/09/1990", "31/12/2026"])
    guide = OfficeSheet(book, _("Hướng dẫn"), (24, 90), landscape=False)
    guide.header([_("Cột"), _("Cách ghi")])
    for title, text in (
        (_("Họ và tên"), _("Bắt buộc có cột này. Xóa dòng ví dụ trước khi tải lên.")),
        (_("Mã cán bộ"), _("Mã dùng để đăng nhập. Có mã thì không cần ngày sinh.")),
        (_("Ngày sinh"), _("Khi không có mã: ngày/tháng/năm như trong danh sách bắt buộc.")),
        (_("Hạn hoàn thành"), _("Ngày/tháng/năm; để trống thì theo hạn chung.")),
    ):
        guide.row([title, text])
    book.save(file)
