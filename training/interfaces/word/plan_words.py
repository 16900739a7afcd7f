"""How a plan's report says periods, shares and changes. Vietnamese: it is a body's paper."""

from decimal import ROUND_HALF_UP, Decimal

from accounts.dates import show_day
from quiz.rules.figures import show_number
from training.engine.plan_periods import ReportPeriod, roman

_LONGER = {"h1": "6 tháng đầu năm", "m9": "9 tháng đầu năm", "year": "năm"}


def say_period(period: ReportPeriod) -> str:
    """“quý II năm 2026”, “6 tháng đầu năm 2026”, “năm 2026”."""
    if period.quarter is not None:
        return f"quý {roman(period.quarter)} năm {period.year}"
    return f"{_LONGER[period.code]} {period.year}"


def say_days(period: ReportPeriod) -> str:
    return f"từ ngày {show_day(period.first)} đến ngày {show_day(period.last)}"


def percent(part: int, whole: int) -> str:
    """“87,5 %” to one decimal, halves up, never parted at a line's end; “–” of nothing."""
    if not whole:
        return "–"
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{show_number(share)}\N{NO-BREAK SPACE}%"


def change(now: int, before: int) -> str:
    """“tăng 20 (25 %)”, “giảm 5 (10 %)”, “không đổi”."""
    if now == before:
        return "không đổi"
    word = "tăng" if now > before else "giảm"
    share = f" ({percent(abs(now - before), before)})" if before else ""
    return f"{word} {show_number(abs(now - before))}{share}"


def hours(minutes: int) -> int:
    """Whole hours, rounded down once, on the sum."""
    return minutes // 60
