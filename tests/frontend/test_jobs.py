"""A job's page is its owner's alone, moves while it runs, and says what came of it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain import jobs
from accounts.domain.jobs import queue_job, register_job_kind, run_job
from accounts.enums import JobState
from accounts.errors import Fault, Faults
from accounts.models import Job
from tests.people import make_trio

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    return make_trio()


@pytest.fixture
def alice_browser(trio) -> Client:
    client = Client()
    client.force_login(trio.alice)
    return client


@pytest.fixture
def queued(monkeypatch, trio):
    """Queues work for Alice: `queued(run, **params)`."""
    monkeypatch.setattr(jobs, "KINDS", {})

    def queue(work, **params) -> Job:
        register_job_kind("test", run=work, title="Việc thử")
        return queue_job(kind="test", params=params, user=trio.alice, now=timezone.now())

    return queue


def page_of(client: Client, job: Job):
    return client.get(reverse("w-job", args=[job.public_id]))


def test_while_it_runs_the_page_asks_again_with_and_without_script(alice_browser, queued):
    job = queued(lambda run: None)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=3, total=8, note="dòng 3")
    page = page_of(alice_browser, job).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<meta http-equiv="refresh" content="3">' in page
    assert 'max="8" value="3"' in page
    assert "dòng 3" in page


def test_when_it_is_done_the_page_rests_and_leads_on(alice_browser, queued, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def work(run):
        with run.new_file("bảng.txt") as file:
            file.write(b"xong")
        return {"message": "Đã ghi 4 dòng."}

    job = queued(work, next="/lam-viec/don-vi/")
    run_job(job_id=job.pk)
    page = page_of(alice_browser, job)
    text = page.content.decode()
    assert ("hx-trigger" in text, "http-equiv" in text) == (False, False)
    assert ("Đã ghi 4 dòng." in text, page.context["next"]) == (True, "/lam-viec/don-vi/")
    file = alice_browser.get(reverse("w-job-file", args=[job.public_id]))
    assert file.getvalue() == b"xong"
    assert "attachment" in file["Content-Disposition"]


def test_faults_are_listed_with_their_places(alice_browser, queued):
    def work(run):
        raise Faults([Fault("Dòng 3", "no_key", "Chưa có đáp án.", "Đánh dấu một phương án.")])

    job = queued(work)
    run_job(job_id=job.pk)
    page = page_of(alice_browser, job).content.decode()
    for words in ("Dòng 3", "Chưa có đáp án.", "Đánh dấu một phương án.", "faults"):
        assert words in page


def test_another_persons_job_is_not_there(alice_browser, queued, trio):
    job = queued(lambda run: None)
    for other in (trio.bob, trio.charlie):
        client = Client()
        client.force_login(other)
        assert page_of(client, job).status_code == 404
        assert client.get(reverse("w-job-file", args=[job.public_id])).status_code == 404
        assert list(client.get(reverse("w-jobs")).context["page"].object_list) == []
    assert list(alice_browser.get(reverse("w-jobs")).context["page"].object_list) == [job]


def test_a_page_never_leads_out_of_the_workplace(alice_browser, queued):
    job = queued(lambda run: None, next="//example.com/lam-viec/")
    run_job(job_id=job.pk)
    assert page_of(alice_browser, job).context["next"] == ""
