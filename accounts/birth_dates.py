"""Birth dates as people write them: whole, or only as far as they know."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.dates import day_numbers
from accounts.enums import BirthPrecision


def read_birth_date(text: str) -> tuple[date, BirthPrecision]:
    """“5/9/1990”, “9/1990”, “1990”, “1990-09-05” → the day and how much of it was told.

    What was not told counts from its first day. Raises ValueError with a sentence.
    """
    try:
        parts = day_numbers(text)
        precision = BirthPrecision(len(parts))
        day, month, year = [1, 1, *parts][-3:]
        born = date(year, month, day)
    except ValueError:
        raise ValueError(_("Ghi ngày sinh theo dạng ngày/tháng/năm, ví dụ 05/09/1990.")) from None
    if not 1900 <= born.year <= 2100:
        raise ValueError(_("Năm sinh chưa đúng, ghi đủ bốn chữ số."))
    return born, precision
