"""Heartbeats of studying, written as they come in; nothing is judged or added up here."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from training.engine.study_time import SILENCE
from training.enums import LessonKind
from training.models import Enrolment, Lesson

# What is credited by what was played.
MEDIA = (LessonKind.VIDEO,)
SLOWEST, FASTEST = 25, 1600

# The newest span of this open page grows, if its last beat is recent and its speed the same; else
# the next begins, where the last ended if only the speed changed. Two beats at once: the second
# UPDATE goes by the row as the first left it; two that both begin a span overlap, and a union
# counts once. What was played is cut to what the clock allows, so a beat sent twice adds nothing.
_BEAT = """
WITH tally AS (
    INSERT INTO training_studytally (person_id, beats, counted) VALUES (%(person)s, 1, 0)
    ON CONFLICT (person_id) DO UPDATE SET beats = training_studytally.beats + 1
), newest AS (
    SELECT id, ended_at FROM training_studyspan
    WHERE enrolment_id = %(enrolment)s AND lesson_id = %(lesson)s AND tab = %(tab)s
    ORDER BY began_at DESC, id DESC LIMIT 1
), recent AS (
    SELECT id, ended_at FROM newest WHERE ended_at >= %(now)s::timestamptz - %(silence)s::interval
), grown AS (
    UPDATE training_studyspan span
    SET ended_at = greatest(span.ended_at, %(now)s),
        media_ms = span.media_ms + least(%(media)s,
            greatest(extract(epoch FROM %(now)s - span.ended_at), 0) * 10 * %(rate)s)::bigint
    FROM recent WHERE span.id = recent.id AND span.rate = %(rate)s
    RETURNING 1
)
INSERT INTO training_studyspan
    (enrolment_id, lesson_id, tab, began_at, ended_at, media_ms, rate)
SELECT %(enrolment)s, %(lesson)s, %(tab)s, begin_at, greatest(begin_at, %(now)s), least(%(media)s,
    greatest(extract(epoch FROM %(now)s - begin_at), 0) * 10 * %(rate)s)::bigint, %(rate)s
FROM (SELECT coalesce((SELECT ended_at FROM recent), %(now)s::timestamptz) AS begin_at) AS place
WHERE NOT EXISTS (SELECT 1 FROM grown)
"""


def record_beat(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    tab: str,
    now: datetime,
    media_ms: int = 0,
    rate: int = 100,
) -> None:
    """The open page `tab` shows that somebody studies: one statement.

    `now` is the server's. `media_ms`: how far the media went since the page's last beat, at `rate`
    hundredths; a medium that stands still is a stretch of its own that credits nothing.
    """
    speed = max(SLOWEST, min(rate, FASTEST))
    if lesson.kind not in MEDIA:
        media_ms, speed = 0, 100
    elif media_ms <= 0:
        media_ms, speed = 0, 0
    values: dict[str, Any] = {
        "person": enrolment.person_id,
        "enrolment": enrolment.pk,
        "lesson": lesson.pk,
        "tab": tab[:22],
        "now": now,
        "silence": SILENCE,
        # No beat can speak of more than the longest stretch between two, at the highest speed.
        "media": min(media_ms, int(SILENCE / timedelta(milliseconds=1)) * FASTEST // 100),
        "rate": speed,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, values)
