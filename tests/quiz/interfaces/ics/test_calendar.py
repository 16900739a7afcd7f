"""The calendar file reads back as RFC 5545 says: folded, escaped, in UTC."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.domain.calendars import list_rounds
from quiz.interfaces.ics.calendar import MOST_OCTETS, escape_text, fold_line, write_calendar
from quiz.models import Contest
from tests.factories import make_contest

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def unfold(content: bytes) -> list[str]:
    """The content lines again, as a reader puts them together."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def unescape(value: str) -> str:
    told, letters = "", iter(value)
    for letter in letters:
        following = next(letters) if letter == "\\" else letter
        told += "\n" if letter == "\\" and following in "nN" else following
    return told


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300))
def test_lines_are_folded_between_characters(text: str) -> None:
    folded = fold_line(f"SUMMARY:{text}").encode()
    assert all(len(line) <= MOST_OCTETS for line in folded.split(b"\r\n"))
    assert unfold(folded) == [f"SUMMARY:{text}"]


@given(st.text(st.sampled_from("ab,;\\\nđ \t")))
def test_escaped_text_reads_back(text: str) -> None:
    escaped = escape_text(text)
    assert "\n" not in escaped
    assert unescape(escaped) == text


def test_control_characters_and_foreign_line_breaks_are_put_right() -> None:
    assert escape_text("a\x00b\r\nc") == "ab\\nc"


@pytest.mark.django_db
def test_each_round_is_an_event() -> None:
    made = make_contest()
    Contest.objects.filter(pk=made.contest.pk).update(title="Cải cách; công khai, minh bạch")
    rounds = list_rounds(contests=Contest.objects.filter(pk=made.contest.pk), now=NOW)
    lines = unfold(write_calendar(rounds, name="Lịch", now=NOW))
    stamp = "%Y%m%dT%H%M%SZ"
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MinhThi//MinhThi//VI",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Lịch",
    ]
    assert lines[5:11] == [
        "BEGIN:VEVENT",
        f"UID:{made.contest.code}-1@minhthi",
        "DTSTAMP:20261130T030000Z",
        f"DTSTART:{made.round.opens_at.astimezone(UTC).strftime(stamp)}",
        f"DTEND:{made.round.closes_at.astimezone(UTC).strftime(stamp)}",
        "SUMMARY:Cải cách\\; công khai\\, minh bạch: Vòng 1",
    ]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
