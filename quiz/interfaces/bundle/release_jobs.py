"""Submitting a round for signature as a job: the draft and the bundle that proves it, together."""

import tempfile
from typing import Any

from django.core.files import File

from accounts.domain.job_runs import JobRun
from quiz.domain.correction_jobs import correction_of, marking
from quiz.domain.correction_releases import correction_drafted
from quiz.domain.releases import attach_bundle, submit_for_signature
from quiz.domain.result_jobs import round_of
from quiz.engine.tree_file import write_tree
from quiz.interfaces.bundle.archive import write_bundle
from quiz.models import Release


def submit_release(run: JobRun) -> dict[str, Any]:
    """{"release" (its id), "number", "digest", "root"} of what now waits for signature."""
    release = submit_for_signature(round=round_of(run), user=run.user, now=run.now)
    write_release_bundle(release)
    return _told(release)


def submit_correction(run: JobRun) -> dict[str, Any]:
    """The same of a correction: the round's next release, with a bundle of corrected results."""
    correction = correction_of(run)
    with correction_drafted(
        correction=correction,
        user=run.user,
        now=run.now,
        progress=marking(run, correction),
    ) as release:
        write_release_bundle(release)
    return _told(release)


def write_release_bundle(release: Release) -> None:
    """The bundle of a release, with the tree from which the public page proves single receipts."""
    leaves = bytearray()
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as tree:
        write_bundle(release=release, file=file, on_leaf=leaves.extend)
        write_tree((leaves[at : at + 32] for at in range(0, len(leaves), 32)), tree)
        file.seek(0)
        tree.seek(0)
        attach_bundle(release=release, file=File(file), tree=File(tree))


def _told(release: Release) -> dict[str, Any]:
    return {
        "release": release.pk,
        "number": release.number,
        "digest": release.digest,
        "root": release.document["root"],
    }
