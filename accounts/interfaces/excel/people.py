"""The workbook of people: one row a person; a second row gives a role at a second unit."""

from django.utils.translation import gettext as _

from accounts.domain.person_lines import PersonLine
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table


def person_columns() -> list[Column]:
    """The columns looked for, by any of the words met in the wild."""
    words = {
        "username": (
            _("Mã cán bộ"),
            ("ma can bo", "ma cb", "ma so can bo", "ma cong chuc", "ma nhan vien", "ma dang nhap"),
        ),
        "full_name": (_("Họ và tên"), ("ho va ten", "ho ten", "ten", "full name")),
        "unit": (
            _("Đơn vị"),
            ("ma don vi", "don vi", "ten don vi", "don vi cong tac", "co quan", "noi cong tac"),
        ),
        "email": (_("Thư điện tử"), ("thu dien tu", "email", "e-mail", "dia chi thu dien tu")),
        "phone": (
            _("Điện thoại"),
            ("dien thoai", "so dien thoai", "di dong", "dien thoai di dong", "sdt"),
        ),
        "roles": (_("Vai trò"), ("vai tro", "quyen", "phan quyen")),
        "role_unit": (
            _("Vai trò tại đơn vị"),
            ("vai tro tai don vi", "tai don vi", "pham vi", "don vi phu trach"),
        ),
        "state": (_("Trạng thái"), ("trang thai", "tinh trang", "tai khoan")),
        "reason": (_("Lý do khóa"), ("ly do khoa", "ly do")),
    }
    return [
        Column(name, title, known, required=name == "username")
        for name, (title, known) in words.items()
    ]


def read_person_lines(source: Source) -> list[PersonLine]:
    """The rows below the first header that names staff codes. Raises Faults."""
    rows = read_table(source, person_columns())
    return [PersonLine(place=row.place, **row.cells) for row in rows]
