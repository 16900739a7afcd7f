"""Days as people write them in cells, moments as they are shown."""

import re
from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def show_moment(moment: datetime) -> str:
    """“09:30 22/11/2026” in Vietnamese time."""
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def show_day(day: date) -> str:
    """“22/11/2026”."""
    return day.strftime("%d/%m/%Y")


def day_numbers(text: str) -> list[int]:
    """“5/9/1990”, “1990-09-05”, “9/1990” → day, month, year as far as told; ValueError if none."""
    numbers = re.split(r"[\s./-]+", text.strip())
    if len(numbers[0]) == 4:
        numbers.reverse()
    return [int(number) for number in numbers if number.isascii()]


def read_day(text: str) -> date:
    """“1/7/2025”, “01-07-2025”, “2025-07-01” → the day. Raises ValueError with a sentence."""
    try:
        day, month, year = day_numbers(text)
        read = date(year, month, day)
    except ValueError:
        raise ValueError(_("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025.")) from None
    if not 1900 <= read.year <= 2100:
        raise ValueError(_("Năm chưa đúng, ghi đủ bốn chữ số."))
    return read


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31/01 and one month give 28/02."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
