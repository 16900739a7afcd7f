"""Start, save, submit: each one statement; only when it refuses is the reason looked for."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.errors import DomainError
from quiz.domain.attempt_events import note_event
from quiz.domain.attempt_input import AnswersInput, read_prediction
from quiz.domain.attempt_rows import READ_ATTEMPT, AttemptRow
from quiz.domain.attempt_sql import SAVE, START, SUBMIT
from quiz.domain.frozen import FrozenRound, forget_round, frozen_round
from quiz.domain.hot import run_statement, sql_array
from quiz.domain.registration_input import refuse_fields
from quiz.domain.start_refusal import stored_attempt_or_refusal
from quiz.domain.tokens import (
    SEED_BYTES,
    AttemptToken,
    EntrantToken,
    open_any_entrant_token,
    open_attempt_token,
    seal_attempt_token,
)
from quiz.engine.commitments import SECRET_BYTES
from quiz.engine.saving import SaveCase, SaveInput, StoredAttempt, name_case
from quiz.enums import AttemptState, EventKind
from quiz.errors import (
    AttemptClosed,
    AttemptSubmitted,
    AttemptVoided,
    NoAttemptLeft,
    SaveConflict,
    SaveTooLate,
    SystemBusy,
    UnknownToken,
)


@dataclass(frozen=True)
class Sitting:
    """An attempt with what belongs to it; `token` lets the holder go on."""

    row: AttemptRow
    round: FrozenRound
    token: str


def start_attempt(*, entrant_token: str, round_id: int, ordinal: int) -> Sitting:
    """The entrant's attempt number `ordinal` of the round, begun now unless it was before.

    Asked twice, from two tabs or two devices, it is the same attempt. A weak token gets none that
    is over.

    Raises UnknownToken, TooEarly, TooLate, NoAttemptLeft, AttemptOpen.
    """
    entrant = open_any_entrant_token(entrant_token)
    frozen = frozen_round(round_id)
    row = _start(entrant, frozen, ordinal)
    if row is None:
        # This process may hold an older freeze of the round: look once more.
        forget_round(frozen.id, frozen.contest_code)
        fresh = frozen_round(round_id)
        if fresh.commitment != frozen.commitment:
            frozen = fresh
            row = _start(entrant, frozen, ordinal)
    if row is None:
        row = stored_attempt_or_refusal(entrant=entrant, frozen=frozen, ordinal=ordinal)
    settled = row.settled(frozen.grace_ms)
    if entrant.weak and (settled.state != AttemptState.OPEN or settled.voided_at is not None):
        raise NoAttemptLeft()
    if not row.done:
        details = {"way": "staff_code"} if entrant.weak else {}
        note_event(attempt_id=row.id, kind=EventKind.RESUME, at=row.at, details=details)
    return Sitting(settled, frozen, token_of(row))


def _start(entrant: EntrantToken, frozen: FrozenRound, ordinal: int) -> AttemptRow | None:
    if entrant.contest_id != frozen.contest_id:
        raise UnknownToken()
    entry = frozen.rules.entry
    pools = frozen.pools.values()
    rows = run_statement(
        START,
        {
            "round": frozen.id,
            "commitment": frozen.commitment,
            "entrant": entrant.entrant_id,
            "ordinal": ordinal,
            "attempts": entry.attempts_per_round,
            "limit": entry.time_limit_seconds,
            "last_start": entry.at_close == "last_start",
            "grace": timedelta(milliseconds=entry.grace_ms),
            "seed": os.urandom(SEED_BYTES),
            "secret": os.urandom(SECRET_BYTES),
            "groups": sql_array(pool.group_id for pool in pools),
            "pools": sql_array(pool.id for pool in pools),
            "slots": sql_array(pool.slots for pool in pools),
        },
    )
    return AttemptRow.read(rows[0]) if rows else None


def token_of(row: AttemptRow) -> str:
    return seal_attempt_token(
        AttemptToken(row.round_id, row.pool_id, row.id, bytes(row.seed), row.epoch)
    )


def read_attempt(*, token: str) -> Sitting:
    """The attempt of a token as it counts now. Raises UnknownToken."""
    opened = open_attempt_token(token)
    frozen = frozen_round(opened.round_id)
    rows = run_statement(READ_ATTEMPT, {"attempt": opened.attempt_id, "epoch": opened.epoch})
    if not rows:
        raise UnknownToken()
    return Sitting(AttemptRow.read(rows[0]).settled(frozen.grace_ms), frozen, token)


def save_attempt(*, token: str, given: AnswersInput) -> Sitting:
    """Store the whole answer set. Success too when the same tab's set is stored already.

    Raises UnknownToken, AttemptVoided, AttemptSubmitted, AttemptClosed, SaveTooLate,
    SaveConflict (its details hold what is stored, to be merged slot by slot), InputRefused,
    SystemBusy.
    """
    sitting, case = _write(SAVE, token, given)
    if case in (None, SaveCase.ALREADY_SAVED):
        return sitting
    raise _refusal(sitting.row, case)


def submit_attempt(*, token: str, given: AnswersInput) -> Sitting:
    """Store the answer set and end the attempt. Repeated, it tells of the same ended attempt.

    Raises as `save_attempt`, but never AttemptSubmitted.
    """
    sitting, case = _write(SUBMIT, token, given)
    if case in (None, SaveCase.SUBMITTED):
        return sitting
    raise _refusal(sitting.row, SaveCase.CONFLICT if case is SaveCase.ALREADY_SAVED else case)


def _write(sql: str, token: str, given: AnswersInput) -> tuple[Sitting, SaveCase | None]:
    """Run a save or submit; None as the case when it took effect."""
    opened = open_attempt_token(token)
    frozen = frozen_round(opened.round_id)
    if len(given.answers) != frozen.pool(opened.pool_id).slots:
        raise refuse_fields({"answers": ("wrong_length", "")})
    params = {
        "attempt": opened.attempt_id,
        "epoch": opened.epoch,
        "grace": timedelta(milliseconds=frozen.grace_ms),
        "writer": given.writer,
        "base": given.base,
        "revision": given.revision,
        "answers": sql_array(given.answers),
        "prediction": read_prediction(given.prediction, frozen.rules.entry.prediction),
    }
    for _try in range(2):
        row = _run_write(sql, params)
        if row.done:
            return Sitting(row, frozen, token), None
        case = _case(row, given, opened.epoch, frozen.grace_ms)
        if case is SaveCase.UNKNOWN:
            raise UnknownToken()
        if case is not SaveCase.RACE:
            return Sitting(row.settled(frozen.grace_ms), frozen, token), case
    raise SystemBusy()


def _run_write(sql: str, params: dict[str, Any]) -> AttemptRow:
    rows = run_statement(sql, params)
    if not rows:
        raise UnknownToken()
    return AttemptRow.read(rows[0])


def _case(row: AttemptRow, given: AnswersInput, epoch: int, grace_ms: int) -> SaveCase:
    revision = row.revision + 1 if given.revision is None else given.revision
    return name_case(
        stored=StoredAttempt(
            state=row.state,
            epoch=row.epoch,
            revision=row.revision,
            writer=row.writer,
            deadline_at=row.deadline_at,
            answers=tuple(row.answers),
            voided=row.voided_at is not None,
        ),
        sent=SaveInput(
            writer=given.writer,
            base=given.base,
            revision=revision,
            epoch=epoch,
            answers=tuple(given.answers),
        ),
        now=row.at,
        grace_ms=grace_ms,
    )


def _refusal(row: AttemptRow, case: SaveCase | None) -> DomainError:
    """What tells the entrant why; late answers and conflicts are noted for appeals."""
    plain = {
        SaveCase.VOIDED: AttemptVoided,
        SaveCase.SUBMITTED: AttemptSubmitted,
        SaveCase.CLOSED: AttemptClosed,
    }
    if case in plain:
        return plain[case]()
    if case is SaveCase.LATE:
        note_event(attempt_id=row.id, kind=EventKind.REFUSAL, at=row.at)
        return SaveTooLate()
    note_event(attempt_id=row.id, kind=EventKind.CONFLICT, at=row.at)
    return SaveConflict(
        revision=row.revision,
        answers=list(row.answers),
        prediction=None if row.prediction is None else f"{row.prediction.normalize():f}",
        deadline_at=row.deadline_at.isoformat(timespec="milliseconds"),
    )
