"""Rounds as an iCalendar file (RFC 5545), for the calendars people keep."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from accounts.dates import show_moment
from quiz.domain.calendars import CalendarRound

MOST_OCTETS = 75


def write_calendar(rounds: Iterable[CalendarRound], *, name: str, now: datetime) -> bytes:
    """One event a round, from its opening to its close, and one a release at its moment."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MinhThi//MinhThi//VI",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape_text(name)}",
    ]
    for each in rounds:
        lines += _events(each, now)
    lines.append("END:VCALENDAR")
    return "".join(fold_line(line) for line in lines).encode()


def _events(each: CalendarRound, now: datetime) -> Iterator[str]:
    title = f"{each.contest.title}: {each.round.name}"
    uid = f"{each.contest.code}-{each.round.number}"
    said = [
        _("Nhận câu trả lời cuối cùng lúc %(moment)s.") % {"moment": show_moment(each.ends_at)},
        *each.remarks,
    ]
    window = each.opens_at, each.closes_at
    yield from _event(uid, title, window, said="\n".join(said), now=now)
    for result in each.results:
        words = {"title": title, "number": result.number}
        until = {"moment": show_moment(result.complaints_until)}
        yield from _event(
            f"{uid}-{result.number}",
            _("%(title)s: công bố kết quả (bản %(number)s)") % words,
            (result.published_at, result.published_at),
            said=_("Nhận khiếu nại đến %(moment)s.") % until,
            now=now,
        )


def _event(
    uid: str, title: str, window: tuple[datetime, datetime], *, said: str, now: datetime
) -> Iterator[str]:
    begins, ends = window
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@minhthi"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(begins)}"
    if ends > begins:  # the standard wants an end later than the begin, or none
        yield f"DTEND:{_utc(ends)}"
    yield f"SUMMARY:{escape_text(title)}"
    yield f"DESCRIPTION:{escape_text(said)}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape_text(text: str) -> str:
    """A TEXT value (section 3.3.11): backslash, semicolon, comma and line breaks are escaped."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n")):
        text = text.replace(plain, escaped)
    kept = "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
    return kept.replace("\n", "\\n")


def fold_line(line: str) -> str:
    """A content line ending in CRLF, cut every 75 octets (section 3.1) between characters."""
    parts, held = [""], 0
    for letter in line:
        size = len(letter.encode())
        if held + size > MOST_OCTETS:
            parts.append(" ")
            held = 1
        parts[-1] += letter
        held += size
    return "\r\n".join(parts) + "\r\n"
