"""The auditor's bundle as a job: asked for, written in the worker, kept as other exports are."""

from datetime import datetime
from typing import Any

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import NotAllowed
from accounts.models import Job, User
from quiz.domain.auditor_bundle import auditor_content
from quiz.domain.key_openings import banks_of_round, open_keys
from quiz.domain.releases import newest_release
from quiz.domain.snapshots import one_snapshot
from quiz.errors import RoundNotReady
from quiz.interfaces.bundle.archive import write_content
from quiz.models import ItemBank, Release, Round
from quiz.permissions import may_audit_contest

AUDITOR_BUNDLE = "auditor_bundle"


def queue_auditor_bundle(*, round: Round, user: User, now: datetime) -> Job:
    """Queue the bundle of the round's newest release; asking for it is an opening of the keys.

    Raises NotAllowed without the auditor's right, RoundNotReady before there is a release.
    """
    if not may_audit_contest(user, round.contest):
        raise NotAllowed
    release = newest_release(round=round)
    if release is None:
        raise RoundNotReady
    for bank in ItemBank.objects.filter(pk__in=banks_of_round(round=round)):
        open_keys(bank=bank, user=user)
    return queue_job(kind=AUDITOR_BUNDLE, params={"release": release.pk}, user=user, now=now)


def run_auditor_bundle(run: JobRun) -> dict[str, Any]:
    """Job “auditor_bundle” of {"release": id}.

    Raises NotAllowed when the right is gone, RoundNotReady when another release came meanwhile:
    what is opened is the round as it is.
    """
    release = Release.objects.select_related("contest", "round").get(pk=run.params["release"])
    if not may_audit_contest(run.user, release.contest):
        raise NotAllowed
    if newest_release(round=release.round) != release:
        raise RoundNotReady
    contest, size = release.contest, release.document["size"]
    name = f"auditor-{contest.code}-{release.round.number}-{release.number}.zip"
    with run.new_file(name) as file, one_snapshot():
        content = auditor_content(release=release)
        write_content(
            content=content,
            release=release,
            file=file,
            progress=lambda done: run.progress(done, 2 * size),
        )
    record_act(
        actor=run.user,
        act=AUDITOR_BUNDLE,
        subject=release,
        unit_id=contest.unit_id,
        rows=size,
        digest=release.digest,
        job=run.job.pk,
    )
    return {"rows": size}
