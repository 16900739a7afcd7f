"""Who took part: persons and entries, by unit, commune, group, sex, age, day, hour and score.

A person is an entrant not set aside as a duplicate, an entry a valid attempt of such a person.
Pages, workbook and API read the same rows, and the entries behind a figure are found by the same
condition that counted them (`DIMENSIONS`). Units bear the names, and hang below the units, that
they had when the round was frozen; of several rounds the last one counts.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection

from accounts.text import sort_key
from quiz.queries.participation_sql import (
    AT_THE_ENDS,
    BANDS,
    BY,
    BY_UNIT,
    DIMENSIONS,
    ENTRIES,
    HEADS,
    KEPT_HEADS,
    MISSING,
    OF_ONE,
    TAKEN,
    TOTALS,
)
from quiz.queries.roster_listed import figures_are_kept, listed_member, listed_values

Row = TypeVar("Row")


@dataclass(frozen=True)
class Totals:
    persons: int
    entries: int
    submitted: int


@dataclass(frozen=True)
class Count:
    """Persons and entries under one label: a group's name, a day, an hour, a score band."""

    label: Any
    persons: int
    entries: int


@dataclass(frozen=True)
class UnitCount:
    """`on_duty`: persons of the groups the roster names (all, if it names none), to be set against
    `headcount` (None: not known on the day). `listed`/`done`: the roster without the `exempt`.
    """

    unit: str
    above: str
    persons: int
    entries: int
    on_duty: int
    headcount: int | None
    listed: int
    done: int
    exempt: int
    unit_id: int

    @property
    def part(self) -> int:
        """Against the unit's list or, without one, against its headcount."""
        return self.done if self.listed else self.on_duty

    @property
    def whole(self) -> int:
        return self.listed or self.headcount or 0

    @property
    def rate(self) -> float | None:
        """The share that entered; None where nobody knows how many belong to the unit."""
        return self.part / self.whole if self.whole else None

    @property
    def complete(self) -> bool:
        return self.whole > 0 and self.part >= self.whole

    @property
    def missing(self) -> int:
        return max(0, self.listed - self.done)


@dataclass(frozen=True)
class MissingPerson:
    unit: str
    full_name: str
    staff_code: str
    birth_date: date | None


def _rows(sql: str, params: dict[str, Any], make: type[Row]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [make(*row) for row in cursor.fetchall()]


def totals(rounds: list[int]) -> Totals:
    return _rows(TOTALS, {"rounds": rounds}, Totals)[0]


def count_by(dimension: str, rounds: list[int], *, day: date | None = None) -> list[Count]:
    """Persons and entries by one of `DIMENSIONS`; label None where it is not known.

    Labels: ids of rounds, groups, units and communes; "female", "male"; 0 to 4 of `age` (under 16,
    16-30, 31-45, 46-60, older, on `day`) and `band`; a date; an hour.
    """
    return _rows(_filled(BY, dimension), {"rounds": rounds, "day": day}, Count)


def entries_of(
    dimension: str,
    value: str,
    rounds: list[int],
    *,
    limit: int,
    offset: int = 0,
    day: date | None = None,
) -> list[int]:
    """The attempts that one figure of `count_by` counts, by id; `value` is its label as text."""
    bound = {"rounds": rounds, "day": day, "value": value, "limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(_filled(ENTRIES, dimension), bound)
        return [pk for (pk,) in cursor.fetchall()]


def count_of(
    dimension: str, value: str, rounds: list[int], *, day: date | None = None
) -> tuple[int, int]:
    """(persons, entries) of that one figure."""
    bound = {"rounds": rounds, "day": day, "value": value}
    with connection.cursor() as cursor:
        cursor.execute(_filled(OF_ONE, dimension), bound)
        return cursor.fetchone()


def _filled(statement: str, dimension: str) -> str:
    by = DIMENSIONS[dimension]
    return statement.format(
        taken=TAKEN,
        members=by.members,
        expression=by.expression,
        join=by.join,
        condition=by.condition,
    )


def oldest_and_youngest(rounds: list[int], *, limit: int) -> tuple[list[int], list[int]]:
    """Entrants with the earliest and the latest birth dates, by id."""
    found = []
    with connection.cursor() as cursor:
        for order in ("ASC", "DESC"):
            statement = AT_THE_ENDS.format(order=order)
            cursor.execute(statement, {"rounds": rounds, "limit": limit})
            found.append([pk for pk, _born in cursor.fetchall()])
    return found[0], found[1]


def score_bands(rounds: list[int]) -> list[Count]:
    """Labels 0 (all right), 1 (≥ 75 %), 2 (25–75 %), 3 (< 25 %), 4 (none), of marked attempts."""
    return _rows(BANDS, {"rounds": rounds}, Count)


def by_unit(rounds: list[int], *, roster_id: int | None, day: date) -> list[UnitCount]:
    """Units with an entry or a place on the roster; headcounts as they stood on `day`."""
    heads = KEPT_HEADS if figures_are_kept(rounds) else HEADS
    statement = BY_UNIT.format(listed=_listed(rounds), heads=heads)
    bound = listed_values(rounds, roster_id=roster_id) | {"day": day}
    counts = _rows(statement, bound, UnitCount)
    return sorted(counts, key=lambda count: (_order(count.above), _order(count.unit)))


def missing_people(rounds: list[int], *, roster_id: int | None) -> list[MissingPerson]:
    """People of the roster, not exempt, who have not entered."""
    statement = MISSING.format(listed=_listed(rounds))
    missing = _rows(statement, listed_values(rounds, roster_id=roster_id), MissingPerson)
    return sorted(missing, key=lambda person: _order(person.unit))


def _listed(rounds: list[int]) -> str:
    return f", {listed_member(rounds)}"


_order = lru_cache(maxsize=10_000)(sort_key)
