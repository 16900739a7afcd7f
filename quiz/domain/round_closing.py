"""Closing a round: nobody enters any more, and what has to be looked at is found."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.closing import close_overdue_attempts
from quiz.domain.deadlines import times_of
from quiz.domain.duplicates import find_duplicates
from quiz.domain.grading import Progress, grade_round
from quiz.domain.ranking import rank_round
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AttemptState, RoundState
from quiz.errors import RoundNotReady, RoundSealed
from quiz.models import Attempt, Round
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument


def last_deadline(*, round: Round, rules: RuleDocument) -> datetime:
    """The latest moment at which an attempt of the round may still be saved."""
    latest = times_of(round=round, rules=rules).last_deadline()
    extended = (
        Attempt.objects.filter(round=round, state=AttemptState.OPEN)
        .order_by("-deadline_at")
        .values_list("deadline_at", flat=True)
        .first()
    )
    return max(latest, extended or latest) + timedelta(milliseconds=rules.entry.grace_ms)


@transaction.atomic
def close_round(
    *, round: Round, user: User, now: datetime, progress: Progress = lambda done: None
) -> int:
    """Close the round, find duplicates, and rank provisionally so that they can be weighed.

    Returns how many duplicate cases wait. Raises NotAllowed, RoundNotReady before the last
    deadline.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    rules = rules_of_round(round=round)
    if round.state != RoundState.FROZEN or rules is None:
        raise RoundNotReady
    if now < last_deadline(round=round, rules=rules):
        raise RoundNotReady(
            _("Vòng thi chưa hết giờ."), _("Đóng vòng sau khi hết hạn nộp bài cuối cùng.")
        )
    close_overdue_attempts(now=now, round_id=round.pk, delay=timedelta(0))
    if Attempt.objects.filter(round=round, state=AttemptState.OPEN).exists():
        raise RoundNotReady(  # a save holds the row at this very moment
            _("Còn bài đang được lưu."), _("Chờ ít giây rồi đóng vòng lại.")
        )
    round.state = RoundState.CLOSED
    round.closed_at = now
    round.save(update_fields=["state", "closed_at"])
    waiting = find_duplicates(contest=round.contest)
    mark_and_rank(round=round, progress=progress)
    record_act(actor=user, act="close_round", subject=round, unit_id=round.contest.unit_id)
    return waiting


@transaction.atomic
def mark_and_rank(*, round: Round, progress: Progress = lambda done: None) -> int:
    """Mark and rank the closed round anew; the number ranked. Raises RoundNotReady, RoundSealed."""
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if round.state in (RoundState.SEALED, RoundState.RELEASED):
        raise RoundSealed
    if round.state != RoundState.CLOSED:
        raise RoundNotReady
    grade_round(round=round, progress=progress)
    return rank_round(round=round)
