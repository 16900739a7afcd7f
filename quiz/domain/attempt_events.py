"""What happened to an attempt besides its answers: for appeals, never on the way of a save."""

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from quiz.enums import ClosedBy, EventKind
from quiz.models import Attempt, AttemptEvent

# Pages and programs gone wrong repeat themselves; so many of a kind tell the story.
EVENTS_PER_KIND = 20

_NOTE = """
INSERT INTO quiz_attemptevent (attempt_id, at, kind, details)
SELECT %(attempt)s, %(at)s, %(kind)s, %(details)s::jsonb
WHERE (SELECT count(*) FROM quiz_attemptevent
    WHERE attempt_id = %(attempt)s AND kind = %(kind)s) < %(most)s
"""


def note_event(
    *, attempt_id: int, kind: EventKind, at: datetime, details: dict[str, str] | None = None
) -> None:
    """Note what an entrant's browser met (resume, conflict, refusal), the first twenty times."""
    values: dict[str, Any] = {
        "attempt": attempt_id,
        "at": at,
        "kind": kind,
        "most": EVENTS_PER_KIND,
        "details": json.dumps(details or {}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)


def record_event(*, attempt: Attempt, kind: EventKind, actor: Any, **details: Any) -> AttemptEvent:
    """Note an organiser's act with its reason."""
    return AttemptEvent.objects.create(attempt=attempt, kind=kind, actor=actor, details=details)


def attempt_history(*, attempt: Attempt) -> list[AttemptEvent]:
    """Everything that happened, oldest first.

    Start and submit are not stored twice: they are read from the attempt itself.
    """
    events: QuerySet[AttemptEvent] = attempt.events.select_related("actor")
    told = [AttemptEvent(attempt=attempt, at=attempt.started_at, kind=EventKind.START), *events]
    if attempt.closed_by == ClosedBy.ENTRANT and attempt.ended_at is not None:
        told.append(AttemptEvent(attempt=attempt, at=attempt.ended_at, kind=EventKind.SUBMIT))
    return sorted(told, key=lambda event: event.at)
