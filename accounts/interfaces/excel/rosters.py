"""Compulsory lists out of workbooks."""

from django.utils.translation import gettext as _

from accounts.domain.roster_rows import RosterRow
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table


def roster_columns() -> list[Column]:
    """The columns looked for, by any of the words met in the wild."""
    return [
        Column(
            "full_name", _("Họ và tên"), ("ho va ten", "ho ten", "ten", "full name"), required=True
        ),
        Column(
            "unit",
            _("Đơn vị"),
            ("ma don vi", "don vi", "ten don vi", "don vi cong tac", "co quan", "noi cong tac"),
        ),
        Column(
            "staff_code",
            _("Mã cán bộ"),
            ("ma can bo", "ma cb", "ma so can bo", "ma cong chuc", "ma vien chuc", "ma nhan vien"),
        ),
        Column("birth_date", _("Ngày sinh"), ("ngay sinh", "nam sinh", "ngay thang nam sinh")),
        Column("group_code", _("Đối tượng"), ("doi tuong", "ma doi tuong", "bang", "nhom")),
        Column(
            "exemption",
            _("Lý do miễn"),
            ("ly do mien", "mien", "mien tham gia", "ly do mien tham gia", "ghi chu mien"),
        ),
    ]


def read_roster(source: Source) -> list[RosterRow]:
    """The rows of the first sheet with a header. Raises Faults, or says why it is unreadable."""
    rows = read_table(source, roster_columns())
    return [RosterRow(place=row.place, **row.cells) for row in rows]
