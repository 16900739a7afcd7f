"""The item analysis as a workbook: a sheet of the papers, one of items, one of options."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from accounts.dates import show_moment
from quiz.domain.analysis_words import formula_lines, hint_words
from quiz.domain.item_reports import AnalysedItem, PoolReport
from quiz.domain.paper_layouts import read_layout
from quiz.errors import ExportDisagrees
from quiz.interfaces.excel.laid_out import LaidTable, Values
from quiz.interfaces.excel.sheets import ITALIC, TITLE, OfficeSheet
from quiz.models import ItemUsage, Round

Cell = Decimal | str


def rounded(value: float | None, places: int = 2) -> Cell:
    """A figure cell, half up; "" where there is none."""
    if value is None:
        return ""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def write_item_analysis(*, round: Round, reports: Sequence[PoolReport], file: IO[bytes]) -> int:
    """Write the analysis of a round; the number of items in it.

    Raises ExportDisagrees when that is not what the database holds.
    """
    book = Workbook(write_only=True)
    _write_papers(book, round, reports)
    written = _write_items(book, round, reports)
    stored = ItemUsage.objects.filter(pool__in=[report.pool for report in reports]).count()
    if written != stored:
        raise ExportDisagrees(sheet=_("Câu hỏi"), written=written, stored=stored)
    _write_options(book, reports)
    book.save(file)
    return written


def _write_papers(book: Workbook, round: Round, reports: Sequence[PoolReport]) -> None:
    sheet = OfficeSheet(book, _("Độ tin cậy"), (34, 14, 12, 14, 14, 18, 16, 18, 22))
    sheet.line(_("PHÂN TÍCH CÂU HỎI"), font=TITLE)
    sheet.line(f"{round.contest.title} – {round.name}", font=ITALIC)
    sheet.blank()
    sheet.header(
        [
            _("Đối tượng"),
            _("Số người (lượt đầu)"),
            _("Số câu mỗi đề"),
            _("Số câu đúng trung bình"),
            _("Độ lệch chuẩn"),
            _("Hệ số"),
            _("Độ tin cậy"),
            _("Sai số chuẩn (câu)"),
            _("Đếm lúc"),
        ]
    )
    for report in reports:
        found = report.reliability
        if found is None:
            sheet.row([report.pool.group.name, 0, *[""] * 6, show_moment(report.counted_at)])
            continue
        coefficient = None if found.coefficient is None else float(found.coefficient)
        sheet.row(
            [
                report.pool.group.name,
                found.persons,
                found.items,
                rounded(float(found.mean)),
                rounded(float(found.variance) ** 0.5),
                "KR-20 (alpha)" if found.same_items else "KR-21",
                rounded(coefficient),
                rounded(found.standard_error),
                show_moment(report.counted_at),
            ]
        )
    sheet.blank()
    for line in formula_lines():
        sheet.line(line, font=ITALIC)


def _write_items(book: Workbook, round: Round, reports: Sequence[PoolReport]) -> int:
    rows = [(report, item) for report in reports for item in report.items]
    layout = read_layout(unit=round.contest.unit, kind="items")
    table = LaidTable(book, layout, ITEM_VALUES, name=_("Câu hỏi"))
    table.head(_("Số dòng: %(count)s") % {"count": len(rows)})
    return table.write(rows)


ITEM_VALUES: Values[tuple[PoolReport, AnalysedItem]] = {
    "group": lambda row: row[0].pool.group.name,
    "item": lambda row: row[1].version.item.number,
    "stem": lambda row: row[1].version.stem,
    "met": lambda row: row[1].usage.met,
    "right": lambda row: row[1].usage.correct,
    "facility": lambda row: rounded(row[1].facility),
    "discrimination": lambda row: rounded(row[1].usage.discrimination),
    "correlation": lambda row: rounded(row[1].usage.correlation),
    "omitted": lambda row: row[1].omitted,
    "not_reached": lambda row: row[1].usage.not_reached,
    "hints": lambda row: "; ".join(hint_words(hint) for hint in row[1].hints),
}


def _write_options(book: Workbook, reports: Sequence[PoolReport]) -> None:
    sheet = OfficeSheet(book, _("Phương án"), (22, 10, 8, 60, 12, 12, 12, 14, 14))
    sheet.line(_("PHƯƠNG ÁN ĐƯỢC CHỌN"), font=TITLE)
    sheet.blank()
    sheet.header(
        [
            _("Đối tượng"),
            _("Câu số"),
            _("Phương án"),
            _("Nội dung"),
            _("Đáp án"),
            _("Số người chọn"),
            _("Tỷ lệ"),
            _("Nhóm 27 % cao"),
            _("Nhóm 27 % thấp"),
        ]
    )
    for report in reports:
        for item in report.items:
            for place, option in enumerate(item.options()):
                sheet.row(
                    [
                        report.pool.group.name,
                        item.version.item.number,
                        chr(ord("A") + place),
                        option.text,
                        pgettext("phương án", "đúng") if option.is_key else "",
                        option.chosen,
                        *(rounded(v, 3) for v in (option.share, option.upper, option.lower)),
                    ]
                )
