"""Counting an open round without touching the way of an entry.

Nothing on the hot path counts. The worker reads what is new since its last sample, by primary key,
and the attempts that are open, by their partial index; samples lie in a table of their own, from
which every page reads. A round so large that a sample takes long is sampled less often, so that
counting never takes more than a hundredth of one core.
"""

import time
from datetime import datetime, timedelta
from math import ceil

from django.db import connection

from quiz.domain.closing import CLOSE_DELAY
from quiz.domain.deadlines import times_of
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AttemptState, EventKind, RoundState
from quiz.models import Round, RoundSample

EVERY = timedelta(seconds=9)
SHARE_OF_TIME = 100
# An id is settled when no statement that took an earlier one can still be running.
SETTLED = timedelta(seconds=10)
KEPT = timedelta(days=3)
AFTER_CLOSE = timedelta(hours=1)
KINDS = {
    "closed": EventKind.CLOSE,
    "refusals": EventKind.REFUSAL,
    "conflicts": EventKind.CONFLICT,
    "resumes": EventKind.RESUME,
}

_COUNTED = ",\n    ".join(
    f"(SELECT count(*) FROM events WHERE kind = '{kind}'{settled}) AS {name}{suffix}"
    for name, kind in KINDS.items()
    for settled, suffix in (("", ""), (" AND id <= event_mark", "_settled"))
)
_SAMPLE = f"""
WITH attempts AS MATERIALIZED (
    SELECT id, started_at FROM quiz_attempt
    WHERE id > %(attempt_mark)s AND round_id = %(round)s
),
events AS MATERIALIZED (
    SELECT e.id, e.at, e.kind
    FROM quiz_attemptevent e JOIN quiz_attempt a ON a.id = e.attempt_id
    WHERE e.id > %(event_mark)s AND a.round_id = %(round)s
),
marks AS (
    SELECT coalesce((SELECT max(id) FROM attempts WHERE started_at < %(settled)s),
            %(attempt_mark)s) AS attempt_mark,
        coalesce((SELECT max(id) FROM events WHERE at < %(settled)s),
            %(event_mark)s) AS event_mark
),
going AS (
    SELECT count(*) AS open, count(*) FILTER (WHERE deadline_at < %(overdue)s) AS overdue
    FROM quiz_attempt WHERE state = {AttemptState.OPEN} AND round_id = %(round)s
)
SELECT attempt_mark, event_mark, going.open, going.overdue,
    (SELECT count(*) FROM attempts) AS started,
    (SELECT count(*) FROM attempts WHERE id <= attempt_mark) AS started_settled,
    {_COUNTED}
FROM marks, going
"""
_LAST_EVENT = "SELECT coalesce(max(id), 0) FROM quiz_attemptevent"


def sample_open_rounds(*, now: datetime) -> list[RoundSample]:
    """A sample of each round that takes entries, or did until lately, where one is due."""
    RoundSample.objects.filter(at__lt=now - KEPT).delete()
    frozen = Round.objects.filter(
        state=RoundState.FROZEN, opens_at__lte=now, contest__rehearses=None
    )
    rounds = [
        round for round in frozen.select_related("rules", "contest__rules") if _runs(round, now)
    ]
    return [_sample(round, before, now) for round in rounds if _due(before := _last(round), now)]


def _runs(round: Round, now: datetime) -> bool:
    rules = rules_of_round(round=round)
    if rules is None:
        return False
    return now < times_of(round=round, rules=rules).last_deadline() + AFTER_CLOSE


def _last(round: Round) -> RoundSample | None:
    return round.samples.order_by("-at").first()


def _due(before: RoundSample | None, now: datetime) -> bool:
    if before is None:
        return True
    pause = max(EVERY, SHARE_OF_TIME * timedelta(milliseconds=before.took_ms))
    return now - before.at >= pause


def _sample(round: Round, before: RoundSample | None, now: datetime) -> RoundSample:
    began = time.perf_counter()
    counted = dict(before.counted) if before else {}
    rules = rules_of_round(round=round)
    late = CLOSE_DELAY + timedelta(milliseconds=rules.entry.grace_ms if rules else 0)
    with connection.cursor() as cursor:
        if before is None:
            cursor.execute(_LAST_EVENT)
        params = {
            "round": round.pk,
            "attempt_mark": before.attempt_mark if before else 0,
            "event_mark": before.event_mark if before else cursor.fetchone()[0],
            "settled": now - SETTLED,
            "overdue": now - late,
        }
        cursor.execute(_SAMPLE, params)
        names = [column.name for column in cursor.description]
        found = dict(zip(names, cursor.fetchone(), strict=True))
    totals = {name: counted.get(name, 0) for name in ("started", *KINDS)}
    return RoundSample.objects.create(
        round=round,
        at=now,
        open=found["open"],
        overdue=found["overdue"],
        attempt_mark=found["attempt_mark"],
        event_mark=found["event_mark"],
        counted={name: total + found[f"{name}_settled"] for name, total in totals.items()},
        took_ms=ceil((time.perf_counter() - began) * 1000),
        **{name: total + found[name] for name, total in totals.items()},
    )
