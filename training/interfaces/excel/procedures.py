"""The list of procedures out of a workbook."""

from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.interfaces.excel.list_templates import Told, write_template
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table
from training.domain.listed_rows import ListedRow
from training.models import Procedure


def _columns() -> list[Column]:
    return [
        Column("code", _("Mã thủ tục"), ("ma thu tuc", "ma tthc", "ma", "ma so"), required=True),
        Column(
            "name",
            _("Tên thủ tục"),
            ("ten thu tuc", "ten tthc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "ten"),
            required=True,
        ),
        Column("field", _("Lĩnh vực"), ("linh vuc", "nganh, linh vuc", "nhom")),
        Column(
            "link",
            _("Liên kết"),
            ("lien ket", "duong dan", "dia chi", "link", "url"),
            required=True,
        ),
    ]


def read_procedure_rows(source: Source) -> list[ListedRow]:
    """The rows of a workbook with a header. Raises Faults and the refusals of `open_workbook`."""
    return [ListedRow(row.place, row.cells) for row in read_table(source, _columns())]


def procedure_template(file: BinaryIO, procedures: Iterable[Procedure]) -> None:
    """With the procedures there are now, to be changed and sent back."""
    columns = [
        Told("Mã thủ tục", 16, _("Mã trên Cổng Dịch vụ công quốc gia, ví dụ 1.004884.")),
        Told("Tên thủ tục", 60, _("Đúng như trên Cổng.")),
        Told("Lĩnh vực", 28, _("Ví dụ: Hộ tịch.")),
        Told("Liên kết", 60, _("Địa chỉ trang của thủ tục trên Cổng, bắt đầu bằng https://.")),
    ]
    rows = ([one.code, one.name, one.field, one.link] for one in procedures)
    write_template(file, sheet="Thủ tục", columns=columns, rows=rows, previewed=False, keeps=False)
