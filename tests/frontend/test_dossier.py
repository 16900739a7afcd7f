"""“Hồ sơ kết quả”: what there is of each paper, one click each, all in one archive."""

import io
import zipfile

import pytest
from django.test import Client
from docx import Document

from accounts.models import AuditEntry, Job
from tests.factories import OpenContest
from tests.frontend.contest_pages import browser_of, do_jobs, read, send, text_of
from tests.quiz.result_world import publish, sealed_world, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield sealed_world()
        transaction.set_rollback(True)


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
    ]
