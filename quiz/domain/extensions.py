"""The organiser's acts on one attempt: more time, voiding, restoring; each with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.attempt_events import record_event
from quiz.domain.deadlines import EXTENDED
from quiz.domain.heads import keep_leaf_of
from quiz.domain.hot import run_statement
from quiz.domain.registration_input import refuse_fields
from quiz.enums import AttemptState, ClosedBy, EventKind, RoundState
from quiz.errors import AttemptFixed
from quiz.models import Attempt, Round
from quiz.permissions import may_run_contest

MAX_EXTRA_SECONDS = 24 * 3600

_NOW = "date_trunc('milliseconds', now() + %(shift)s::interval)"
# An attempt that the deadline has closed goes on; one the entrant submitted does not.
_EXTEND = f"""
UPDATE quiz_attempt a SET
    deadline_at = {EXTENDED.format(deadline="a.deadline_at", granted=_NOW)},
    state = {AttemptState.OPEN}, closed_by = NULL, ended_at = NULL
FROM quiz_round r
WHERE a.id = %(attempt)s AND r.id = a.round_id AND r.state = '{RoundState.FROZEN}'
    AND a.voided_at IS NULL
    AND (a.state = {AttemptState.OPEN} OR a.closed_by = {ClosedBy.DEADLINE})
RETURNING a.deadline_at
"""
_VOID = f"""
UPDATE quiz_attempt a SET
    voided_at = CASE WHEN %(void)s THEN {_NOW} END,
    void_reason = %(reason)s
FROM quiz_round r
WHERE a.id = %(attempt)s AND r.id = a.round_id
    AND r.state IN ('{RoundState.FROZEN}', '{RoundState.CLOSED}')
    AND (a.voided_at IS NULL) = %(void)s
RETURNING a.voided_at
"""


def allowed_act(attempt: Attempt, user: User, reason: str) -> tuple[Round, str]:
    """The attempt's round and the tidied reason. Raises NotAllowed, InputRefused."""
    round = Round.objects.select_related("contest").get(pk=attempt.round_id)
    if not may_run_contest(user, round.contest):
        raise NotAllowed()
    tidy = nfc(reason)[:400]
    if not tidy:
        raise refuse_fields({"reason": ("missing", _("Ghi lý do."))})
    return round, tidy


def _run(sql: str, params: dict) -> bool:
    """Whether the statement found its row."""
    return bool(run_statement(sql, params))


@transaction.atomic
def extend_attempt(*, attempt: Attempt, seconds: int, reason: str, user: User) -> Attempt:
    """Give one entrant more time, counted from the deadline or, if that has passed, from now.

    It acts at once: saves read the deadline in the row, and every reply tells the page. Raises
    NotAllowed, InputRefused, AttemptFixed when it was submitted or voided, or the round is closed.
    """
    round, tidy = allowed_act(attempt, user, reason)
    if not 0 < seconds <= MAX_EXTRA_SECONDS:
        raise refuse_fields({"seconds": ("out_of_range", _("Gia hạn từ 1 giây đến 24 giờ."))})
    keep_leaf_of(attempt=attempt)
    if not _run(_EXTEND, {"attempt": attempt.pk, "seconds": seconds}):
        raise AttemptFixed()
    return _told(attempt, round, EventKind.EXTENSION, user, reason=tidy, seconds=seconds)


@transaction.atomic
def void_attempt(*, attempt: Attempt, reason: str, user: User) -> Attempt:
    """Take an attempt out of the results. Raises NotAllowed, InputRefused, AttemptFixed."""
    return _set_voided(attempt, user, reason, kind=EventKind.VOID)


@transaction.atomic
def restore_attempt(*, attempt: Attempt, reason: str, user: User) -> Attempt:
    """Take the voiding back. Raises NotAllowed, InputRefused, AttemptFixed."""
    return _set_voided(attempt, user, reason, kind=EventKind.RESTORE)


def _set_voided(attempt: Attempt, user: User, reason: str, *, kind: EventKind) -> Attempt:
    round, tidy = allowed_act(attempt, user, reason)
    void = kind == EventKind.VOID
    params = {"attempt": attempt.pk, "void": void, "reason": tidy if void else ""}
    if not _run(_VOID, params):
        raise AttemptFixed()
    return _told(attempt, round, kind, user, reason=tidy)


def _told(
    attempt: Attempt,
    round: Round,
    kind: EventKind,
    user: User,
    *,
    reason: str,
    seconds: int | None = None,
) -> Attempt:
    """Write event and diary, and read the attempt again."""
    attempt.refresh_from_db()
    more = {} if seconds is None else {"seconds": seconds}
    record_event(attempt=attempt, kind=kind, actor=user, reason=reason, **more)
    record_act(
        actor=user,
        act=f"{kind}_attempt",
        subject=attempt,
        unit_id=round.contest.unit_id,
        **more,
    )
    return attempt
