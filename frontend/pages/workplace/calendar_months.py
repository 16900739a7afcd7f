"""A month as a grid of weeks: what opens, closes and is published on each day."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.domain.calendars import CalendarRound

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Mark:
    """A line in a day's cell: “10:00 mở” of a round, or without an hour a day it is open."""

    kind: str
    hour: str
    words: str
    shown: CalendarRound


@dataclass(frozen=True)
class Day:
    date: date
    inside: bool
    today: bool
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """`first` is its first day; `before` and `after` are the neighbours as the address has them."""

    first: date
    weeks: list[list[Day]]
    before: str
    after: str

    @property
    def stretch(self) -> tuple[datetime, datetime]:
        """From the first day's midnight in Viet Nam to the midnight after the last day."""
        zone = timezone.get_current_timezone()
        next_first = _shifted(self.first, 1)
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(next_first, time(), zone),
        )


def asked_month(request: HttpRequest, default: date) -> Month:
    """`?thang=2026-12`; anything else is the month of `default`."""
    try:
        asked = datetime.strptime(request.GET.get("thang", ""), "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        asked = default
    if not FIRST_YEAR <= asked.year < LAST_YEAR:
        asked = default
    first, today = asked.replace(day=1), timezone.localdate()
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return Month(
        first=first,
        weeks=[
            [Day(day, day.month == first.month, day == today) for day in week] for week in weeks
        ],
        before=_shifted(first, -1).strftime("%Y-%m"),
        after=_shifted(first, 1).strftime("%Y-%m"),
    )


def _shifted(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def fill_month(month: Month, rounds: Sequence[CalendarRound]) -> None:
    """Put each round's moments into the days of the grid."""
    days = {day.date: day for week in month.weeks for day in week}
    for each in rounds:
        for day, mark in _marks(each, days):
            days[day].marks.append(mark)
    for day in days.values():
        day.marks.sort(key=lambda mark: mark.hour)


def _marks(each: CalendarRound, days: dict[date, Day]) -> list[tuple[date, Mark]]:
    moments = [("opens", each.opens_at, _("mở")), ("closes", each.closes_at, _("đóng"))]
    moments += [("released", result.published_at, _("công bố kết quả")) for result in each.results]
    if timezone.localdate(each.ends_at) != timezone.localdate(each.closes_at):
        moments.append(("ends", each.ends_at, _("nhận bài cuối cùng")))
    marks = [
        (
            timezone.localdate(moment),
            Mark(kind, timezone.localtime(moment).strftime("%H:%M"), words, each),
        )
        for kind, moment, words in moments
    ]
    opened, closed = timezone.localdate(each.opens_at), timezone.localdate(each.closes_at)
    marks += [(day, Mark("open", "", _("đang mở"), each)) for day in days if opened < day < closed]
    return [(day, mark) for day, mark in marks if day in days]
