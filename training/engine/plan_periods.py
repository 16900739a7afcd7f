"""The periods that a plan is reported on: quarters, the first half, nine months, the year."""

from dataclasses import dataclass
from datetime import date, timedelta

_ROMAN = ("I", "II", "III", "IV")
# Code: first month, last month.
_MONTHS = {
    **{f"q{number}": (3 * number - 2, 3 * number) for number in (1, 2, 3, 4)},
    "h1": (1, 6),
    "m9": (1, 9),
    "year": (1, 12),
}
CODES = tuple(_MONTHS)


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def month_end(year: int, month: int) -> date:
    first = date(year + month // 12, month % 12 + 1, 1)
    return first - timedelta(days=1)


def roman(quarter: int) -> str:
    return _ROMAN[quarter - 1]


@dataclass(frozen=True)
class ReportPeriod:
    """`code`: one of CODES. Both days are counted."""

    code: str
    year: int

    @property
    def first(self) -> date:
        return date(self.year, _MONTHS[self.code][0], 1)

    @property
    def last(self) -> date:
        return month_end(self.year, _MONTHS[self.code][1])

    @property
    def quarter(self) -> int | None:
        """Which quarter it is; None for the longer ones."""
        return int(self.code[1]) if self.code.startswith("q") else None

    def before(self) -> "ReportPeriod":
        """What it is set against: the quarter before, or the same months of the year before."""
        if self.quarter is None:
            return ReportPeriod(self.code, self.year - 1)
        if self.quarter == 1:
            return ReportPeriod("q4", self.year - 1)
        return ReportPeriod(f"q{self.quarter - 1}", self.year)

    def next_quarter(self) -> "ReportPeriod":
        """The quarter that begins when this period is over."""
        day = self.last + timedelta(days=1)
        return ReportPeriod(f"q{quarter_of(day)}", day.year)

    def months(self) -> list[date]:
        """The first days of its months, in order."""
        first, last = _MONTHS[self.code]
        return [date(self.year, month, 1) for month in range(first, last + 1)]
