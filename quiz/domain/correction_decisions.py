"""Submitting a correction and deciding on it: one person proposes, another approves.

What is approved takes effect in the worker (`correction_applying`).
"""

from datetime import datetime

from django.db import transaction

from accounts.domain.jobs import queue_job
from accounts.errors import NotAllowed
from accounts.models import Job, User
from quiz.domain.corrections import given_reason, lock_correction, record
from quiz.enums import CorrectionState, ReleaseState, RoundState
from quiz.errors import (
    CorrectionFixed,
    EffectUnknown,
    RoundNotReady,
    SecondPersonNeeded,
)
from quiz.models import Correction, Release
from quiz.permissions import may_decide_correction, may_run_contest, require_may_run

APPLY = "apply_correction"
WAITING = (CorrectionState.SUBMITTED, CorrectionState.APPROVED)


def check_submittable(*, correction: Correction, user: User) -> None:
    """Raises NotAllowed, CorrectionFixed, EffectUnknown before its effect was computed."""
    require_may_run(user, correction.round.contest)
    if correction.opened_by_id != user.pk:
        raise NotAllowed
    lock_correction(correction, CorrectionState.DRAFT)
    correction.refresh_from_db()
    if correction.preview is None:
        raise EffectUnknown


@transaction.atomic
def submit_correction(*, correction: Correction, user: User) -> None:
    """Ask another person to approve a correction of a round that is not sealed yet.

    One of a released round is submitted with its release (`correction_releases`). Raises
    NotAllowed, CorrectionFixed, EffectUnknown, RoundNotReady.
    """
    check_submittable(correction=correction, user=user)
    if correction.round.state != RoundState.CLOSED:
        raise RoundNotReady
    mark_submitted(correction=correction, release=None)
    record(correction, user, "submit_correction")


def mark_submitted(*, correction: Correction, release: Release | None) -> None:
    """It waits for the second person, as itself or as a release."""
    Correction.objects.filter(pk=correction.pk).update(
        state=CorrectionState.SUBMITTED, release=release, returned_because=""
    )
    correction.refresh_from_db()


@transaction.atomic
def approve_correction(*, correction: Correction, user: User, now: datetime) -> Job:
    """Approve a correction of a round that is not sealed yet; the job that carries it out.

    One of a released round is approved as its release, with the decision's number. Raises
    SecondPersonNeeded for whoever made it, NotAllowed, CorrectionFixed.
    """
    if correction.release_id is not None:
        raise CorrectionFixed
    return start_applying(correction=correction, user=user, now=now)


def start_applying(*, correction: Correction, user: User, now: datetime) -> Job:
    """Record the approval and queue the work; call it in a transaction."""
    if correction.opened_by_id == user.pk:
        raise SecondPersonNeeded
    if not may_decide_correction(user, correction):
        raise NotAllowed
    lock_correction(correction, CorrectionState.SUBMITTED)
    Correction.objects.filter(pk=correction.pk).update(
        state=CorrectionState.APPROVED, decided_by=user, decided_at=now
    )
    correction.refresh_from_db()
    record(correction, user, "approve_correction")
    params = {"round": correction.round_id, "correction": correction.pk}
    return queue_job(kind=APPLY, params=params, user=user, now=now)


@transaction.atomic
def return_correction(*, correction: Correction, user: User | None, reason: str) -> None:
    """Send it back to its maker, its release with it; nothing has changed.

    `user` None: the worker itself, which found that it would do something else than was shown.
    Raises NotAllowed, CorrectionFixed unless it waits, Faults without a reason.
    """
    if user is not None and not (
        may_run_contest(user, correction.round.contest) or may_decide_correction(user, correction)
    ):
        raise NotAllowed
    lock_correction(correction, *WAITING)
    why = given_reason(reason)
    if correction.release_id is not None:
        Release.objects.filter(pk=correction.release_id).update(
            state=ReleaseState.RETURNED, returned_because=why
        )
    Correction.objects.filter(pk=correction.pk).update(
        state=CorrectionState.DRAFT,
        release=None,
        decided_by=None,
        decided_at=None,
        returned_because=why,
    )
    correction.refresh_from_db()
    record(correction, user, "return_correction", reason=why)
