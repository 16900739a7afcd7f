"""The table of hours as a workbook: who misses how much, before which day."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, OrgUnit, User
from quiz.interfaces.excel.sheets import ITALIC, TITLE, OfficeSheet
from training.domain.gaps import sorted_by_missing
from training.domain.hours import PersonHours, hours_by_unit, read_hours
from training.domain.hours_people import people_in_view

HOURS_JOB = "export_hours"
WIDTHS = (6, 16, 28, 34, 16, 12, 16, 14, 16, 14, 14)


def queue_hours(*, unit: OrgUnit | None, year: int, user: User, now: datetime, back: str) -> Job:
    """The same people as the page shows to `user`."""
    params = {"unit": unit.pk if unit else None, "year": year, "next": back}
    return queue_job(kind=HOURS_JOB, params=params, user=user, now=now)


def export_hours(run: JobRun) -> dict[str, Any]:
    """Job “export_hours” of {"unit", "year"}."""
    year = run.params["year"]
    people = list(people_in_view(user=run.user, unit_id=run.params["unit"]))
    with translation.override("vi"), run.new_file(f"gio-hoc-{year}.xlsx") as file:
        book = Workbook(write_only=True)
        add_people_sheet(book, sorted_by_missing(read_hours(people=people, year=year)), year)
        _unit_sheet(book, hours_by_unit(people=people, year=year), year)
        book.save(file)
    record_act(actor=run.user, act="export_hours", subject=run.user, year=year, count=len(people))
    return {"rows": len(people)}


def add_people_sheet(book: Workbook, hours: list[PersonHours], year: int) -> None:
    """“Giờ học”: a row a person, in the order given."""
    sheet = OfficeSheet(book, _("Giờ học"), WIDTHS)
    sheet.line(_("GIỜ HỌC NĂM %(year)s") % {"year": year}, font=TITLE)
    sheet.line(
        _("Số phút là giờ trên hệ thống, giờ ở lớp trực tiếp và giờ học ngoài đã được duyệt."),
        font=ITALIC,
    )
    sheet.blank()
    sheet.header(
        [
            _("STT"),
            _("Mã cán bộ"),
            _("Họ và tên"),
            _("Đơn vị"),
            _("Định mức"),
            _("Đơn vị tính"),
            _("Phút ghi nhận trên hệ thống"),
            _("Phút ở lớp"),
            _("Phút ngoài hệ thống"),
            _("Còn thiếu"),
            _("Trước ngày"),
        ]
    )
    for number, each in enumerate(hours, start=1):
        duty, due = each.duty, each.due_on
        sheet.row(
            [
                number,
                each.person.username,
                each.person.full_name,
                each.person.unit.name if each.person.unit else "",
                duty.yearly if duty else "",
                duty.measure if duty else "",
                each.system_minutes,
                each.class_minutes,
                each.elsewhere_minutes,
                each.missing if duty else "",
                f"{due:%d/%m/%Y}" if due else "",
            ]
        )


def _unit_sheet(book: Workbook, minutes: dict[int | None, int], year: int) -> None:
    sheet = OfficeSheet(book, _("Theo đơn vị"), (6, 60, 20))
    sheet.line(_("GIỜ HỌC THEO ĐƠN VỊ NĂM %(year)s") % {"year": year}, font=TITLE)
    sheet.line(_("Tính cho đơn vị mà người học thuộc về vào ngày học."), font=ITALIC)
    sheet.blank()
    sheet.header([_("STT"), _("Đơn vị"), _("Số phút")])
    names = dict(OrgUnit.objects.filter(pk__in=minutes).values_list("pk", "name"))
    rows = sorted((names.get(unit or 0, "–"), total) for unit, total in minutes.items())
    for number, (name, total) in enumerate(rows, start=1):
        sheet.row([number, name, total])
