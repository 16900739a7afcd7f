"""Index results in and out of workbooks."""

from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.interfaces.excel.list_templates import Told, write_template
from accounts.interfaces.excel.opening import Source
from accounts.interfaces.excel.tables import Column, read_table
from quiz.interfaces.excel.sheets import ITALIC, TITLE, OfficeSheet
from training.domain.index_results import IndexYear
from training.domain.listed_rows import ListedRow


def _columns() -> list[Column]:
    return [
        Column("name", _("Chỉ số"), ("chi so", "ten chi so", "bo chi so"), required=True),
        Column("year", _("Năm"), ("nam", "nam danh gia"), required=True),
        Column(
            "unit",
            _("Đơn vị"),
            ("don vi", "ma don vi", "ten don vi", "co quan", "dia phuong"),
            required=True,
        ),
        Column("score", _("Điểm"), ("diem", "diem so", "ket qua", "gia tri")),
        Column("rank", _("Xếp hạng"), ("xep hang", "hang", "thu hang", "vi tri")),
    ]


def read_index_rows(source: Source) -> list[ListedRow]:
    """The rows of a workbook with a header. Raises Faults and the refusals of `open_workbook`."""
    return [ListedRow(row.place, row.cells) for row in read_table(source, _columns())]


def index_template(file: BinaryIO) -> None:
    columns = [
        Told("Chỉ số", 24, _("Tên chỉ số, ví dụ PAR INDEX, SIPAS. Viết giống nhau qua các năm.")),
        Told("Năm", 8, _("Năm đánh giá, bốn chữ số.")),
        Told("Đơn vị", 36, _("Mã hoặc tên đơn vị trong phạm vi của bạn.")),
        Told("Điểm", 10, _("Số, ví dụ 87,45. Để trống nếu chỉ có xếp hạng.")),
        Told("Xếp hạng", 10, _("Số thứ tự. Để trống nếu chỉ có điểm.")),
    ]
    write_template(file, sheet="Chỉ số", columns=columns, rows=(), previewed=False, keeps=False)


def write_index_year(file: BinaryIO, shown: IndexYear) -> None:
    """The table of one index in one year, as the page shows it."""
    book = Workbook(write_only=True)
    sheet = OfficeSheet(book, _("Chỉ số"), (8, 16, 52, 14), landscape=False)
    title = {"name": shown.name, "year": shown.year}
    sheet.line(_("%(name)s năm %(year)s") % title, font=TITLE)
    count = {"count": len(shown.results)}
    sheet.line(_("%(count)s đơn vị") % count, font=ITALIC)
    sheet.blank()
    sheet.header([_("Hạng"), _("Mã đơn vị"), _("Đơn vị"), _("Điểm")])
    for result in shown.results:
        score = "" if result.score is None else result.score
        sheet.row([result.rank or "", result.unit.code, result.unit.name, score])
    book.save(file)
