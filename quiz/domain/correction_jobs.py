"""Computing the effect of a correction and carrying it out, as jobs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import DomainError
from accounts.models import Job, User
from quiz.domain.correction_applying import apply_correction
from quiz.domain.correction_decisions import APPLY, return_correction
from quiz.domain.correction_previews import preview_correction
from quiz.models import Attempt, Correction
from quiz.permissions import require_may_run

PREVIEW = "preview_correction"
SUBMIT = "submit_correction"
TITLES = {
    PREVIEW: _("Tính ảnh hưởng của đính chính"),
    SUBMIT: _("Trình ký đính chính"),
    APPLY: _("Áp dụng đính chính"),
}


def queue_correction_job(*, kind: str, correction: Correction, user: User, now: datetime) -> Job:
    """Queue “preview” or “submit” of a correction. Raises NotAllowed."""
    require_may_run(user, correction.round.contest)
    return queue_job(
        kind=kind,
        title=f"{TITLES[kind]}: {correction.round.name}",
        params={"round": correction.round_id, "correction": correction.pk},
        user=user,
        now=now,
    )


def correction_of(run: JobRun) -> Correction:
    """The correction a job is about."""
    found = Correction.objects.select_related("round__contest", "round__rules", "release")
    return found.get(pk=run.params["correction"])


def marking(run: JobRun, correction: Correction) -> Callable[[int], None]:
    """Tells how many of the round's attempts are marked."""
    total = Attempt.objects.filter(round=correction.round_id).valid().count()
    return lambda done: run.progress(done, total)


def run_preview(run: JobRun) -> dict[str, Any]:
    """{"marks", "ranks", "prizes": how many entries change so}."""
    correction = correction_of(run)
    require_may_run(run.user, correction.round.contest)
    told = preview_correction(correction=correction, now=run.now, progress=marking(run, correction))
    return {name: told[name] for name in ("marks", "ranks", "prizes")}


def run_apply(run: JobRun) -> dict[str, Any]:
    """{"applied": whether it took effect}; if it would do anything unseen it is sent back."""
    correction = correction_of(run)
    try:
        with transaction.atomic():
            apply_correction(correction=correction, now=run.now, progress=marking(run, correction))
    except DomainError as refusal:
        return_correction(correction=correction, user=None, reason=f"{refusal.message}")
        return {"applied": False}
    return {"applied": True}
