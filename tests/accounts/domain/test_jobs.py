"""A job is run once, fenced, retried when its worker is lost, and refused in words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from accounts.domain import jobs
from accounts.domain.job_files import clear_job_files, jobs_to_clear
from accounts.domain.job_runs import JobFenced, JobRun
from accounts.domain.jobs import MAX_RUNS, queue_job, register_job_kind, run_job, sweep_jobs
from accounts.enums import JobState, UnitKind
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import Job, OrgUnit
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def kind(monkeypatch):
    """Registers `kind(run)` as the work of jobs “test”, for this test only."""
    monkeypatch.setattr(jobs, "KINDS", {})
    return lambda run, **more: register_job_kind("test", run=run, title="Thử", **more)


@pytest.fixture
def alice():
    return make_person("alice", unit=make_unit())


def queued(user=None, **params) -> Job:
    return queue_job(kind="test", params=params, user=user, now=NOW)


def a_unit(run: JobRun | None = None) -> OrgUnit:
    return OrgUnit.objects.create(code="ket-qua", name="Kết quả", kind=UnitKind.OTHER)


def test_a_job_does_its_work_and_says_so(kind, alice):
    def work(run: JobRun) -> dict:
        run.progress(3, 5, "đang làm")
        a_unit()
        return {"user": run.user.username, **run.params}

    kind(work)
    job = run_job(job_id=queued(alice, ordinal=7).pk)
    shown = (job.state, job.run, job.done, job.total, job.note, job.result)
    assert shown == ("done", 1, 3, 5, "đang làm", {"user": "alice", "ordinal": 7})
    assert job.finished_at is not None


def test_a_second_message_finds_nothing_to_do(kind):
    kind(a_unit_result)
    job = queued()
    assert run_job(job_id=job.pk).state == JobState.DONE
    assert run_job(job_id=job.pk) is None
    assert OrgUnit.objects.filter(code="ket-qua").count() == 1


def a_unit_result(run: JobRun) -> None:
    a_unit()


def test_asking_twice_while_it_waits_is_asking_once(kind, alice):
    kind(a_unit_result)
    first = queued(alice, round=1)
    assert queued(alice, round=1) == first
    assert queued(alice, round=2) != first
    run_job(job_id=first.pk)
    assert queued(alice, round=1) != first


def test_a_refusal_leaves_nothing_but_its_reason(kind):
    def work(run: JobRun) -> None:
        a_unit()
        raise NotAllowed

    kind(work)
    job = run_job(job_id=queued().pk)
    assert (job.state, job.error_code) == ("failed", "not_allowed")
    assert job.error == str(NotAllowed())
    assert not OrgUnit.objects.filter(code="ket-qua").exists()


def test_faults_are_kept_with_the_file_that_shows_them(kind, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def work(run: JobRun) -> None:
        with run.new_file("loi.txt") as file:
            file.write("dòng 3".encode())
        raise Faults([Fault("Dòng 3", "no_key", "Chưa có đáp án.")])

    kind(work)
    job = run_job(job_id=queued().pk)
    assert (job.state, job.error_code, job.file_name) == ("failed", "faults", "loi.txt")
    assert job.faults == [
        {"place": "Dòng 3", "code": "no_key", "message": "Chưa có đáp án.", "hint": ""}
    ]
    assert job.file.read().decode() == "dòng 3"


def test_an_unexpected_fault_is_told_without_its_insides(kind):
    def work(run: JobRun) -> None:
        a_unit()
        raise ZeroDivisionError("bí mật")

    kind(work)
    job = run_job(job_id=queued().pk)
    assert (job.state, job.error_code) == ("failed", "unexpected")
    assert "bí mật" not in job.error
    assert str(job.public_id)[:8] in job.error
    assert not OrgUnit.objects.filter(code="ket-qua").exists()


def test_a_full_disk_is_named_as_the_reason(kind):
    def work(run: JobRun) -> None:
        Path("/dev/full").write_bytes(b"a line")

    kind(work)
    job = run_job(job_id=queued().pk)
    assert (job.state, job.error_code) == ("failed", "disk_full")
    assert "hết chỗ trống" in job.error


def test_a_run_that_lost_its_job_changes_nothing(kind):
    def work(run: JobRun) -> None:
        a_unit()
        # Meanwhile the sweeper takes this run for dead and another worker claims the job.
        Job.objects.filter(pk=run.job.pk).update(run=run.job.run + 1)

    kind(work)
    job = run_job(job_id=queued().pk)
    # The stand-in for the other worker wrote in our transaction, so it is undone with ours.
    assert (job.state, job.run, job.finished_at) == ("running", 1, None)
    assert not OrgUnit.objects.filter(code="ket-qua").exists()


def test_a_fenced_run_may_not_write_its_end(kind):
    kind(a_unit_result)
    job = queued()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, run=2)
    job.run = 1
    with JobRun(job) as run, pytest.raises(JobFenced):
        run.end(state=JobState.DONE)


def test_the_upload_is_there_for_the_run(kind, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kind(lambda run: {"read": run.job.upload.read().decode()})
    upload = ContentFile(b"xin", name="../../câu hỏi.XLSX")
    job = queue_job(kind="test", params={}, user=None, now=NOW, upload=upload)
    assert job.upload.name == f"jobs/in/{job.public_id}.xlsx"
    assert run_job(job_id=job.pk).result == {"read": "xin"}


def test_a_broken_file_never_takes_the_place_of_the_whole_one(kind, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def work(run: JobRun) -> None:
        with run.new_file("a.txt") as file:
            file.write(b"half")
            raise ZeroDivisionError

    kind(work)
    job = run_job(job_id=queued().pk)
    assert (job.file.name, job.file_name) == ("", "")
    assert list(tmp_path.rglob("*.*")) == []


def silent_job(run: int) -> Job:
    job = queued(run=run)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, run=run, heartbeat_at=NOW)
    return job


def test_a_job_whose_worker_fell_silent_is_run_again(kind, settings):
    kind(a_unit_result)
    job = silent_job(run=1)
    silence = timedelta(seconds=settings.JOB_SILENCE_SECONDS)
    assert sweep_jobs(now=NOW + silence) == 0
    assert sweep_jobs(now=NOW + silence + timedelta(milliseconds=1)) == 1
    assert run_job(job_id=job.pk).run == 2


def test_after_three_lost_workers_it_is_given_up_with_a_reason(kind):
    kind(a_unit_result)
    job = silent_job(run=MAX_RUNS)
    later = NOW + timedelta(minutes=1)
    assert sweep_jobs(now=later) == 1
    job.refresh_from_db()
    assert (job.state, job.error_code, job.finished_at) == ("failed", "worker_lost", later)
    assert job.error.startswith("Tiến trình xử lý đã dừng")
    assert run_job(job_id=job.pk) is None


def test_a_lost_message_is_sent_again_and_not_at_every_sweep(
    kind, django_capture_on_commit_callbacks
):
    kind(a_unit_result)
    queued()
    later = NOW + timedelta(minutes=1)
    with django_capture_on_commit_callbacks() as sent:
        assert [sweep_jobs(now=later), sweep_jobs(now=later)] == [1, 0]
    assert len(sent) == 1


def test_files_are_cleared_thirty_days_after_the_end(kind, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def work(run: JobRun) -> None:
        with run.new_file("a.txt") as file:
            file.write(b"a")

    kind(work)
    upload = ContentFile(b"b", name="b.txt")
    job = queue_job(kind="test", params={}, user=None, now=NOW, upload=upload)
    ended = run_job(job_id=job.pk).finished_at
    assert clear_job_files(jobs=jobs_to_clear(ended + timedelta(days=30))) == 0
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    assert clear_job_files(jobs=jobs_to_clear(ended + timedelta(days=31))) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    job.refresh_from_db()
    assert (bool(job.file), bool(job.upload)) == (False, False)
