"""When a task is due, as plans say it: “Quý II”, “Tháng 9”, “30/06/2026”, “Cả năm”.

What is read is what people type and what workbooks hold: Vietnamese in every language.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.dates import add_months, read_day, show_day
from accounts.text import fold
from training.engine.plan_periods import month_end, quarter_of, roman
from training.enums import DueSpan

_YEAR = r"(?:[ /-]*(?:nam )?(?P<year>\d{4}))?"
_QUARTER = re.compile(rf"(?:trong |het )?quy (?P<part>[1-4]|iv|i{{1,3}}){_YEAR}")
_MONTH = re.compile(rf"(?:trong |het )?thang (?P<part>\d{{1,2}}){_YEAR}")
_PLAIN_MONTH = re.compile(r"(?P<part>\d{1,2})[/-](?P<year>\d{4})")
_WHOLE = re.compile(rf"(?:(?:ca|trong) nam|thuong xuyen|hang (?:thang|quy)){_YEAR}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Due:
    """The last day in time, and how people say it."""

    last: date
    span: str = DueSpan.DAY


def read_due(text: str, year: int) -> Due:
    """What a plan of `year` means by a due day. Raises ValueError with a sentence."""
    told = fold(text).strip(" .")
    found = _read_span(told, year) or Due(read_day(told))
    if found.last.year != year:
        raise ValueError(_("Thời hạn phải nằm trong năm %(year)s của kế hoạch.") % {"year": year})
    return found


def _read_span(told: str, year: int) -> Due | None:
    for pattern, span in (
        (_QUARTER, DueSpan.QUARTER),
        (_MONTH, DueSpan.MONTH),
        (_PLAIN_MONTH, DueSpan.MONTH),
        (_WHOLE, DueSpan.YEAR),
    ):
        if match := pattern.fullmatch(told):
            parts = match.groupdict()
            last = _last_month(span, parts.get("part") or "")
            return Due(month_end(int(parts["year"] or year), last), span)
    return None


def _last_month(span: str, part: str) -> int:
    if span == DueSpan.YEAR:
        return 12
    number = _ROMAN.get(part) or int(part)
    month = 3 * number if span == DueSpan.QUARTER else number
    if not 1 <= month <= 12:
        raise ValueError(_("Ghi tháng từ 1 đến 12."))
    return month


def say_due(last: date, span: str) -> str:
    """“Quý II/2026”; in Vietnamese `read_due` reads it back."""
    told = {"quarter": roman(quarter_of(last)), "month": last.month, "year": last.year}
    if span == DueSpan.QUARTER:
        return _("Quý %(quarter)s/%(year)s") % told
    if span == DueSpan.MONTH:
        return _("Tháng %(month)s/%(year)s") % told
    if span == DueSpan.YEAR:
        return _("Cả năm %(year)s") % told
    return show_day(last)


def due_in_year(last: date, span: str, year: int) -> date:
    """The same due day in a plan of another year."""
    moved = add_months(last, 12 * (year - last.year))
    return moved if span == DueSpan.DAY else month_end(year, last.month)
