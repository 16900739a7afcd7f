"""Writing down that time is over: an overdue attempt is closed already, the row says so later."""

from datetime import datetime, timedelta

from quiz.domain.clock import CLOCK_CTE
from quiz.domain.deadlines import is_over_sql
from quiz.domain.hot import run_statement
from quiz.enums import AttemptState, ClosedBy, EventKind

# A save accepted in the last moment has been committed by then.
CLOSE_DELAY = timedelta(seconds=10)
BATCH = 2000

_GRACE = (
    "interval '1 millisecond' * coalesce((rules.document -> 'entry' ->> 'grace_ms')::int, 5000)"
)
_WAITED = f"%(delay)s::interval + {_GRACE}"
_CLOSE = f"""
WITH {CLOCK_CTE},
moment AS (SELECT coalesce(%(now)s::timestamptz, clock.at) AS at FROM clock),
due AS (
    SELECT a.id
    FROM moment
    JOIN quiz_attempt a ON a.state = {AttemptState.OPEN}
        AND a.deadline_at < moment.at - %(delay)s::interval
    JOIN quiz_ruleset rules ON rules.id = a.rules_id
    WHERE (%(round)s::bigint IS NULL OR a.round_id = %(round)s::bigint)
        AND {is_over_sql("a.deadline_at", now="moment.at", grace=_WAITED)}
    ORDER BY a.deadline_at
    LIMIT %(limit)s
    FOR UPDATE OF a SKIP LOCKED
),
closed AS (
    UPDATE quiz_attempt a SET state = {AttemptState.CLOSED}, closed_by = {ClosedBy.DEADLINE},
        ended_at = a.deadline_at
    FROM due WHERE a.id = due.id AND a.state = {AttemptState.OPEN}
    RETURNING a.id
),
told AS (
    INSERT INTO quiz_attemptevent (attempt_id, at, kind, details)
    SELECT closed.id, moment.at, '{EventKind.CLOSE}', '{{}}'::jsonb FROM closed, moment
)
SELECT count(*) FROM closed
"""


def close_overdue_attempts(
    *,
    now: datetime | None = None,
    limit: int | None = None,
    round_id: int | None = None,
    delay: timedelta = CLOSE_DELAY,
) -> int:
    """Close attempts whose deadline and grace passed at least `delay` ago; returns how many.

    Rows that a save holds at this moment are left for the next run, and the row is judged again
    after its lock is had, so an extension or a submit made meanwhile wins. `now` defaults to the
    database's. At most `limit` are closed, in batches of `BATCH`.
    """
    closed = 0
    while limit is None or closed < limit:
        batch = BATCH if limit is None else min(BATCH, limit - closed)
        rows = run_statement(
            _CLOSE, {"now": now, "delay": delay, "round": round_id, "limit": batch}
        )
        closed += rows[0][0]
        if rows[0][0] < batch:
            break
    return closed
