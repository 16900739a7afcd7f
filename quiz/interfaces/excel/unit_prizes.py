"""The sheet of collective prizes: every unit with every figure its place follows from."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from quiz.domain.unit_decisions import board_word
from quiz.domain.unit_results import BlocResults, UnitResult, points_missing, unit_results
from quiz.interfaces.excel.sheets import BOLD, ITALIC, TITLE, OfficeSheet
from quiz.models import Round
from quiz.rules.prose_units import condition_of, formula_line
from quiz.rules.unit_prizes import UnitPrizeRules
from quiz.rules.unit_words import short_name


def write_unit_prizes(book: Workbook, round: Round, *, alone: bool) -> None:
    """One sheet for a sealed round whose rules have collective prizes; otherwise none.

    `alone`: no other round is in the workbook, so that the sheet need not bear its number.
    """
    found = unit_results(round=round)
    if found is None:
        return
    rules, blocs = found
    heads = _heads(rules)
    title = _("Giải tập thể")
    name = title if alone else f"{title} {round.number}"
    sheet = OfficeSheet(book, name, (8, 34, 26, *([14] * (len(heads) - 5)), 24, 30))
    sheet.line(_("GIẢI TẬP THỂ"), font=TITLE)
    sheet.line(round.name, font=ITALIC)
    sheet.line(formula_line(rules), font=ITALIC)
    if points_missing(rules, board_word(round=round)):
        sheet.line(_("Chờ Ban Tổ chức chấm điểm; chưa đơn vị nào có giải."), font=ITALIC)
    for made in round.unit_decisions.all():
        told = {"kind": made.get_kind_display(), "minutes": made.minutes, "reason": made.reason}
        sheet.line(_("%(kind)s: biên bản %(minutes)s. %(reason)s") % told, font=ITALIC)
    sheet.blank()
    for bloc in blocs:
        if bloc.name:
            sheet.line(bloc.name, font=BOLD)
        _write_bloc(sheet, rules, heads, bloc)
    sheet.line(
        _("Bảng này có trong gói kiểm chứng, trừ số liệu của đơn vị có dưới 10 người dự thi."),
        font=ITALIC,
    )


def _heads(rules: UnitPrizeRules) -> list[str]:
    return [
        _("Hạng"),
        _("Đơn vị"),
        _("Trực thuộc"),
        _("Số người"),
        *(short_name(part) for part in rules.formula().figures),
        _("Kết quả"),
        pgettext("được trao", "Giải"),
        _("Ghi chú"),
    ]


def _write_bloc(
    sheet: OfficeSheet, rules: UnitPrizeRules, heads: list[str], bloc: BlocResults
) -> None:
    sheet.header(heads)
    for unit in bloc.units:
        result = unit.placed.result
        sheet.row(
            [
                unit.placed.place or "",
                unit.name,
                unit.above,
                result.size,
                *(_number(figure) for figure in result.figures),
                _number(result.sum),
                unit.tier.name if unit.tier else "",
                _note(rules, unit),
            ]
        )


def _number(value: Fraction) -> Decimal:
    """Exact: the value was rounded to decimals."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _note(rules: UnitPrizeRules, unit: UnitResult) -> str:
    if unit.open_tie:
        return _("Bằng nhau: Ban Tổ chức quyết định")
    missed = [condition_of(rules, each) for each in unit.placed.result.barred]
    return _("Chưa đạt: %(conditions)s") % {"conditions": "; ".join(missed)} if missed else ""
