"""The clock of two working days: Monday to Friday, without Vietnam's public holidays."""

from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

DAYS_TO_ANSWER = 2
OFFICE_CLOSES = time(17)
SATURDAY = 5

# Days off named by the Labour Code 45/2019/QH14, Article 112, where their date is beyond doubt.
# Days that a yearly notice adds or swaps are left out on purpose: a day wrongly taken for a
# working day makes the office answer earlier, never the person wait longer.
FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
LUNAR_HOLIDAYS = frozenset(
    {
        # Lunar New Year, first to third day.
        *(date(2026, 2, day) for day in (17, 18, 19)),
        *(date(2027, 2, day) for day in (6, 7, 8)),
        *(date(2028, 1, day) for day in (26, 27, 28)),
        # Commemoration of the Hùng Kings, tenth day of the third lunar month.
        date(2026, 4, 26),
        date(2027, 4, 16),
        date(2028, 4, 4),
    }
)


@cache
def days_off(year: int) -> frozenset[date]:
    """The year's holidays, and for each that falls on a weekend the next working day after it
    (Article 111, clause 3).
    """
    fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    holidays = fixed | {day for day in LUNAR_HOLIDAYS if day.year == year}
    off = set(holidays)
    for holiday in sorted(holidays):
        if holiday.weekday() >= SATURDAY:
            day = holiday
            while day in off or day.weekday() >= SATURDAY:
                day += timedelta(days=1)
            off.add(day)
    return frozenset(off)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`th working day after `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def due_after(asked_at: datetime, *, days: int = DAYS_TO_ANSWER) -> datetime:
    """Until when an answer is owed: 17:00 in Vietnam on the last of `days` working days."""
    last = add_working_days(timezone.localdate(asked_at), days)
    return timezone.make_aware(datetime.combine(last, OFFICE_CLOSES))
