"""What people have studied in a year: on the system, in a room, elsewhere; against their duty."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from accounts.domain.person_units import read_moves
from accounts.models import User
from training.domain.class_hours import attended_days, attended_minutes
from training.domain.duty import duties
from training.domain.study_days import refresh_days
from training.engine.duty import Duty
from training.models import Credit

# A lesson counts at most its minutes per enrolment, the earliest days first: what a day adds to
# the running sum, cut at the cap. `engine.study_time.within_minutes` says the same.
_CREDITED = """
SELECT person_id, enrolment_id, lesson_id, day,
    least(upto, cap) - least(upto - seconds, cap) AS credited
FROM (
    SELECT enrolment.person_id, studied.enrolment_id, studied.lesson_id, studied.day,
        studied.seconds, lesson.minutes * 60 AS cap,
        sum(studied.seconds) OVER (
            PARTITION BY studied.enrolment_id, studied.lesson_id ORDER BY studied.day
        )::bigint AS upto
    FROM training_studyday studied
    JOIN training_enrolment enrolment ON enrolment.id = studied.enrolment_id
    JOIN training_lesson lesson ON lesson.id = studied.lesson_id
    WHERE enrolment.person_id = ANY(%(people)s) AND studied.day <= %(last)s
) AS running
WHERE day >= %(first)s AND upto - seconds < cap
"""
_SUM = "SELECT {by}, sum(credited)::bigint FROM ({credited}) AS days GROUP BY {by}"
_BY_PERSON = _SUM.format(by="person_id", credited=_CREDITED)
_BY_DAY = _SUM.format(by="person_id, day", credited=_CREDITED)
_IN_FULL = f"{_CREDITED} ORDER BY day, lesson_id, enrolment_id"


@dataclass(frozen=True)
class StudiedDay:
    """Credited seconds of one lesson on one day."""

    person: int
    enrolment: int
    lesson: int
    day: date
    seconds: int


@dataclass(frozen=True)
class PersonHours:
    """A person's year. Minutes are whole: those of the system rounded down once, on the year."""

    person: User
    year: int
    duty: Duty | None
    system_minutes: int
    elsewhere_minutes: int
    class_minutes: int = 0

    @property
    def minutes(self) -> int:
        return self.system_minutes + self.class_minutes + self.elsewhere_minutes

    @property
    def units(self) -> Decimal | None:
        return self.duty.units(self.minutes) if self.duty else None

    @property
    def missing(self) -> Decimal:
        return self.duty.missing(self.minutes) if self.duty else Decimal(0)

    @property
    def gap_minutes(self) -> int:
        return self.duty.gap(self.minutes) if self.duty else 0

    @property
    def due_on(self) -> date | None:
        return self.duty.due_on(self.year) if self.duty else None


def read_hours(*, people: Sequence[User], year: int) -> list[PersonHours]:
    """Of each of these people, in their order. Hours follow the person, whatever their unit was."""
    ids = [person.pk for person in people]
    studied = _run(_BY_PERSON, ids, year)
    system = {person: int(seconds) // 60 for person, seconds in studied}
    elsewhere = _elsewhere(ids, year)
    rooms = attended_minutes(people=ids, year=year)
    asked = duties((person.unit_id for person in people), year)
    return [
        PersonHours(
            person=person,
            year=year,
            duty=asked[person.unit_id],
            system_minutes=system.get(person.pk, 0),
            elsewhere_minutes=elsewhere.get(person.pk, 0),
            class_minutes=rooms.get(person.pk, 0),
        )
        for person in people
    ]


def credited_minutes(*, person: User, year: int) -> int:
    """Minutes studied on the system in a year of Vietnamese dates."""
    return read_hours(people=[person], year=year)[0].system_minutes


def credited_days(*, people: Iterable[User], year: int) -> list[StudiedDay]:
    """The evidence: per lesson and day, in the order of days."""
    rows = _run(_IN_FULL, [person.pk for person in people], year)
    return [
        StudiedDay(person, enrolment, lesson, day, int(seconds))
        for person, enrolment, lesson, day, seconds in rows
    ]


def hours_by_unit(
    *, people: Sequence[User], year: int, first: date = date.min, last: date = date.max
) -> dict[int | None, int]:
    """Minutes of all kinds by the unit to which the person belonged on the day; of a part of the
    year where its days are given.
    """
    moves = read_moves(people)
    seconds: dict[int | None, int] = defaultdict(int)
    for person, day, spent in _spent_days(list(moves), year):
        if first <= day <= last:
            seconds[moves[person].unit_on(day)] += spent
    return {unit: total // 60 for unit, total in seconds.items()}


def _spent_days(people: list[int], year: int) -> Iterator[tuple[int, date, int]]:
    """(person, day, seconds) of everything that counts: on the system, in a room, elsewhere."""
    for person, day, credited in _run(_BY_DAY, people, year):
        yield person, day, int(credited)
    for each in attended_days(people=people, year=year):
        yield each.person, each.day, each.seconds
    taken = Credit.objects.approved().filter(person__in=people, taken_on__year=year)
    for person, day, minutes in taken.values_list("person", "taken_on", "minutes"):
        yield person, day, minutes * 60


def _elsewhere(ids: list[int], year: int) -> dict[int, int]:
    taken = Credit.objects.approved().filter(person__in=ids, taken_on__year=year)
    sums = taken.order_by().values("person").annotate(total=Sum("minutes"))
    return dict(sums.values_list("person", "total"))


def _run(statement: str, ids: list[int], year: int) -> list[tuple]:
    refresh_days(ids)
    bound: dict[str, Any] = {"people": ids, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)
        return cursor.fetchall()
