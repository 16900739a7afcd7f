"""“Hồ sơ kết quả”: what there is of each paper, one click each, all in one archive."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from accounts.enums import Role
from accounts.models import AuditEntry, Job, Membership
from tests.factories import OpenContest
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.quiz.result_world import publish, sealed_for_module, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    with sealed_for_module(django_db_blocker) as made:
        yield made


@pytest.fixture
def made(_sealed: OpenContest, db) -> OpenContest:
    _sealed.round.refresh_from_db()
    return _sealed


@pytest.fixture
def client(made: OpenContest) -> Client:
    return browser_of(made.organiser)


def keys(made: OpenContest) -> dict[str, int]:
    return {"pk": made.contest.pk, "round_pk": made.round.pk}


def test_papers_are_not_there_then_drafts_then_signed(made, client):
    page = text_of(read(client, "w-dossier", **keys(made)))
    assert "Chưa có giấy tờ nào" in page
    refused = send(client, "w-dossier-make", {"paper": "decision"}, **keys(made))
    assert refused.status_code == 409
    assert "Vòng này chưa có kết quả trình ký." in text_of(refused)
    release = submit(made)
    page = text_of(read(client, "w-dossier", **keys(made)))
    assert (page.count("Dự thảo</span>"), page.count("Theo bản trình</span>")) == (5, 2)
    publish(made, release)
    page = text_of(read(client, "w-dossier", **keys(made)))
    assert (page.count("Đã ký</span>"), page.count("Bản công bố số 1</span>")) == (5, 2)
    assert "Quyết định số 12/QĐ-BTC ngày 30/11/2026" in page


def test_one_click_gives_the_paper_and_the_diary_says_so(made, client):
    release = submit(made)
    answer = send(client, "w-dossier-make", {"paper": "decision"}, **keys(made))
    name = f"quyet-dinh-{made.contest.code}-1-du-thao.docx"
    assert name in answer["Content-Disposition"]
    paper = Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert "QUYẾT ĐỊNH" in [paragraph.text for paragraph in paper.paragraphs]
    told = AuditEntry.objects.get(act="export_papers")
    assert (told.actor, told.details["papers"]) == (made.organiser, ["decision"])
    assert told.details["release"] == release.pk


def test_certificates_are_made_once_the_decision_is_signed(made, client):
    release = submit(made)
    assert "Chờ ký</span>" in text_of(read(client, "w-dossier", **keys(made)))
    assert send(client, "w-dossier-certificates", **keys(made)).status_code == 409
    publish(made, release)
    assert "Lập PDF" in text_of(read(client, "w-dossier", **keys(made)))
    send(client, "w-dossier-certificates", **keys(made))
    assert do_jobs() == ["winner_certificates"]
    job = Job.objects.get(kind="winner_certificates")
    assert job.file_name == f"giay-chung-nhan-{made.contest.code}-1.pdf"
    page = text_of(read(client, "w-job", public_id=job.public_id))
    kept = timezone.localtime(job.finished_at) + timedelta(days=30)
    assert f"Tệp được giữ đến ngày {kept:%d/%m/%Y} rồi tự xoá." in page


def test_whole_lists_ask_for_the_right_and_a_reason(made, client):
    assert "Danh sách đầy đủ" not in text_of(read(client, "w-dossier", **keys(made)))
    assert send(client, "w-dossier-export", **keys(made)).status_code == 403
    Membership.objects.create(user=made.organiser, unit=made.unit, role=Role.EXPORTER)
    assert "Toàn bộ lượt thi (CSV)" in text_of(read(client, "w-dossier", **keys(made)))
    refused = send(client, "w-dossier-export", {"kind": "export_entries_csv"}, **keys(made))
    assert (refused.status_code, Job.objects.count()) == (422, 0)
    asked = {"kind": "export_entries_csv", "reason": "handing_over"}
    send(client, "w-dossier-export", asked, **keys(made))
    assert do_jobs() == ["export_entries_csv"]
    job = Job.objects.get()
    assert "Tệp có 50 dòng" in text_of(read(client, "w-job", public_id=job.public_id))


def test_the_screen_of_the_ceremony_opens_from_what_was_submitted(made, client):
    assert read(client, "w-ceremony", **keys(made)).status_code == 409
    submit(made)
    page = text_of(read(client, "w-ceremony", **keys(made)))
    assert "Bản trình, chưa ký" in page
    assert page.count('class="stage__tier">') == 8
    assert "Lê Bị Huỷ" not in page


def test_all_papers_come_in_one_archive(made, client):
    submit(made)
    page = send(client, "w-dossier-make", **keys(made))
    assert page.redirect_chain[0][0].startswith("/lam-viec/tac-vu/")
    assert do_jobs() == ["result_papers"]
    with Job.objects.get().file.open() as file:
        names = zipfile.ZipFile(file).namelist()
    kinds = [name.split(f"-{made.contest.code}")[0] + name[-5:] for name in names]
    assert kinds == [
        *("to-trinh.docx", "quyet-dinh.docx", "danh-sach-dat-giai.docx", "bien-ban.docx"),
        *("ky-nhan.docx", "danh-sach-dat-giai.xlsx", "so-lieu-tham-gia.xlsx"),
        "phan-tich-cau-hoi.xlsx",
    ]
