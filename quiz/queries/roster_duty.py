"""A unit's people of the compulsory list in one round: counted by unit, and named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from quiz.queries.roster_listed import listed_member, listed_values

_COUNTS = """
WITH {listed}
SELECT unit_id, count(*) FILTER (WHERE NOT exempt), count(*) FILTER (WHERE NOT exempt AND done),
       count(*) FILTER (WHERE exempt)
FROM listed GROUP BY unit_id
"""
_PEOPLE = """
WITH {listed}
SELECT listed.id, u.name, listed.full_name, listed.staff_code, listed.exemption
FROM listed JOIN accounts_orgunit u ON u.id = listed.unit_id
WHERE {which} ORDER BY u.sort_name, u.id, listed.folded_name, listed.id
LIMIT %(limit)s OFFSET %(offset)s
"""
_WHICH = {"missing": "NOT done AND NOT exempt", "exempt": "exempt"}


@dataclass(frozen=True)
class Scope:
    """Which people, and which entries of theirs count: those begun before `before`, if given."""

    round_id: int
    roster_id: int
    units: Sequence[int]
    before: datetime | None = None


@dataclass(frozen=True)
class ListCount:
    """People of one unit who have to enter, who of them has, and who is exempt."""

    unit_id: int
    listed: int
    done: int
    exempt: int


@dataclass(frozen=True)
class ListedPerson:
    entry_id: int
    unit: str
    full_name: str
    staff_code: str
    exemption: str


def _read(scope: Scope, statement: str, **more: Any) -> list[tuple[Any, ...]]:
    rounds = [scope.round_id]
    bound = listed_values(rounds, roster_id=scope.roster_id, before=scope.before)
    listed = listed_member(rounds, units=True)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.replace("{listed}", listed), bound | {"units": list(scope.units)} | more
        )
        return list(cursor.fetchall())


def count_listed(scope: Scope) -> list[ListCount]:
    """One row for each unit that has people on the list."""
    return [ListCount(*row) for row in _read(scope, _COUNTS)]


def people_of(
    scope: Scope, which: str, *, limit: int | None = None, offset: int = 0
) -> list[ListedPerson]:
    """The "missing" or the "exempt", by unit and name."""
    statement = _PEOPLE.replace("{which}", _WHICH[which])
    return [ListedPerson(*row) for row in _read(scope, statement, limit=limit, offset=offset)]
