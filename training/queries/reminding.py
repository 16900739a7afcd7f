"""Who has to be reminded today of the courses they still take."""

from datetime import date

from django.db import connection

# The days on which a due date is told: 14, 7 and 1 days before, the day after, then weekly.
# `mark` is the last of them that has come.
_TO_REMIND = """
WITH open AS (
    SELECT held.person_id, held.source, held.enrolled_at,
        (held.enrolled_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS enrolled_on,
        CASE WHEN held.due_on > %(day)s::date + 14 THEN NULL
             WHEN held.due_on > %(day)s::date + 7 THEN held.due_on - 14
             WHEN held.due_on > %(day)s::date + 1 THEN held.due_on - 7
             WHEN held.due_on >= %(day)s::date THEN held.due_on - 1
             ELSE held.due_on + 1 + 7 * ((%(day)s::date - held.due_on - 1) / 7) END AS mark
    FROM training_enrolment held
    JOIN training_course course ON course.id = held.course_id AND course.state = 'published'
        AND (course.valid_from IS NULL OR course.valid_from <= %(day)s)
        AND (course.valid_to IS NULL OR course.valid_to > %(day)s)
    LEFT JOIN training_enrolmentterms terms ON terms.course_id = held.course_id
    WHERE held.completed_at IS NULL AND held.exempted_at IS NULL AND held.withdrawn_at IS NULL
        AND coalesce(terms.reminds, true)
), last AS (
    SELECT person_id, max(sent_at) FILTER (WHERE NOT failed) AS sent_at,
        max(day) FILTER (WHERE NOT failed) AS day, max(day) AS tried_on
    FROM training_enrolmentreminder GROUP BY person_id
)
SELECT DISTINCT open.person_id FROM open
JOIN accounts_user person ON person.id = open.person_id AND person.is_active
    AND (person.email <> '' OR length(person.phone) > 0)
LEFT JOIN last ON last.person_id = open.person_id
WHERE (last.tried_on IS NULL OR last.tried_on < %(day)s::date) AND (
    (open.source <> 'self' AND (last.sent_at IS NULL OR last.sent_at < open.enrolled_at))
    OR (open.mark >= open.enrolled_on AND (last.day IS NULL OR last.day < open.mark))
)
ORDER BY open.person_id LIMIT %(most)s
"""


def people_to_remind(*, day: date, most: int) -> list[int]:
    """Ids of people who were enrolled by somebody since their last letter, or of whose courses one
    has come nearer to its due date; nobody who was written to, or tried, on that day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TO_REMIND, {"day": day, "most": most})
        return [row[0] for row in cursor.fetchall()]
