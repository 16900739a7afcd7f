"""Why a start was refused: read only after it was."""

from quiz.domain.attempt_rows import COLUMNS, AttemptRow
from quiz.domain.frozen import FrozenRound
from quiz.domain.hot import run_statement
from quiz.domain.tokens import EntrantToken
from quiz.engine.deadlines import is_over
from quiz.enums import AttemptState, RoundState
from quiz.errors import (
    AttemptOpen,
    ConsentWithdrawn,
    NoAttemptLeft,
    SystemBusy,
    TooEarly,
    TooLate,
    UnknownToken,
)

_WINDOW = """
SELECT e.withdrawn_at, r.opens_at, r.closes_at, r.state,
    coalesce((e.extra_attempts ->> r.id::text)::int, 0),
    date_trunc('milliseconds', now() + %(shift)s::interval)
FROM quiz_round r JOIN quiz_entrant e ON e.contest_id = r.contest_id
WHERE r.id = %(round)s AND e.id = %(entrant)s
"""
_ATTEMPTS = f"""
SELECT {COLUMNS}, date_trunc('milliseconds', now() + %(shift)s::interval), false
FROM quiz_attempt a
WHERE a.round_id = %(round)s AND a.entrant_id = %(entrant)s AND a.ordinal = ANY(%(ordinals)s)
"""


def stored_attempt_or_refusal(
    *, entrant: EntrantToken, frozen: FrozenRound, ordinal: int
) -> AttemptRow:
    """The attempt of that ordinal if there is one (its start was answered into the void).

    Otherwise raises what fits: UnknownToken, ConsentWithdrawn, TooEarly, TooLate, NoAttemptLeft,
    AttemptOpen.
    """
    params = {"round": frozen.id, "entrant": entrant.entrant_id}
    windows = run_statement(_WINDOW, params)
    if not windows:
        raise UnknownToken()
    rows = run_statement(_ATTEMPTS, {**params, "ordinals": [ordinal - 1, ordinal]})
    attempts = {row.ordinal: row for row in map(AttemptRow.read, rows)}
    if ordinal in attempts:
        return attempts[ordinal]
    withdrawn_at, opens_at, closes_at, state, extra, at = windows[0]
    if withdrawn_at is not None:
        raise ConsentWithdrawn()
    if state == RoundState.FROZEN and at < opens_at:
        raise TooEarly(opens_at=opens_at.isoformat(timespec="seconds"))
    if state != RoundState.FROZEN or at >= closes_at:
        raise TooLate()
    most = frozen.rules.entry.attempts_per_round
    if most is not None and ordinal > most + extra:
        raise NoAttemptLeft()
    before = attempts.get(ordinal - 1)
    if ordinal > 1 and (before is None or _is_open(before, frozen)):
        raise AttemptOpen()
    raise SystemBusy()


def _is_open(row: AttemptRow, frozen: FrozenRound) -> bool:
    return (
        row.state == AttemptState.OPEN
        and row.voided_at is None
        and not is_over(row.at, row.deadline_at, frozen.grace_ms)
    )
