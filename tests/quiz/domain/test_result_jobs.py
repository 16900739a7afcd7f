"""Closing, ranking and sealing run as jobs, for people who may run the contest."""

import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import JobState
from accounts.errors import NotAllowed
from accounts.models import Job
from quiz.domain.result_jobs import (
    CLOSE_ROUND,
    RANK_ROUND,
    SEAL_ROUND,
    SUBMIT_RELEASE,
    queue_round_job,
)
from quiz.enums import RoundState
from quiz.models import Round
from tests.factories import OpenContest, make_open_contest, make_person
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db


def run(made: OpenContest, kind: str) -> Job:
    job = queue_round_job(kind=kind, round=made.round, user=made.organiser, now=timezone.now())
    done = run_job(job_id=job.pk)
    assert done is not None
    return done


def past(made: OpenContest) -> None:
    """Move the round's window into the past."""
    Round.objects.filter(pk=made.round.pk).update(
        opens_at=made.round.opens_at - timedelta(days=1),
        closes_at=made.round.closes_at - timedelta(days=1),
    )
    made.round.refresh_from_db()


def test_from_the_close_to_the_signature(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = make_open_contest()
    past(made)
    make_entrants(made, [Person(birth_date=None, entries=[Entry(wrong=w)]) for w in range(3)])
    closed = run(made, CLOSE_ROUND)
    assert (closed.state, closed.result) == (JobState.DONE, {"duplicates": 0, "ranked": 3})
    assert (closed.done, closed.total) == (3, 3)
    assert run(made, RANK_ROUND).result == {"ranked": 3, "ties": 0, "awards": 3}
    sealed = run(made, SEAL_ROUND)
    made.round.refresh_from_db()
    assert sealed.result == {"root": made.round.seal.root, "size": 3}
    assert made.round.state == RoundState.SEALED
    submitted = run(made, SUBMIT_RELEASE)
    release = made.round.releases.get()
    assert submitted.result == {
        "release": release.pk,
        "number": 1,
        "digest": release.digest,
        "root": sealed.result["root"],
    }
    assert release.bundle.name == f"releases/{made.contest.code}-1-1.zip"
    assert zipfile.ZipFile(release.bundle).testzip() is None


def test_too_early_the_job_says_why_and_the_round_stays_open():
    made = make_open_contest()
    failed = run(made, CLOSE_ROUND)
    assert (failed.state, failed.error_code) == (JobState.FAILED, "round_not_ready")
    assert failed.error == "Vòng thi chưa hết giờ. Đóng vòng sau khi hết hạn nộp bài cuối cùng."
    made.round.refresh_from_db()
    assert made.round.state == RoundState.FROZEN


def test_strangers_queue_nothing():
    made = make_open_contest()
    with pytest.raises(NotAllowed):
        queue_round_job(kind=CLOSE_ROUND, round=made.round, user=make_person(), now=timezone.now())
    assert Job.objects.count() == 0
