"""The items that two quizzes asked the same person, with both answers."""

from django.db import connection

# First tries of both: keys are shown after each answer, so a second try tells less.
# The same item may have been asked in two versions.
_ANCHORS = """
WITH answered AS (
    SELECT held.person_id, try.lesson_id, try.ended_at, version.item_id,
        coalesce((try.answers ->> (slot.place - 1)::int)::int = version.key_mask, false) AS is_right
    FROM training_quiztry try
    JOIN training_enrolment held ON held.id = try.enrolment_id
    CROSS JOIN LATERAL jsonb_array_elements(try.paper) WITH ORDINALITY AS slot (value, place)
    JOIN quiz_itemversion version ON version.id = (slot.value ->> 0)::bigint
    WHERE try.ordinal = 1 AND try.ended_at IS NOT NULL AND held.ordinal = 1
        AND try.lesson_id IN (%(before)s, %(after)s)
)
SELECT count(*), count(*) FILTER (WHERE first.is_right), count(*) FILTER (WHERE second.is_right)
FROM answered first JOIN answered second USING (person_id, item_id)
WHERE first.lesson_id = %(before)s AND second.lesson_id = %(after)s
GROUP BY person_id ORDER BY max(second.ended_at), person_id
"""


def read_anchors(*, before: int, after: int) -> list[tuple[int, int, int]]:
    """(items asked both times, right before, right after) of each person, by when they finished."""
    with connection.cursor() as cursor:
        cursor.execute(_ANCHORS, {"before": before, "after": after})
        return cursor.fetchall()
