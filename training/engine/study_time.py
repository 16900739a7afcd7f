"""From stretches of heartbeats to credited seconds.

What a person is credited is never more than the clock on the wall: stretches of all their tabs,
lessons and devices are laid over each other, and each moment belongs to one lesson, the one that
was turned to last. Silence of more than a minute ends a stretch at its last heartbeat, so neither
the gap nor anything after that heartbeat counts. Media count by what was played, divided by the
speed. A lesson counts at most its own minutes per enrolment, in the order of days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from heapq import heappop, heappush
from itertools import pairwise

from training.engine.segments import length

# A heartbeat that comes later than this after the one before begins a new stretch.
SILENCE = timedelta(seconds=60)
NOTHING = timedelta()


@dataclass(frozen=True)
class Span:
    """A stretch of heartbeats of one open page, [began, ended).

    `rate` in hundredths, one for the whole stretch; 0: the media stood still. `media_ms` is how far
    they went. `is_media`: what was played counts, not how long the page was open.
    """

    enrolment: int
    lesson: int
    began: datetime
    ended: datetime
    media_ms: int = 0
    rate: int = 100
    is_media: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch that belongs to one lesson alone, [began, ended)."""

    enrolment: int
    lesson: int
    began: datetime
    ended: datetime


# Seconds of a day (Vietnamese date) by enrolment and lesson.
Days = dict[tuple[int, int, date], int]


def studied(span: Span) -> tuple[datetime, datetime]:
    """The stretch a span can count for: of media, as long as playing at its speed took."""
    if not span.is_media:
        return span.began, span.ended
    if span.rate <= 0:
        return span.began, span.began
    played = timedelta(milliseconds=span.media_ms * 100 // span.rate)
    return span.began, min(span.ended, span.began + played)


def share_out(spans: Iterable[Span]) -> list[Piece]:
    """Each moment to one lesson: the one whose span began last, of equals the higher number.

    In order of time, apart from each other.
    """
    waiting = sorted(
        ((*studied(span), span.lesson, span.enrolment) for span in spans),
        key=lambda each: (each[0], each[2], each[3]),
    )
    marks = sorted({mark for stretch in waiting for mark in stretch[:2]})
    pieces: list[Piece] = []
    # Places in `waiting`, the latest first.
    open_now: list[int] = []
    next_one = 0
    for begin, end in pairwise(marks):
        while next_one < len(waiting) and waiting[next_one][0] <= begin:
            heappush(open_now, -next_one)
            next_one += 1
        while open_now and waiting[-open_now[0]][1] <= begin:
            heappop(open_now)
        if open_now:
            _append(pieces, begin, end, *waiting[-open_now[0]][2:])
    return pieces


def _append(
    pieces: list[Piece], begin: datetime, end: datetime, lesson: int, enrolment: int
) -> None:
    last = pieces[-1] if pieces else None
    if last and (last.lesson, last.enrolment, last.ended) == (lesson, enrolment, begin):
        begin = pieces.pop().began
    pieces.append(Piece(enrolment, lesson, begin, end))


def split_days(pieces: Iterable[Piece], zone: tzinfo) -> Days:
    """Whole seconds per day of `zone`; a piece over midnight is cut there."""
    found: dict[tuple[int, int, date], timedelta] = defaultdict(timedelta)
    for piece in pieces:
        begin = piece.began.astimezone(zone)
        end = piece.ended.astimezone(zone)
        while begin < end:
            tomorrow = datetime.combine(begin.date() + timedelta(days=1), time(), zone)
            found[piece.enrolment, piece.lesson, begin.date()] += min(end, tomorrow) - begin
            begin = tomorrow
    whole = {key: int(part.total_seconds()) for key, part in found.items()}
    return {key: seconds for key, seconds in whole.items() if seconds}


def within_minutes(days: Days, minutes: Mapping[int, int]) -> Days:
    """What counts where a lesson counts at most its `minutes` per enrolment: the earliest days."""
    counted: dict[tuple[int, int], int] = defaultdict(int)
    left: Days = {}
    for (enrolment, lesson, day), seconds in sorted(days.items(), key=lambda each: each[0][2]):
        most = minutes.get(lesson, 0) * 60 - counted[enrolment, lesson]
        if part := min(seconds, most):
            counted[enrolment, lesson] += part
            left[enrolment, lesson, day] = part
    return left


def credited(spans: Iterable[Span], *, minutes: Mapping[int, int], zone: tzinfo) -> Days:
    """All of it: one person's spans to their credited seconds. `minutes` by lesson."""
    return within_minutes(split_days(share_out(spans), zone), minutes)


def package_seconds(said: int, spans: Iterable[Span]) -> int:
    """What a SCORM package says of its own time, never above what its window was open."""
    window = length(((span.began, span.ended) for span in spans), NOTHING)
    return max(0, min(said, int(window.total_seconds())))
