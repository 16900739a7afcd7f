"""How far training is, counted over the units below one: by part and course.

Page, workbook and API read the same rows. A person counts where they belong now; an enrolment
belongs to a period in which it was open for a day or was completed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

# A unit's own people are a part of their own; each unit right below is one with all below it.
_UNITS = """
WITH RECURSIVE parts AS (
    SELECT id AS part, id FROM accounts_orgunit WHERE parent_id = %(root)s
    UNION ALL
    SELECT parts.part, unit.id FROM accounts_orgunit unit JOIN parts ON unit.parent_id = parts.id
), reach AS (
    SELECT part, id FROM parts UNION ALL SELECT %(root)s::bigint, %(root)s::bigint
), people AS (
    SELECT person.id, reach.part FROM accounts_user person JOIN reach ON reach.id = person.unit_id
)
"""
# Days are Vietnamese; a course completed on the last day counts.
_DAY = "AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_TAKEN = (
    _UNITS
    + f"""
, taken AS MATERIALIZED (
    SELECT people.part, held.course_id, held.person_id, held.exempted_at IS NOT NULL AS exempt,
        coalesce((held.completed_at {_DAY} <= %(last)s, false) AS done,
        held.due_on < %(today)s AS past_due
    FROM training_enrolment held JOIN people ON people.id = held.person_id
    WHERE held.withdrawn_at IS NULL AND (held.enrolled_at {_DAY} <= %(last)s
        AND (held.completed_at IS NULL OR (held.completed_at {_DAY} >= %(first)s)
        AND (%(course)s::bigint IS NULL OR held.course_id = %(course)s)
)
"""
)
_SUMS = """
    count(DISTINCT person_id), count(*), count(*) FILTER (WHERE done),
    count(*) FILTER (WHERE NOT done AND exempt),
    count(*) FILTER (WHERE NOT done AND NOT exempt AND past_due)
"""
# Both in one reading of the enrolments.
_BOTH = f"""
{_TAKEN} SELECT 'unit', part, {_SUMS} FROM taken GROUP BY part
UNION ALL SELECT 'course', course_id, {_SUMS} FROM taken GROUP BY course_id
"""
_PEOPLE = f"{_UNITS} SELECT part, count(*) FROM people GROUP BY part"
_CERTIFICATES = (
    _UNITS
    + f"""
SELECT people.part, count(*) FROM training_certificate paper
JOIN training_enrolment held ON held.id = paper.enrolment_id
JOIN people ON people.id = held.person_id
WHERE paper.revoked_at IS NULL AND (paper.issued_at {_DAY} BETWEEN %(first)s AND %(last)s
GROUP BY people.part
"""
)


@dataclass(frozen=True)
class Count:
    """Persons and their enrolments of a period: done, exempt, late; the rest is under way."""

    persons: int = 0
    enrolments: int = 0
    done: int = 0
    exempt: int = 0
    late: int = 0

    @property
    def wanted(self) -> int:
        """Those that have to be completed."""
        return self.enrolments - self.exempt

    @property
    def percent(self) -> int | None:
        """Of those that have to be completed, rounded down: 100 only when all are."""
        return self.done * 100 // self.wanted if self.wanted else None


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted; `today` judges what is late."""

    first: date
    last: date
    today: date


@dataclass(frozen=True)
class Counts:
    """By id of the unit itself or one right below; and by course over everybody below."""

    units: dict[int, Count]
    courses: dict[int, Count]


def count_enrolments(*, root: int, period: Period, course: int | None) -> Counts:
    """Of everybody of the unit and below, in all courses or in one."""
    bound = {
        "root": root,
        "first": period.first,
        "last": period.last,
        "today": min(period.today, period.last),
        "course": course,
    }
    rows = _run(_BOTH, bound)
    return Counts(
        units={row[1]: Count(*row[2:]) for row in rows if row[0] == "unit"},
        courses={row[1]: Count(*row[2:]) for row in rows if row[0] == "course"},
    )


def people_by_unit(*, root: int) -> dict[int, int]:
    """{id of the unit itself or one right below: people who sign in}."""
    return dict(_run(_PEOPLE, {"root": root}))


def certificates_by_unit(*, root: int, period: Period) -> dict[int, int]:
    """{as above: certificates issued in the period and not revoked}."""
    bound = {"root": root, "first": period.first, "last": period.last}
    return dict(_run(_CERTIFICATES, bound))


def _run(statement: str, bound: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)
        return cursor.fetchall()
