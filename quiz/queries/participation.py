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
from quiz.queries.roster_listed import figures_are_kept, listed_member, listed_values

Row = TypeVar("Row")

# Every figure is taken over these attempts and no others.
_TAKEN = """
WITH RECURSIVE taken AS (
    SELECT a.id, a.round_id, a.entrant_id, a.group_id, a.unit_id, a.state, g.correct, g.total,
           e.sex, e.birth_date,
           a.started_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS local_start
    FROM quiz_attempt a
    JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
    LEFT JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE a.voided_at IS NULL AND a.round_id = ANY(%(rounds)s)
)
"""
# A unit made after the freeze is in no frozen tree: it is shown as it is now.
_UNITS = """
, kept AS (
    SELECT DISTINCT ON (unit.id) unit.id, unit.name, unit.parent AS parent_id, unit.kind
    FROM quiz_round r JOIN quiz_unittree tree ON tree.id = r.unit_tree_id,
        jsonb_to_recordset(tree.document) AS unit (id bigint, name text, parent bigint, kind text)
    WHERE r.id = ANY(%(rounds)s)
    ORDER BY unit.id, r.frozen_at DESC
), units AS (
    SELECT u.id, coalesce(kept.name, u.name) AS name,
           CASE WHEN kept.id IS NULL THEN u.parent_id ELSE kept.parent_id END AS parent_id,
           coalesce(kept.kind, u.kind) AS kind
    FROM accounts_orgunit u LEFT JOIN kept ON kept.id = u.id
)
"""
# The commune that a unit is or lies in; units of the province lie in none.
_HOMES = (
    _UNITS
    + """
, up AS (
    SELECT id AS unit_id, id, parent_id, kind FROM units
    UNION ALL
    SELECT up.unit_id, u.id, u.parent_id, u.kind FROM up JOIN units u ON u.id = up.parent_id
    WHERE up.kind NOT IN ('commune', 'ward', 'special_zone')
), homes AS (
    SELECT unit_id, id AS commune_id FROM up WHERE kind IN ('commune', 'ward', 'special_zone')
)
"""
)
# 0: all right, 1: at least 75 %, 2: 25 to under 75 %, 3: under 25 %, 4: none right.
_BAND = """
CASE WHEN correct = total THEN 0 WHEN correct * 4 >= total * 3 THEN 1
     WHEN correct * 4 >= total THEN 2 WHEN correct > 0 THEN 3 ELSE 4 END
"""
# Full years on the day the last round closed; 16 to 30 are the young of the Youth Law of 2020.
_AGE = """
CASE WHEN birth_date IS NULL THEN NULL
     WHEN birth_date > %(day)s::date - interval '16 years' THEN 0
     WHEN birth_date > %(day)s::date - interval '31 years' THEN 1
     WHEN birth_date > %(day)s::date - interval '46 years' THEN 2
     WHEN birth_date > %(day)s::date - interval '61 years' THEN 3 ELSE 4 END
"""


@dataclass(frozen=True)
class Dimension:
    """What entries are counted by: an expression over `taken`, and what has to be joined for it."""

    expression: str
    members: str = ""
    join: str = ""
    condition: str = "true"


