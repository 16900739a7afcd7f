"""A correction of a released round, submitted as the round's next release."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.correction_decisions import check_submittable, mark_submitted
from quiz.domain.correction_effects import as_corrected, outcome_digest
from quiz.domain.corrections import record
from quiz.domain.grading import Progress
from quiz.domain.releases import draft_release
from quiz.enums import RoundState
from quiz.errors import EffectChanged, RoundNotReady, TiesRemain
from quiz.models import Correction, Release


@contextmanager
def correction_drafted(
    *,
    correction: Correction,
    user: User,
    now: datetime,
    progress: Progress = lambda done: None,
) -> Iterator[Release]:
    """Draft the release that publishes the correction; inside, everything reads as corrected, so
    that its bundle can be written. At the end it waits for the second person.

    Raises NotAllowed, CorrectionFixed, EffectUnknown, EffectChanged, RoundNotReady, TiesRemain,
    MinorWithoutConsent.
    """
    with transaction.atomic():
        check_submittable(correction=correction, user=user)
        if correction.round.state != RoundState.RELEASED:
            raise RoundNotReady
        with as_corrected(correction=correction, now=now, progress=progress) as effect:
            if effect.ties:
                raise TiesRemain(
                    ties=[{"group": t.group.code, "rank": t.tie.rank} for t in effect.ties]
                )
            shown = correction.preview or {}
            if outcome_digest(round=effect.round) != shown.get("digest"):
                raise EffectChanged
            release = draft_release(round=effect.round, user=user, now=now)
            yield release
        mark_submitted(correction=correction, release=release)
        record(correction, user, "submit_correction")
        record_act(
            actor=user,
            act="submit_release",
            subject=release,
            unit_id=release.contest.unit_id,
            digest=release.digest,
        )
