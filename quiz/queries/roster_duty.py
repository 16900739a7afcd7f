"""A unit's people of the compulsory list in one round: counted by unit, and named."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from quiz.queries.roster_listed import listed_member, listed_values

# Each person is looked up in the million attempts once, whatever is asked of the list.
_OVERVIEW = """
WITH {listed}, counted AS (
    SELECT unit_id, count(*) FILTER (WHERE NOT exempt) AS listed,
           count(*) FILTER (WHERE NOT exempt AND done) AS done,
           count(*) FILTER (WHERE exempt) AS exempt
    FROM listed GROUP BY unit_id
), missing AS (
    {missing}
), exempted AS (
    {exempted}
)
SELECT (SELECT json_agg(json_build_array(unit_id, listed, done, exempt)) FROM counted),
       (SELECT json_agg(json_build_array({columns})) FROM missing),
       (SELECT json_agg(json_build_array({columns})) FROM exempted)
"""
_COLUMNS = "id, unit, full_name, staff_code, exemption"
_PEOPLE = """
SELECT listed.id, u.name AS unit, listed.full_name, listed.staff_code, listed.exemption
FROM listed JOIN accounts_orgunit u ON u.id = listed.unit_id
WHERE {which} ORDER BY u.sort_name, u.id, listed.folded_name, listed.id
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


@dataclass(frozen=True)
class ListOverview:
    """Counts of each unit that has people on the list, and the first of the missing and exempt."""

    counts: list[ListCount]
    missing: list[ListedPerson]
    exempt: list[ListedPerson]


def _read(scope: Scope, statement: str, **more: Any) -> list[tuple[Any, ...]]:
    rounds = [scope.round_id]
    bound = listed_values(rounds, roster_id=scope.roster_id, before=scope.before)
    listed = listed_member(rounds, units=True)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.replace("{listed}", listed), bound | {"units": list(scope.units)} | more
        )
        return list(cursor.fetchall())


def _people(which: str) -> str:
    return _PEOPLE.replace("{which}", _WHICH[which])


def look_over(scope: Scope, *, first: int, offset: int = 0) -> ListOverview:
    """Everything at one look: all counts, and `first` of the missing (after `offset`) and of the
    exempt.
    """
    statement = (
        _OVERVIEW.replace("{missing}", _people("missing") + "LIMIT %(first)s OFFSET %(offset)s")
        .replace("{exempted}", _people("exempt") + "LIMIT %(first)s")
        .replace("{columns}", _COLUMNS)
    )
    [parts] = _read(scope, statement, first=first, offset=offset)
    counts, missing, exempt = (_rows(part) for part in parts)
    return ListOverview(
        [ListCount(*row) for row in counts],
        [ListedPerson(*row) for row in missing],
        [ListedPerson(*row) for row in exempt],
    )


def _rows(part: Any) -> list[list[Any]]:
    """JSON as the driver gives it: text, or NULL where there is no row."""
    return json.loads(part) if isinstance(part, str) else part or []


def missing_of(scope: Scope, *, limit: int | None = None) -> list[ListedPerson]:
    """Who has to enter and has not, by unit and name."""
    statement = "WITH {listed}" + _people("missing") + "LIMIT %(limit)s"
    return [ListedPerson(*row) for row in _read(scope, statement, limit=limit)]
