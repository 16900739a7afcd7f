"""Certificates of winners: numbered once, valid as long as the newest release says so."""

import re
import shutil
import subprocess
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, Job
from quiz.domain.correction_jobs import SUBMIT, queue_correction_job
from quiz.domain.correction_previews import preview_correction
from quiz.domain.corrections import open_correction, withdraw_prize
from quiz.domain.paper_layouts import LayoutInput, save_layout
from quiz.domain.releases import approve_release, current_release
from quiz.domain.result_papers import result_facts
from quiz.domain.winner_certificates import Issued, issue_winner_certificates
from quiz.errors import RoundNotReady
from quiz.interfaces.pdf.winner_certificate import write_winner_certificates
from quiz.interfaces.pdf.winner_certificate_jobs import queue_certificates
from quiz.models import Award, WinnerCertificate
from tests.factories import OpenContest
from tests.people import make_person
from tests.quiz.result_world import publish, sealed_for_module, submit

pytestmark = pytest.mark.django_db
LINK = "https://thi.example.vn/giay-chung-nhan/CODE/"


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    with sealed_for_module(django_db_blocker) as made:
        yield made


@pytest.fixture
def made(_sealed: OpenContest, db, settings, tmp_path) -> OpenContest:
    settings.MEDIA_ROOT = tmp_path
    _sealed.round.refresh_from_db()
    return _sealed


@pytest.fixture
def released(made: OpenContest) -> OpenContest:
    publish(made, submit(made))
    return made


def issue(made: OpenContest) -> list[Issued]:
    _facts, issued = issue_winner_certificates(
        round=made.round, user=made.organiser, now=timezone.now()
    )
    return issued


def withdraw(made: OpenContest, award: Award) -> None:
    """The prize is taken back, and the next release signed."""
    now = timezone.now()
    correction = open_correction(round=made.round, reason="Thi hộ", user=made.organiser, now=now)
    withdraw_prize(correction=correction, award=award, reason="Thi hộ", user=made.organiser)
    preview_correction(correction=correction, now=now)
    job = queue_correction_job(kind=SUBMIT, correction=correction, user=made.organiser, now=now)
    assert run_job(job_id=job.pk).error == ""
    correction.refresh_from_db()
    with pytest.raises(RoundNotReady) as refused:  # the prize may be somebody else's tomorrow
        issue(made)
    assert "Có đính chính đang chờ ký" in str(refused.value)
    approve_release(
        release=correction.release,
        user=made.reviewer,
        decision_number="15/QĐ-BTC",
        decision_date=date(2026, 12, 9),
        now=now,
    )
    assert run_job(job_id=Job.objects.filter(kind="apply_correction").latest("pk").pk).error == ""


def page(client, certificate: WinnerCertificate) -> tuple[int, str]:
    answer = client.get(reverse("winner-certificate", args=[certificate.code]))
    return answer.status_code, " ".join(answer.content.decode().split())


def test_there_is_none_before_the_decision_is_signed(made):
    with pytest.raises(RoundNotReady):
        issue(made)
    submit(made)
    with pytest.raises(RoundNotReady):
        issue(made)


def test_each_winner_has_one_number_however_often_it_is_asked_for(released):
    first = issue(released)
    assert [each.certificate.number for each in first] == list(range(1, 15))
    assert [each.certificate.code for each in issue(released)] == [
        each.certificate.code for each in first
    ]
    told = AuditEntry.objects.filter(act="issue_winner_certificates").order_by("pk")
    assert [(entry.details["count"], entry.details["new"]) for entry in told] == [(14, 14), (14, 0)]


def test_only_who_runs_the_contest_issues_them(released, django_user_model):
    stranger = django_user_model.objects.create_user("nguoi-la", full_name="Người Lạ")
    with pytest.raises(NotAllowed):
        issue_winner_certificates(round=released.round, user=stranger, now=timezone.now())


def test_a_withdrawn_prize_makes_its_certificate_void_and_its_heirs_valid(released, client):
    first, second, *_rest = issue(released)
    code, text = page(client, first.certificate)
    assert (code, "Giấy chứng nhận còn hiệu lực" in text, first.winner.name in text) == (
        200,
        True,
        True,
    )
    assert "Giải Nhất" in text
    award = Award.objects.get(round=released.round, entrant=first.certificate.entrant)
    withdraw(released, award)
    assert current_release(round=released.round).number == 2
    code, text = page(client, first.certificate)
    assert (code, "Giấy chứng nhận không còn hiệu lực" in text) == (200, True)
    assert first.winner.name not in text
    again = {each.certificate.number: each for each in issue(released)}
    assert first.certificate.number not in again
    fresh = again[15]  # whoever moved up holds a certificate of the better prize besides
    assert (fresh.certificate.tier, fresh.certificate.entrant) == (
        "Giải Nhất",
        second.certificate.entrant,
    )
    assert "còn hiệu lực" in page(client, fresh.certificate)[1]
    assert "không còn hiệu lực" in page(client, second.certificate)[1]


def test_a_code_that_was_never_issued_is_not_found(released, client):
    answer = client.get(reverse("winner-certificate", args=["0123456789abcdef"]))
    assert answer.status_code == 404
    assert "Không có giấy chứng nhận nào mang mã này" in answer.content.decode()


def test_the_job_sets_a_page_for_each_in_the_bodys_words(released):
    given = LayoutInput(title="Giấy khen", signer_name="Lê Văn Ký", colour="#7a1f1f")
    save_layout(
        unit=released.contest.unit, kind="certificate", given=given, user=released.organiser
    )
    job = queue_certificates(
        round=released.round, link=LINK, user=released.organiser, now=timezone.now()
    )
    done = run_job(job_id=job.pk)
    assert (done.state, done.result["rows"]) == ("done", 14)
    content = done.file.read()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 14


def test_the_api_queues_them_once_the_decision_is_signed(made, client):
    person = make_person("nguoi-goi", Role.ORGANISER, unit=made.unit)
    client.force_login(person)
    address = f"/api/v1/work/rounds/{made.round.pk}/certificates/"
    refused = client.post(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "round_not_ready")
    publish(made, submit(made))
    asked = client.post(address)
    assert asked.status_code == 202
    job = Job.objects.get(public_id=asked.json()["id"])
    link = "http://testserver" + reverse("winner-certificate", args=["CODE"])
    assert (job.kind, job.created_by) == ("winner_certificates", person)
    assert job.params == {"round": made.round.pk, "link": link, "next": ""}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_page_says_who_what_and_by_which_decision(released):
    issued = issue(released)[:1]
    with translation.override("vi"):
        content = write_winner_certificates(
            facts=result_facts(round=released.round), issued=issued, links=[LINK]
        )
    read = subprocess.run(
        ["pdftotext", "-", "-"], input=content, capture_output=True, check=True, timeout=20
    )
    text = " ".join(read.stdout.decode().split())
    for words in (
        "GIẤY CHỨNG NHẬN",
        issued[0].name,
        "Đạt Giải Nhất",
        "Tuần 1, cuộc thi “Tìm hiểu cải cách hành chính năm 2026”",
        "Theo Quyết định số 12/QĐ-BTC ngày 30 tháng 11 năm 2026",
        "Số: 01/GCN",
    ):
        assert words in text
