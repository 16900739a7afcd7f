"""Enrolments written by one statement each, so that two at once are one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

# A person's next time is counted from those they have. Two who enrol the same person read the same
# number, and the second finds the place taken; a standing enrolment is no reason for another.
_ENROL = """
INSERT INTO training_enrolment (
    course_id, person_id, unit_id, ordinal, source, enrolled_by_id, enrolled_at, due_on,
    exempt_reason
)
SELECT %(course)s, person.id, person.unit_id, coalesce(held.last, 0) + 1, %(source)s,
    coalesce(%(by)s, person.id), %(now)s, %(due)s, ''
FROM accounts_user person
LEFT JOIN LATERAL (
    SELECT max(ordinal) AS last, bool_or(withdrawn_at IS NULL) AS standing
    FROM training_enrolment held WHERE held.course_id = %(course)s AND held.person_id = person.id
) held ON true
WHERE person.id = ANY(%(people)s) AND person.is_active AND person.unit_id IS NOT NULL
    AND (held.last IS NULL OR (NOT held.standing AND %(again)s))
ORDER BY person.id
ON CONFLICT (course_id, person_id, ordinal) DO NOTHING
RETURNING person_id
"""


def insert_enrolments(
    *,
    course_id: int,
    people: Sequence[int],
    source: str,
    by: int | None,
    due_on: date | None,
    now: datetime,
    again: bool,
) -> list[int]:
    """Enrol those of `people` who do not take the course; their ids.

    `again`: also those who were withdrawn from it. `by` None: each by themselves.
    """
    values: dict[str, Any] = {
        "course": course_id,
        "people": list(people),
        "source": source,
        "by": by,
        "due": due_on,
        "now": now,
        "again": again,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENROL, values)
        return [row[0] for row in cursor.fetchall()]


# The newest enrolment of each person, where it was completed and expires within the notice the
# course gives; whoever was withdrawn from a renewal is not asked again.
_RENEW = """
WITH newest AS (
    SELECT DISTINCT ON (held.course_id, held.person_id) held.*
    FROM training_enrolment held
    JOIN training_course course ON course.id = held.course_id AND course.renew_months > 0
        AND course.state = 'published'
        AND (course.valid_from IS NULL OR course.valid_from <= %(day)s)
        AND (course.valid_to IS NULL OR course.valid_to > %(day)s)
    ORDER BY held.course_id, held.person_id, held.ordinal DESC
), expiring AS (
    SELECT newest.*, coalesce(terms.renew_before, 30) AS notice, (
        (newest.completed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        + make_interval(months => course.renew_months))::date AS expires
    FROM newest JOIN training_course course ON course.id = newest.course_id
    LEFT JOIN training_enrolmentterms terms ON terms.course_id = newest.course_id
    WHERE newest.completed_at IS NOT NULL AND newest.withdrawn_at IS NULL
)
INSERT INTO training_enrolment (
    course_id, person_id, unit_id, ordinal, source, enrolled_by_id, enrolled_at, due_on,
    exempt_reason
)
SELECT expiring.course_id, person.id, person.unit_id, expiring.ordinal + 1, 'renewal',
    expiring.enrolled_by_id, %(now)s,
    greatest(expiring.expires, %(day)s::date + expiring.notice), ''
FROM expiring JOIN accounts_user person ON person.id = expiring.person_id
WHERE person.is_active AND person.unit_id IS NOT NULL
    AND expiring.expires - expiring.notice <= %(day)s::date
ON CONFLICT (course_id, person_id, ordinal) DO NOTHING
RETURNING course_id
"""


def insert_renewals(*, day: date, now: datetime) -> list[int]:
    """Open the next time of what is about to expire; the course of each."""
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, {"day": day, "now": now})
        return [row[0] for row in cursor.fetchall()]
