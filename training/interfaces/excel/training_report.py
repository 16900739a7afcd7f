"""The report of training as a workbook: by unit, course, clause, officer, and who is late."""

from collections.abc import Iterable
from typing import IO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.interfaces.excel.sheets import BOLD, ITALIC, TITLE, OfficeSheet
from training.domain.hours import PersonHours
from training.domain.training_reports import TrainingReport
from training.interfaces.excel.hours import add_people_sheet
from training.models import Enrolment
from training.queries.training_report import Count

_COUNTS = (12, 12, 12, 12, 12, 12)


def export_report(
    *,
    report: TrainingReport,
    officers: list[PersonHours],
    late: Iterable[Enrolment],
    user: User,
    file: IO[bytes],
) -> int:
    """Write the workbook; the diary says who took it out. The number of late rows, as written."""
    book = Workbook(write_only=True)
    _units(book, report)
    _courses(book, report)
    _clauses(book, report)
    add_people_sheet(book, officers, report.period.last.year)
    rows = _late(book, report, late)
    book.save(file)
    unit = report.unit
    record_act(actor=user, act="export_training_report", subject=unit, unit_id=unit.pk, rows=rows)
    return rows


def _sheet(
    book: Workbook, name: str, widths: tuple[float, ...], report: TrainingReport
) -> OfficeSheet:
    sheet = OfficeSheet(book, name, widths)
    sheet.line(_("BÁO CÁO TẬP HUẤN"), font=TITLE)
    sheet.line(report.unit.name, font=BOLD)
    days = {
        "first": date_format(report.period.first, "d/m/Y"),
        "last": date_format(report.period.last, "d/m/Y"),
    }
    sheet.line(_("Từ %(first)s đến %(last)s") % days, font=ITALIC)
    sheet.blank()
    return sheet


def _count_titles() -> list[str]:
    return [
        _("Người học"),
        _("Ghi danh"),
        _("Hoàn thành"),
        _("Quá hạn"),
        _("Được miễn"),
        _("Tỷ lệ (%)"),
    ]


def _count_cells(count: Count) -> list[int | str]:
    share = "" if count.percent is None else count.percent
    return [count.persons, count.enrolments, count.done, count.late, count.exempt, share]


def _units(book: Workbook, report: TrainingReport) -> None:
    sheet = _sheet(book, _("Theo đơn vị"), (36, 12, *_COUNTS, 14), report)
    sheet.header([_("Đơn vị"), _("Số người"), *_count_titles(), _("Giấy xác nhận")])
    for line in report.units:
        sheet.row([line.unit.name, line.people, *_count_cells(line.count), line.certificates])
    whole = [_("Tổng cộng"), report.people, *_count_cells(report.whole), report.certificates]
    sheet.row(whole, font=BOLD)


def _courses(book: Workbook, report: TrainingReport) -> None:
    sheet = _sheet(book, _("Theo khoá học"), (48, *_COUNTS), report)
    sheet.header([_("Khoá học"), *_count_titles()])
    for line in report.courses:
        sheet.row([line.course.title, *_count_cells(line.count)])


def _clauses(book: Workbook, report: TrainingReport) -> None:
    sheet = _sheet(book, _("Theo điều khoản"), (36, 36, 14, 14, 14), report)
    titles = [_("Văn bản"), _("Điều, khoản"), _("Số người"), _("Số câu trả lời"), _("Đúng (%)")]
    sheet.header(titles)
    for clause in report.clauses:
        cells = [clause.document, clause.clause, clause.persons, clause.answers, clause.percent]
        sheet.row(cells)


def _late(book: Workbook, report: TrainingReport, late: Iterable[Enrolment]) -> int:
    sheet = _sheet(book, _("Quá hạn"), (32, 18, 36, 48, 16), report)
    sheet.header([_("Họ và tên"), _("Mã cán bộ"), _("Đơn vị"), _("Khoá học"), _("Hạn")])
    rows = 0
    for each in late:
        rows += 1
        person = each.person
        unit = person.unit.name if person.unit else ""
        due = date_format(each.due_on, "d/m/Y") if each.due_on else ""
        sheet.row([person.full_name, person.username, unit, each.course.title, due])
    return rows
