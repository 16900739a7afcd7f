"""“Phiếu theo dõi bồi dưỡng” as PDF: a person's year, each figure linked to its evidence."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import OFFICE, qr_svg, typeset
from quiz.interfaces.word.decree30 import MOTTO, NATION
from quiz.rules.figures import show_long_date, show_number
from training.domain.class_hours import AttendedDay
from training.domain.duty import duty_in_words
from training.domain.hours import PersonHours
from training.domain.hours_evidence import CompletedCourse, LessonLine, StudyRecord

TEMPLATE = Path(__file__).parent / "templates" / "study_record.typ"


def write_study_records(
    *, records: Sequence[StudyRecord], links: Sequence[str], made_at: datetime
) -> bytes:
    """One PDF; each person begins a page. `links`: the page of evidence of each, as https://…"""
    with translation.override("vi"):  # a paper of the office, whoever asks for it
        pages = [_page(record, link) for record, link in zip(records, links, strict=True)]
        return typeset(TEMPLATE, _frame(made_at) | {"pages": pages}, fonts=OFFICE)


def _frame(made_at: datetime) -> dict[str, Any]:
    installed = read_installation()
    date = show_long_date(timezone.localdate(made_at))
    return {
        "parent": installed.parent_body.upper(),
        "body": installed.body_name.upper(),
        "nation": NATION,
        "motto": MOTTO,
        "dated": f"{installed.place}, {date}" if installed.place else date.capitalize(),
        "title": _("PHIẾU THEO DÕI BỒI DƯỠNG"),
        "lessons_title": _("1. Giờ ghi nhận trên hệ thống"),
        "lessons_head": [_("STT"), _("Khoá học, bài học"), _("Ngày học"), _("Số phút")],
        "sessions_title": _("2. Giờ ở lớp trực tiếp"),
        "sessions_head": [_("STT"), _("Lớp"), _("Ngày"), _("Số phút")],
        "credits_title": _("3. Giờ học ngoài hệ thống đã được duyệt"),
        "credits_head": [_("STT"), _("Khoá học, nơi cấp, số giấy"), _("Ngày"), _("Số phút")],
        "completed_title": _("4. Khoá học hoàn thành trên hệ thống"),
        "none": _("Không có."),
        "sum": _("Cộng"),
        "signers": [_("NGƯỜI LẬP PHIẾU"), _("THỦ TRƯỞNG ĐƠN VỊ")],
        "check": _("Mở bằng chứng của từng con số"),
        "made": _("Lập tự động từ dữ liệu hệ thống lúc %(moment)s.")
        % {"moment": show_moment(made_at)},
        "rule": _(
            "Giờ ghi nhận trên hệ thống là thời gian trang bài học được mở và sử dụng; mỗi thời "
            "điểm chỉ tính cho một bài, mỗi bài không quá thời lượng của bài."
        ),
        "page_of": _("Trang"),
    }


def _page(record: StudyRecord, link: str) -> dict[str, Any]:
    hours = record.hours
    person = hours.person
    return {
        "year": _("Năm %(year)s") % {"year": hours.year},
        "name": person.full_name,
        "facts": [
            [_("Họ và tên"), person.full_name],
            [_("Mã cán bộ"), person.username],
            [_("Đơn vị"), person.unit.name if person.unit else ""],
        ],
        "figures": _figures(hours, link),
        "lessons": [_lesson(at, line, link) for at, line in enumerate(record.lessons, start=1)],
        "system_sum": show_number(hours.system_minutes),
        "sessions": [_session(at, each, link) for at, each in enumerate(record.sessions, start=1)],
        "rooms_sum": show_number(hours.class_minutes),
        "credits": [
            {
                "cells": [
                    str(at),
                    f"{credit.title}; {credit.issuer}; {credit.number}",
                    f"{credit.taken_on:%d/%m/%Y}",
                    show_number(credit.minutes),
                ],
                "link": f"{link}#giay-{credit.pk}",
            }
            for at, credit in enumerate(record.credits, start=1)
        ],
        "elsewhere_sum": show_number(hours.elsewhere_minutes),
        "completed": [_completed(course) for course in record.completed],
        "qr": qr_svg(link, border=1, dark="#000000"),
        "link": link,
    }


def _figures(hours: PersonHours, link: str) -> list[list[str]]:
    """(label, value, where it comes from)."""
    minutes = _("%(number)s phút")
    rows = [
        (_("Giờ ghi nhận trên hệ thống"), hours.system_minutes, "#tren-he-thong"),
        (_("Giờ ở lớp trực tiếp"), hours.class_minutes, "#lop-truc-tiep"),
        (_("Giờ học ngoài hệ thống"), hours.elsewhere_minutes, "#ngoai-he-thong"),
        (_("Tổng cộng"), hours.minutes, ""),
    ]
    told = [
        [label, minutes % {"number": show_number(number)}, f"{link}{place}"]
        for label, number, place in rows
    ]
    duty = hours.duty
    if duty is None or hours.units is None:
        return told
    told[-1][1] += f" = {show_number(hours.units)} {duty.measure}"
    asked = duty_in_words(hours.year, duty)
    left = f"{show_number(hours.missing)} {duty.measure}" if hours.missing else _("Đã đủ")
    return [*told, [_("Định mức năm"), asked, f"{link}#dinh-muc"], [_("Còn thiếu"), left, link]]


def _lesson(at: int, line: LessonLine, link: str) -> dict[str, Any]:
    first, last = f"{line.first:%d/%m/%Y}", f"{line.last:%d/%m/%Y}"
    return {
        "cells": [
            str(at),
            f"{line.lesson.module.course.title}: {line.lesson.title}",
            first if first == last else f"{first} – {last}",
            _minutes(line.seconds),
        ],
        "link": f"{link}#bai-{line.lesson.pk}",
    }


def _session(at: int, each: AttendedDay, link: str) -> dict[str, Any]:
    cells = [str(at), each.title, f"{each.day:%d/%m/%Y}", _minutes(each.seconds)]
    return {"cells": cells, "link": f"{link}#buoi-{each.session}"}


def _minutes(seconds: int) -> str:
    """“12,5”: a tenth of a minute is what a row shows; the sum is of seconds."""
    tenths = seconds * 10 // 60
    return f"{show_number(tenths // 10)},{tenths % 10}"


def _completed(course: CompletedCourse) -> str:
    told = _("%(course)s, hoàn thành ngày %(day)s")
    text = told % {"course": course.title, "day": f"{course.day:%d/%m/%Y}"}
    if not course.certificate:
        return text
    paper = _("giấy xác nhận số %(number)s") % {"number": course.certificate}
    return f"{text}, {paper}"
