"""The figures of a survey as a workbook."""

from collections.abc import Sequence
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from quiz.engine.small_groups import LEAST
from quiz.interfaces.excel.participation import percent
from quiz.interfaces.excel.sheets import BOLD, ITALIC, TITLE, OfficeSheet
from training.domain.survey_figures import PartFigures, SurveyResult


def write_survey(*, title: str, about: Sequence[str], result: SurveyResult, file: IO[bytes]) -> int:
    """Write it; the number of rows of figures in it. `about`: unit, period, version in words."""
    book = Workbook(write_only=True)
    rows = _write_prompts(book, title, about, result)
    rows += _write_parts(book, _("Theo đơn vị"), _("Đơn vị"), result.units)
    rows += _write_parts(book, _("Theo tháng"), _("Tháng"), result.months)
    if result.remarks:
        sheet = OfficeSheet(book, _("Ý kiến"), (8, 90), landscape=False)
        _head(sheet, _("Ý KIẾN GHI THÊM"))
        sheet.header([_("Stt"), _("Ý kiến")])
        for number, text in enumerate(result.remarks, start=1):
            sheet.row([number, text])
    book.save(file)
    return rows


def _head(sheet: OfficeSheet, title: str, *about: str) -> None:
    sheet.line(title, font=TITLE)
    for line in about:
        sheet.line(line, font=ITALIC)
    sheet.blank()


def _write_prompts(book: Workbook, title: str, about: Sequence[str], result: SurveyResult) -> int:
    sheet = OfficeSheet(book, _("Tổng hợp"), (46, 32, 12, 12), landscape=False)
    _head(sheet, title, *about, _("Số phiếu: %(count)s") % {"count": result.answers})
    sheet.header([_("Nội dung hỏi"), _("Trả lời"), _("Số phiếu"), _("Tỷ lệ")])
    rows = 0
    for each in result.prompts:
        for place, (words, count) in enumerate(each.options):
            share = percent(count, each.answers)
            sheet.row(["" if place else each.prompt.text, words, count, share])
            rows += 1
    sheet.row(
        [
            _("Hài lòng và rất hài lòng, trên mọi câu đo mức hài lòng"),
            "",
            result.satisfied,
            percent(result.satisfied, result.marks),
        ],
        font=BOLD,
    )
    note = _("Chỉ gồm phiếu đã gộp đủ từng đợt %(least)s phiếu tại mỗi đơn vị.")
    sheet.line(note % {"least": LEAST}, font=ITALIC)
    return rows


def _write_parts(book: Workbook, title: str, label: str, parts: Sequence[PartFigures]) -> int:
    sheet = OfficeSheet(book, title, (46, 14, 22), landscape=False)
    _head(sheet, title.upper(), _("Số dòng: %(count)s") % {"count": len(parts)})
    sheet.header([label, _("Số phiếu"), _("Hài lòng và rất hài lòng")])
    for part in parts:
        sheet.row([part.label, part.answers, percent(part.satisfied, part.marks)])
    sheet.row([_("Tổng cộng"), sum(part.answers for part in parts), ""], font=BOLD)
    return len(parts)
