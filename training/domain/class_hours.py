"""Hours in a room as a source of credit: what was attended, less what was studied meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F

from accounts.dates import VIETNAM
from training.engine.attending import attended, without
from training.models import Attendance, StudySpan


@dataclass(frozen=True)
class AttendedDay:
    """Seconds that one session credits one person; a session counts on the day it begins."""

    person: int
    session: int
    title: str
    day: date
    seconds: int


def attended_days(
    *, people: Iterable[int], year: int, zone: ZoneInfo = VIETNAM
) -> list[AttendedDay]:
    """What sessions of the year credit these people, in the order of sessions.

    One clock for all: of time that somebody also studied on the system, or sat in another class,
    nothing is credited twice.
    """
    first, last = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows = Attendance.objects.filter(
        person__in=list(people),
        out_at__isnull=False,
        session__begins_at__gte=first,
        session__begins_at__lt=last,
        session__training_class__cancelled_at=None,
    ).select_related("session__training_class")
    taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for person, began, ended in _studied({row.person_id for row in rows}, first, last):
        taken[person].append((began, ended))
    found = []
    for row in rows.order_by("session__begins_at", "pk"):
        session = row.session
        stretch = attended(
            begins=session.begins_at, ends=session.ends_at, came=row.in_at, left=row.out_at
        )
        if stretch is None:
            continue
        free = without(stretch, taken[row.person_id])
        taken[row.person_id].append(stretch)
        seconds = sum(int((end - begin).total_seconds()) for begin, end in free)
        day = session.begins_at.astimezone(zone).date()
        title = session.training_class.title
        found.append(AttendedDay(row.person_id, session.pk, title, day, seconds))
    return found


def _studied(
    people: Iterable[int], first: datetime, last: datetime
) -> Iterable[tuple[int, datetime, datetime]]:
    spans = StudySpan.objects.filter(
        enrolment__person__in=list(people), ended_at__gt=first, began_at__lt=last
    )
    return spans.order_by().values_list(F("enrolment__person"), "began_at", "ended_at")


def attended_minutes(*, people: Iterable[int], year: int) -> dict[int, int]:
    """{person: whole minutes attended in the year}, of those who attended any."""
    seconds: dict[int, int] = defaultdict(int)
    for each in attended_days(people=people, year=year):
        seconds[each.person] += each.seconds
    return {person: total // 60 for person, total in seconds.items()}
