"""An approved correction taking effect: in one transaction, and only if it does what was shown.

Marks, places, prizes and true values are compared with the preview's by a digest, and of a released
round the next release by its document's.
"""

from datetime import datetime

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.domain.audit_anchors import ask_for_anchor
from quiz.domain.attempt_events import record_event
from quiz.domain.correction_effects import fresh_round, outcome_digest, renew_results
from quiz.domain.corrections import lock_correction, record
from quiz.domain.grading import Progress
from quiz.domain.release_documents import release_digest, release_document
from quiz.domain.releases import check_minors
from quiz.enums import CorrectionState, EventKind, ReleaseState
from quiz.errors import EffectChanged
from quiz.models import Attempt, Correction, CorrectionChange, Release


@transaction.atomic
def apply_correction(
    *, correction: Correction, now: datetime, progress: Progress = lambda done: None
) -> None:
    """Carry an approved correction out, and publish its release if it has one.

    Raises CorrectionFixed unless it is approved, EffectChanged if it would do anything else than
    what was shown; then nothing is done.
    """
    lock_correction(correction, CorrectionState.APPROVED)
    correction.refresh_from_db()
    Correction.objects.filter(pk=correction.pk).update(state=CorrectionState.APPLIED)
    _correct_attempts(correction, now)
    round = fresh_round(correction.round_id)
    renew_results(round=round, progress=progress)
    if correction.preview is None or (outcome_digest(round=round) != correction.preview["digest"]):
        raise EffectChanged
    CorrectionChange.objects.filter(correction=correction).delete()
    record(correction, correction.decided_by, "apply_correction")
    if correction.release is not None:
        _publish(correction.release, now)


def _correct_attempts(correction: Correction, now: datetime) -> None:
    moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
    for made in correction.attempts.select_related("attempt"):
        Attempt.objects.filter(pk=made.attempt_id).update(
            voided_at=None if made.restores else moment,
            void_reason="" if made.restores else made.reason,
        )
        kind = EventKind.RESTORE if made.restores else EventKind.VOID
        record_event(
            attempt=made.attempt, kind=kind, actor=correction.decided_by, reason=made.reason
        )


def _publish(release: Release, now: datetime) -> None:
    """The approved release of what has just been corrected."""
    check_minors(round=fresh_round(release.round_id))
    document = release_document(
        round=fresh_round(release.round_id), number=release.number, previous=release.previous
    )
    if release.state != ReleaseState.APPLYING or release_digest(document) != release.digest:
        raise EffectChanged
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.RELEASED, released_at=now)
    record_act(
        actor=release.approved_by,
        act="approve_release",
        subject=release,
        unit_id=release.contest.unit_id,
        digest=release.digest,
    )
    ask_for_anchor()
