"""Days as people write them in cells."""

import re
from datetime import date

from django.utils.translation import gettext as _


def read_day(text: str) -> date:
    """“1/7/2025”, “01-07-2025”, “2025-07-01” → the day. Raises ValueError with a sentence."""
    numbers = re.split(r"[\s./-]+", text.strip())
    if len(numbers[0]) == 4:
        numbers.reverse()
    try:
        day, month, year = (int(number) for number in numbers if number.isascii())
        read = date(year, month, day)
    except ValueError:
        raise ValueError(_("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025.")) from None
    if not 1900 <= read.year <= 2100:
        raise ValueError(_("Năm chưa đúng, ghi đủ bốn chữ số."))
    return read
