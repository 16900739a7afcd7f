"""A person's year of training as pages show it: figures, and the evidence behind each."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from quiz.rules.figures import show_number, show_span
from training.domain.class_hours import attended_days
from training.domain.duty import duty_in_words
from training.domain.hours import PersonHours, read_hours
from training.domain.hours_evidence import LessonEvidence, completed_courses, read_evidence
from training.domain.own_hours import years_of
from training.models import Credit

FIRST_YEAR, LAST_YEAR = 2000, 2100


def asked_year(request: HttpRequest) -> int:
    """The year in the address, else this one."""
    text = request.GET.get("nam") or request.POST.get("nam") or ""
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return timezone.localdate().year


def minutes_words(minutes: int) -> str:
    """“1.250 phút”."""
    told = ngettext("%(number)s phút", "%(number)s phút", minutes)
    return told % {"number": show_number(minutes)}


def duty_words(hours: PersonHours) -> str:
    """What is asked in the year, or that nothing is."""
    duty = hours.duty
    if duty is None:
        return _("Đơn vị chưa đặt định mức")
    return duty_in_words(hours.year, duty)


def missing_words(hours: PersonHours) -> str:
    if hours.duty is None:
        return "–"
    if not hours.missing:
        return _("Đã đủ")
    return f"{show_number(hours.missing)} {hours.duty.measure}"


def hours_row(hours: PersonHours) -> dict[str, Any]:
    """For `workplace/training/hours_table.html`."""
    return {"hours": hours, "duty": duty_words(hours), "missing": missing_words(hours)}


def year_context(person: User, year: int) -> dict[str, Any]:
    """For `learning/hours_year.html`."""
    hours = read_hours(people=[person], year=year)[0]
    units = f" = {show_number(hours.units)} {hours.duty.measure}" if hours.duty else ""
    lessons = [_lesson(each) for each in read_evidence(person=person, year=year)]
    return {
        "shown": person,
        "year": year,
        "year_text": str(year),
        "years": years_of(person),
        "hours": hours,
        "duty": duty_words(hours),
        "missing": missing_words(hours),
        "system": minutes_words(hours.system_minutes),
        "elsewhere": minutes_words(hours.elsewhere_minutes),
        "rooms": minutes_words(hours.class_minutes),
        "sessions": [
            (each, show_span(each.seconds)) for each in attended_days(people=[person.pk], year=year)
        ],
        "total": minutes_words(hours.minutes) + units,
        "lessons": lessons,
        "credits": Credit.objects.filter(person=person, taken_on__year=year).select_related(
            "decided_by", "scan"
        ),
        "completed": completed_courses(people=[person], year=year)[person.pk],
    }


def _lesson(evidence: LessonEvidence) -> dict[str, Any]:
    left_out = (
        (_("Trùng giờ với bài khác"), evidence.overlap),
        (_("Vượt thời lượng bài"), evidence.beyond),
    )
    return {
        "evidence": evidence,
        "studied": show_span(evidence.studied),
        "package": None if evidence.package is None else show_span(evidence.package) or "–",
        "left_out": [(why, show_span(seconds)) for why, seconds in left_out if seconds],
        "credited": show_span(evidence.credited) or "–",
        "days": [(day, show_span(seconds)) for day, seconds in evidence.days],
    }
