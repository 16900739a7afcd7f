"""The workbook of units: one row a unit, one column a thing that may be said of it."""

from django.utils.translation import gettext as _

from accounts.domain.unit_lines import UnitLine
from accounts.errors import Faults
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table

SHEET = "Đơn vị"


def unit_columns(*, required: str = "") -> list[Column]:
    """The columns looked for, by any of the words met in the wild. None of them has to be there
    but one that says which unit is meant.
    """
    words = {
        "code": (_("Mã đơn vị"), ("ma don vi", "ma", "ma dvhc", "ma xa", "ma so")),
        "name": (
            _("Tên đơn vị"),
            ("ten don vi", "ten", "don vi", "ten dvhc", "ten moi", "ten don vi moi"),
        ),
        "kind": (_("Loại"), ("loai", "loai don vi", "cap")),
        "parent": (
            _("Thuộc đơn vị"),
            ("thuoc don vi", "don vi cap tren", "cap tren", "truc thuoc", "thuoc", "don vi cha"),
        ),
        "aliases": (
            _("Tên gọi khác"),
            ("ten goi khac", "ten khac", "ten cu", "ten truoc sap xep", "ten viet tat"),
        ),
        "headcount": (_("Biên chế"), ("bien che", "so nguoi", "so can bo", "tong so nguoi")),
        "headcount_on": (
            _("Biên chế tính từ ngày"),
            ("bien che tinh tu ngay", "tinh tu ngay", "bien che tu ngay", "ngay tinh bien che"),
        ),
        "merge_into": (
            _("Nhập vào đơn vị"),
            ("nhap vao don vi", "nhap vao", "sap nhap vao", "sap nhap vao don vi", "hop nhat vao"),
        ),
        "end_on": (
            _("Ngừng hoạt động từ ngày"),
            ("ngung hoat dong tu ngay", "ngung hoat dong", "ngay ngung hoat dong", "giai the tu"),
        ),
        "reopen": (_("Mở lại (ghi x)"), ("mo lai (ghi x)", "mo lai", "hoat dong lai")),
    }
    return [
        Column(name, title, known, required=name == required)
        for name, (title, known) in words.items()
    ]


def read_unit_lines(source: Source) -> list[UnitLine]:
    """The rows below the first header that names codes, else names. Raises Faults."""
    try:
        rows = read_table(source, unit_columns(required="code"))
    except Faults:
        rows = read_table(source, unit_columns(required="name"))
    return [UnitLine(place=row.place, **row.cells) for row in rows]
