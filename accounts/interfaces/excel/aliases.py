"""Other names of units out of workbooks: `Mã đơn vị | Tên gọi khác`, one name a row."""

from collections import defaultdict

from django.utils.translation import gettext as _

from accounts.domain.unit_search import UnitFinder
from accounts.errors import Fault, Faults
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table
from accounts.queries.org_unit import OrgUnitQuerySet


def alias_columns() -> list[Column]:
    return [
        Column(
            "unit",
            _("Mã đơn vị"),
            ("ma don vi", "ma", "don vi", "ten don vi", "don vi moi", "ten moi", "xa phuong moi"),
            required=True,
        ),
        Column(
            "alias",
            _("Tên gọi khác"),
            (
                "ten goi khac",
                "ten khac",
                "ten cu",
                "don vi cu",
                "ten don vi cu",
                "xa phuong cu",
                "ten truoc sap xep",
                "ten viet tat",
                "bi danh",
            ),
            required=True,
        ),
    ]


def read_aliases(source: Source, *, units: OrgUnitQuerySet) -> dict[str, list[str]]:
    """New names by unit code. Raises Faults with every row whose unit is unknown or unclear."""
    finder, faults = UnitFinder(units), []
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in read_table(source, alias_columns()):
        try:
            unit = finder.find(row.cells["unit"])
        except ValueError as refusal:
            hint = _("Xem mã đơn vị ở trang Đơn vị.")
            faults.append(Fault(row.place, "unit_unknown", str(refusal), hint))
            continue
        if not row.cells["alias"]:
            message, hint = _("Chưa có tên gọi khác."), _("Điền tên hoặc xóa dòng này.")
            faults.append(Fault(row.place, "alias_empty", message, hint))
        aliases[unit.code].append(row.cells["alias"])
    if faults:
        raise Faults(faults)
    return dict(aliases)
