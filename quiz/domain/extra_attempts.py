"""“Cho thi lại”: one more attempt for one entrant of one round, with a reason.

It stands in the entrant's own row, which the start reads anyway, so a start costs what it did.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.attempt_events import record_event
from quiz.domain.clock import CLOCK_CTE
from quiz.domain.deadlines import IN_WINDOW
from quiz.domain.extensions import allowed_act
from quiz.domain.hot import run_statement
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import EventKind, RoundState
from quiz.errors import RoundNotReady
from quiz.models import Attempt, Entrant, Round

MOST_EXTRA = 20

# How many more attempts than the rules say the entrant `e` has in the round `r`.
EXTRA = "coalesce((e.extra_attempts ->> r.id::text)::int, 0)"
_GRANT = f"""
WITH {CLOCK_CTE}
UPDATE quiz_entrant e SET extra_attempts =
    coalesce(e.extra_attempts, '{{}}') || jsonb_build_object(r.id::text, {EXTRA} + 1)
FROM quiz_round r, clock
WHERE e.id = %(entrant)s AND r.id = %(round)s AND r.state = '{RoundState.FROZEN}'
    AND {IN_WINDOW} AND e.withdrawn_at IS NULL
    AND {EXTRA} = %(granted)s AND {EXTRA} < {MOST_EXTRA}
RETURNING {EXTRA}
"""


@transaction.atomic
def grant_attempt(*, attempt: Attempt, granted: int, reason: str, user: User) -> int:
    """Let the entrant of this attempt begin one more in its round; how many more it is now.

    `granted`: how many more there were when it was decided, so that a form sent twice gives one.
    The attempt itself stays as it is: whoever wants it out of the results voids it.

    Raises NotAllowed, InputRefused without a reason, RoundNotReady when the rules limit nothing,
    the round is not open, consent was withdrawn or somebody else granted one meanwhile.
    """
    round, tidy = allowed_act(attempt, user, reason)
    rules = rules_of_round(round=round)
    if rules is None or rules.entry.attempts_per_round is None:
        raise RoundNotReady(
            _("Thể lệ không giới hạn số lượt thi."),
            _("Người dự thi tự bắt đầu lượt mới khi vòng đang mở."),
        )
    params = {"entrant": attempt.entrant_id, "round": round.pk, "granted": granted}
    rows = run_statement(_GRANT, params)
    if not rows:
        raise RoundNotReady(
            _("Chưa cho thi thêm lượt nào."),
            _("Chỉ cho được khi vòng đang mở. Tải lại trang xem có ai vừa cho chưa."),
        )
    [[now]] = rows
    record_event(attempt=attempt, kind=EventKind.EXTRA, actor=user, reason=tidy, extra=now)
    record_act(
        actor=user,
        act="grant_attempt",
        subject=attempt,
        unit_id=round.contest.unit_id,
        extra=now,
    )
    return now


def extra_attempts_of(*, entrant: Entrant, round_id: int) -> int:
    """How many more attempts than the rules say the entrant has in a round."""
    return (entrant.extra_attempts or {}).get(str(round_id), 0)


def extra_attempts(*, round: Round) -> dict[int, int]:
    """{entrant: how many more attempts} of everybody to whom any was granted in the round."""
    given = Entrant.objects.filter(contest=round.contest_id, extra_attempts__isnull=False)
    found = {entrant.pk: extra_attempts_of(entrant=entrant, round_id=round.pk) for entrant in given}
    return {entrant: extra for entrant, extra in found.items() if extra}
