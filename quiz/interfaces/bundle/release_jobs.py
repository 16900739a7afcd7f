"""Submitting a round for signature as a job: the draft and the bundle that proves it, together."""

import tempfile
from typing import Any

from django.core.files import File

from accounts.domain.job_runs import JobRun
from quiz.domain.releases import attach_bundle, submit_for_signature
from quiz.domain.result_jobs import round_of
from quiz.interfaces.bundle.archive import write_bundle


def submit_release(run: JobRun) -> dict[str, Any]:
    """{"release" (its id), "number", "digest", "root"} of what now waits for signature."""
    release = submit_for_signature(round=round_of(run), user=run.user, now=run.now)
    with tempfile.TemporaryFile() as file:
        write_bundle(release=release, file=file)
        file.seek(0)
        attach_bundle(release=release, file=File(file))
    return {
        "release": release.pk,
        "number": release.number,
        "digest": release.digest,
        "root": release.document["root"],
    }