DIMENSIONS = {
    "round": Dimension("round_id"),
    "group": Dimension("group_id"),
    "unit": Dimension("unit_id"),
    "commune": Dimension(
        "homes.commune_id", members=_HOMES, join="LEFT JOIN homes ON homes.unit_id = taken.unit_id"
    ),
    "sex": Dimension("nullif(sex, '')"),
    "age": Dimension(_AGE),
    "day": Dimension("local_start::date"),
    "hour": Dimension("extract(hour FROM local_start)::int"),
    "band": Dimension(_BAND, condition="total > 0"),
}
_BY = """
{taken} {members}
SELECT {expression} AS label, count(DISTINCT entrant_id), count(*)
FROM taken {join} WHERE {condition} GROUP BY 1 ORDER BY 1 NULLS LAST
"""
_ENTRIES = """
{taken} {members}
SELECT id FROM taken {join}
WHERE {condition} AND coalesce(({expression})::text, '') = %(value)s
ORDER BY id LIMIT %(limit)s OFFSET %(offset)s
"""
_OF_ONE = """
{taken} {members}
SELECT count(DISTINCT entrant_id), count(*) FROM taken {join}
WHERE {condition} AND coalesce(({expression})::text, '') = %(value)s
"""
_AT_THE_ENDS = (
    _TAKEN
    + """
SELECT entrant_id, birth_date FROM taken WHERE birth_date IS NOT NULL
GROUP BY entrant_id, birth_date ORDER BY birth_date {order}, entrant_id LIMIT %(limit)s
"""
)
_PAIR = "count(DISTINCT entrant_id), count(*)"
_TOTALS = _TAKEN + f"SELECT {_PAIR}, count(*) FILTER (WHERE state = 2) FROM taken"
# The roster's people and who of them has entered: quiz.queries.roster_listed.
_LISTED = "{listed}"
_BY_UNIT = (
    _TAKEN
    + _LISTED
    + _UNITS
    + """
, duty AS (
    SELECT DISTINCT group_code FROM listed WHERE group_code <> ''
),
by_unit AS (
    SELECT unit_id, count(DISTINCT entrant_id) AS persons, count(*) AS entries,
           count(DISTINCT entrant_id) FILTER (
               WHERE og.code IN (SELECT group_code FROM duty) OR NOT EXISTS (SELECT 1 FROM duty)
           ) AS on_duty
    FROM taken JOIN quiz_audiencegroup og ON og.id = taken.group_id
    WHERE unit_id IS NOT NULL GROUP BY 1
),
by_list AS (SELECT unit_id, count(*) FILTER (WHERE NOT exempt) AS listed,
                   count(*) FILTER (WHERE done AND NOT exempt) AS done,
                   count(*) FILTER (WHERE exempt) AS exempt
            FROM listed GROUP BY 1)
SELECT u.name, coalesce(parent.name, ''), coalesce(by_unit.persons, 0),
       coalesce(by_unit.entries, 0), coalesce(by_unit.on_duty, 0), heads.count,
       coalesce(by_list.listed, 0), coalesce(by_list.done, 0), coalesce(by_list.exempt, 0), u.id
FROM units u
LEFT JOIN units parent ON parent.id = u.parent_id
LEFT JOIN by_unit ON by_unit.unit_id = u.id
LEFT JOIN by_list ON by_list.unit_id = u.id
LEFT JOIN LATERAL ({heads}) heads ON true
WHERE by_unit.unit_id IS NOT NULL OR by_list.listed > 0
ORDER BY u.id
"""
)
_MISSING = (
    _TAKEN
    + _LISTED
    + _UNITS
    + """
SELECT u.name, listed.full_name, listed.staff_code, listed.birth_date
FROM listed JOIN units u ON u.id = listed.unit_id
WHERE NOT listed.done AND NOT listed.exempt ORDER BY u.id, listed.full_name, listed.id
"""
)
# Headcounts as they stood on a day; of a released round as they were kept.
_HEADS = """
SELECT h.count FROM accounts_headcount h WHERE h.unit_id = u.id AND h.on_date <= %(day)s
ORDER BY h.on_date DESC LIMIT 1
"""
_KEPT_HEADS = """
SELECT h.count FROM quiz_roundheadcount h WHERE h.unit_id = u.id AND h.round_id = ANY(%(rounds)s)
"""
_BANDS = (
    _TAKEN
    + f"""
, best AS (SELECT DISTINCT ON (entrant_id) correct, total FROM taken WHERE total > 0
           ORDER BY entrant_id, correct DESC),
persons AS (SELECT {_BAND} AS band, count(*) AS n FROM best GROUP BY 1),
entries AS (SELECT {_BAND} AS band, count(*) AS n FROM taken WHERE total > 0 GROUP BY 1)
SELECT band, coalesce(persons.n, 0), coalesce(entries.n, 0)
FROM generate_series(0, 4) AS band LEFT JOIN persons USING (band) LEFT JOIN entries USING (band)
ORDER BY band
"""
)


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
    return _rows(_TOTALS, {"rounds": rounds}, Totals)[0]


def count_by(dimension: str, rounds: list[int], *, day: date | None = None) -> list[Count]:
    """Persons and entries by one of `DIMENSIONS`; label None where it is not known.

    Labels: ids of rounds, groups, units and communes; "female", "male"; 0 to 4 of `age` (under 16,
    16-30, 31-45, 46-60, older, on `day`) and `band`; a date; an hour.
    """
    return _rows(_filled(_BY, dimension), {"rounds": rounds, "day": day}, Count)


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
        cursor.execute(_filled(_ENTRIES, dimension), bound)
        return [pk for (pk,) in cursor.fetchall()]


def count_of(
    dimension: str, value: str, rounds: list[int], *, day: date | None = None
) -> tuple[int, int]:
    """(persons, entries) of that one figure."""
    bound = {"rounds": rounds, "day": day, "value": value}
    with connection.cursor() as cursor:
        cursor.execute(_filled(_OF_ONE, dimension), bound)
        return cursor.fetchone()


def _filled(statement: str, dimension: str) -> str:
    by = DIMENSIONS[dimension]
    return statement.format(
        taken=_TAKEN,
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
            statement = _AT_THE_ENDS.format(order=order)
            cursor.execute(statement, {"rounds": rounds, "limit": limit})
            found.append([pk for pk, _born in cursor.fetchall()])
    return found[0], found[1]


def score_bands(rounds: list[int]) -> list[Count]:
    """Labels 0 (all right), 1 (≥ 75 %), 2 (25–75 %), 3 (< 25 %), 4 (none), of marked attempts."""
    return _rows(_BANDS, {"rounds": rounds}, Count)


def by_unit(rounds: list[int], *, roster_id: int | None, day: date) -> list[UnitCount]:
    """Units with an entry or a place on the roster; headcounts as they stood on `day`."""
    heads = _KEPT_HEADS if figures_are_kept(rounds) else _HEADS
    statement = _BY_UNIT.format(listed=_listed(rounds), heads=heads)
    bound = listed_values(rounds, roster_id=roster_id) | {"day": day}
    counts = _rows(statement, bound, UnitCount)
    return sorted(counts, key=lambda count: (_order(count.above), _order(count.unit)))


def missing_people(rounds: list[int], *, roster_id: int | None) -> list[MissingPerson]:
    """People of the roster, not exempt, who have not entered."""
    statement = _MISSING.format(listed=_listed(rounds))
    missing = _rows(statement, listed_values(rounds, roster_id=roster_id), MissingPerson)
    return sorted(missing, key=lambda person: _order(person.unit))


def _listed(rounds: list[int]) -> str:
    return f", {listed_member(rounds)}"


_order = lru_cache(maxsize=10_000)(sort_key)
