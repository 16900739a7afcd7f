"""Numbers, money, spans and moments as the current language writes them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.dates import VIETNAM


def show_number(value: int | Decimal) -> str:
    """5000000 → “5.000.000”, 87.5 → “87,5” (in English 5,000,000 and 87.5)."""
    text = f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"
    if (get_language() or "vi").startswith("en"):
        return text
    return text.translate(str.maketrans(",.", ".,"))


def show_money(amount: int) -> str:
    """“5.000.000 đồng”."""
    return _("%(amount)s đồng") % {"amount": show_number(amount)}


def show_span(seconds: int) -> str:
    """A time limit in the largest units that hold it whole: “15 phút”, “1 giờ 30 phút”."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    words = []
    if hours:
        words.append(
            ngettext("%(number)s giờ", "%(number)s giờ", hours) % {"number": show_number(hours)}
        )
    if minutes:
        words.append(ngettext("%(number)s phút", "%(number)s phút", minutes) % {"number": minutes})
    if left:
        words.append(ngettext("%(number)s giây", "%(number)s giây", left) % {"number": left})
    return " ".join(words)


def show_clock(moment: datetime) -> str:
    """“09:30” in Vietnamese time."""
    return moment.astimezone(VIETNAM).strftime("%H:%M")


def show_duration(milliseconds: int) -> str:
    """A time taken, whole seconds, cut: “04:12”, “1:04:12”."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def show_long_date(day: date) -> str:
    """“ngày 05 tháng 02 năm 2026”, with the zeros that Decree 30/2020 asks for."""
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{day.day:02d}",
        "month": f"{day.month:02d}" if day.month < 3 else str(day.month),
        "year": day.year,
    }


def join_words(words: list[str]) -> str:
    """“a, b và c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s và %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
