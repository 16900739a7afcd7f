"""The statements of start, save and submit: one each, in autocommit, on one attempt's row.

Moments are the database's `now()` cut to milliseconds. `READ COMMITTED` lets an UPDATE wait for a
competing one and judge the newer row, while the row returned beside a refusal is the older one of
the statement's snapshot; that is the case `RACE`, tried once more.
"""

from quiz.domain.attempt_rows import COLUMNS
from quiz.domain.clock import CLOCK_CTE
from quiz.domain.deadlines import DEADLINE, IN_WINDOW, is_over_sql
from quiz.enums import AttemptState, ClosedBy

# The journal stays in the row's page: past this it stops growing (engine/journal.py allows more).
JOURNAL_BYTES = 1200


def _varint(number: str) -> str:
    """SQL for the journal's varint of an expression below 2²¹."""
    one = f"set_byte('\\x00'::bytea, 0, {number})"
    two = f"set_byte(set_byte('\\x0000'::bytea, 0, {number} & 127 | 128), 1, {number} >> 7)"
    three = (
        f"set_byte(set_byte(set_byte('\\x000000'::bytea, 0, {number} & 127 | 128), "
        f"1, {number} >> 7 & 127 | 128), 2, {number} >> 14)"
    )
    return f"CASE WHEN {number} < 128 THEN {one} WHEN {number} < 16384 THEN {two} ELSE {three} END"


START = f"""
WITH {CLOCK_CTE}
INSERT INTO quiz_attempt AS a (
    round_id, entrant_id, ordinal, group_id, unit_id, pool_id, rules_id, seed, secret, state,
    started_at, deadline_at, answers, writer, revision, epoch, journal, void_reason)
SELECT r.id, e.id, %(ordinal)s, e.group_id, e.unit_id, p.pool_id, r.rules_id, %(seed)s, %(secret)s,
    {AttemptState.OPEN}, clock.at,
    {DEADLINE},
    array_fill(0::smallint, ARRAY[p.slots]), 0, 0, 0, '', ''
FROM clock
JOIN quiz_round r ON r.id = %(round)s
JOIN quiz_entrant e ON e.id = %(entrant)s AND e.contest_id = r.contest_id
    AND e.withdrawn_at IS NULL
JOIN unnest(%(groups)s::bigint[], %(pools)s::bigint[], %(slots)s::int[])
    AS p (group_id, pool_id, slots) ON p.group_id = e.group_id
WHERE r.state = 'frozen' AND r.commitment = %(commitment)s
    AND {IN_WINDOW}
    AND (%(attempts)s::int IS NULL OR %(ordinal)s <= %(attempts)s::int
        OR %(ordinal)s <= %(attempts)s::int
            + coalesce((e.extra_attempts ->> r.id::text)::int, 0))
    AND (%(ordinal)s = 1 OR EXISTS (
        SELECT 1 FROM quiz_attempt before
        WHERE before.round_id = r.id AND before.entrant_id = e.id
            AND before.ordinal = %(ordinal)s - 1
            AND (before.state <> {AttemptState.OPEN} OR before.voided_at IS NOT NULL
                OR {is_over_sql("before.deadline_at")})))
ON CONFLICT (round_id, entrant_id, ordinal) DO UPDATE SET ordinal = excluded.ordinal
RETURNING {COLUMNS}, date_trunc('milliseconds', now() + %(shift)s::interval), xmax = 0
"""

_REVISION = "coalesce(%(revision)s::int, a.revision + 1)"
_JOURNAL = f"""
CASE WHEN octet_length(a.journal) > {JOURNAL_BYTES} THEN a.journal
ELSE a.journal || coalesce((
    SELECT '\\x01'::bytea
        || int4send(least(2147483647, extract(epoch FROM clock.at - a.started_at) * 1000)::int)
        || {_varint(_REVISION)}
        || {_varint("count(*)::int")}
        || string_agg({_varint("(change.slot - 1)::int")} || {_varint("change.mask::int")},
            ''::bytea ORDER BY change.slot)
    FROM unnest(a.answers, %(answers)s::smallint[])
        WITH ORDINALITY AS change (before, mask, slot)
    WHERE change.before <> change.mask
    HAVING count(*) > 0), ''::bytea) END
"""
_SUBMIT = f"""state = {AttemptState.SUBMITTED}, closed_by = {ClosedBy.ENTRANT},
        ended_at = least(clock.at, a.deadline_at),"""


def _save(extra: str, same_writer: str) -> str:
    return f"""
WITH {CLOCK_CTE},
hit AS (
    UPDATE quiz_attempt a SET {extra}
        answers = %(answers)s::smallint[], prediction = %(prediction)s::numeric,
        writer = %(writer)s, revision = {_REVISION}, journal = {_JOURNAL}
    FROM clock
    WHERE a.id = %(attempt)s AND a.epoch = %(epoch)s AND a.state = {AttemptState.OPEN}
        AND a.voided_at IS NULL AND NOT {is_over_sql("a.deadline_at")}
        AND (a.revision = %(base)s OR (a.writer = %(writer)s AND {same_writer}))
    RETURNING {COLUMNS}, clock.at, true
)
SELECT * FROM hit
UNION ALL
SELECT {COLUMNS}, clock.at, false FROM quiz_attempt a, clock
WHERE a.id = %(attempt)s AND NOT EXISTS (SELECT 1 FROM hit)
"""


SAVE = _save("", "(%(revision)s::int IS NULL OR a.revision < %(revision)s::int)")
# A submit may carry the number of the save before it: only the state is new then.
SUBMIT = _save(_SUBMIT, "(%(revision)s::int IS NULL OR a.revision <= %(revision)s::int)")
