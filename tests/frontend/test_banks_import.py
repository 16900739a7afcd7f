"""Uploading a workbook: the report first, then the import as a job; nothing by halves."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.domain.jobs import run_job
from accounts.enums import JobState
from accounts.models import Job, Membership
from frontend.pages.workplace.kept_uploads import FOLDER, clear_old_uploads, keep_upload
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.quiz.bank_workbooks import FAULTY, UNREADABLE, sound_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def path(world: BankWorld, name: str = "w-item-import") -> str:
    return reverse(name, args=[world.bank.pk])


def send(world: BankWorld, data: bytes, name: str = "cau-hoi.xlsx"):
    upload = SimpleUploadedFile(name, data)
    return world.client(world.alice).post(path(world), {"file": upload})


def run(world: BankWorld, token: str):
    return world.client(world.alice).post(path(world, "w-item-import-run"), {"token": token})


def kept_files() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def test_template_is_a_workbook_that_can_be_uploaded(world):
    response = world.client(world.alice).get(reverse("w-import-template"))
    data = b"".join(response.streaming_content)
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Hướng dẫn", "Câu hỏi"]
    assert [fault.code for fault in send(world, data).context["faults"]] == ["no_items"]


def test_sound_workbook_is_reported_and_nothing_stored_yet(world):
    response = send(world, sound_book(7))
    assert (response.status_code, len(response.context["read"].drafts)) == (200, 7)
    assert "Nhập 7 câu" in response.content.decode()
    assert len(response.context["first_items"]) == 5
    assert not world.bank.items.exists()


def test_import_runs_as_a_job_and_leads_back_to_the_bank(world):
    token = send(world, sound_book(7)).context["token"]
    response = run(world, token)
    job = Job.objects.get()
    assert response["Location"] == reverse("w-job", args=[job.public_id])
    assert kept_files() == []
    done = run_job(job_id=job.pk)
    assert (done.state, done.error, done.result) == (
        JobState.DONE,
        "",
        {"items": 7, "message": "Đã nhập 7 câu, đang chờ người khác duyệt."},
    )
    assert (done.done, done.total, world.bank.items.count()) == (7, 7, 7)
    page = world.client(world.alice).get(reverse("w-job", args=[job.public_id]))
    assert page.context["next"] == reverse("w-bank", args=[world.bank.pk])


def test_double_click_imports_once(world):
    token = send(world, sound_book(3)).context["token"]
    assert run(world, token)["Location"] == run(world, token)["Location"]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("code", FAULTY)
def test_faulty_workbook_is_reported_with_a_copy_to_mend(world, code):
    response = send(world, FAULTY[code])
    faults = response.context["read"].faults
    assert (response.status_code, {fault.code for fault in faults}) == (422, {code})
    assert "Nhập 1 câu" not in response.content.decode()
    query = {"token": response.context["token"]}
    copy = world.client(world.alice).get(path(world, "w-item-import-annotated"), query)
    assert copy["Content-Disposition"] == 'attachment; filename="cau-hoi-loi-can-sua.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(copy.streaming_content)))
    told = [row[3] for row in book["Tổng hợp lỗi"].iter_rows(min_row=6, values_only=True)]
    assert [text for text in told if text][: len(faults)] == [fault.message for fault in faults]
    assert not world.bank.items.exists()


@pytest.mark.parametrize("code", UNREADABLE)
def test_unreadable_file_is_refused_in_words(world, code):
    response = send(world, UNREADABLE[code], "đề thi.xlsx")
    (fault,) = response.context["faults"]
    assert (response.status_code, fault.code, fault.place) == (422, code, "Tệp đề thi.xlsx")
    page = response.content.decode()
    assert fault.message in page
    assert fault.hint in page
    assert "Tải bản ghi lỗi" not in page
    assert kept_files() == []


def test_upload_without_a_file_says_so(world):
    response = world.client(world.alice).post(path(world))
    assert (response.status_code, response.context["refusal"].code) == (422, "no_file")


def test_what_the_bank_asks_already_is_named(world):
    run_job(job_id=_queued(world, sound_book(2)).pk)
    faults = send(world, sound_book(2, first=2)).context["faults"]
    assert [str(fault) for fault in faults] == [
        "Trang “Câu hỏi”, dòng 2: Câu hỏi đã có trong ngân hàng: câu 2. "
        "Xoá dòng này, hoặc sửa câu đã có trong ngân hàng."
    ]


def _queued(world: BankWorld, data: bytes) -> Job:
    run(world, send(world, data).context["token"])
    return Job.objects.get(state=JobState.QUEUED)


def test_bank_changed_since_the_check_stores_nothing_and_gives_the_copy(world):
    first, second = sound_book(3), sound_book(3, first=3)
    token = send(world, second).context["token"]
    run_job(job_id=_queued(world, first).pk)
    run(world, token)
    job = run_job(job_id=Job.objects.get(state=JobState.QUEUED).pk)
    assert (job.state, job.error_code, [fault["code"] for fault in job.faults]) == (
        JobState.FAILED,
        "faults",
        ["duplicate_in_bank"],
    )
    assert world.bank.items.count() == 3
    assert job.file_name == "cau-hoi-loi-can-sua.xlsx"
    assert load_workbook(job.file.open()).sheetnames == ["Tổng hợp lỗi", "Câu hỏi"]


def test_right_taken_away_since_stops_the_job(world):
    job = _queued(world, sound_book(2))
    Membership.objects.filter(user=world.alice).delete()
    done = run_job(job_id=job.pk)
    assert (done.state, done.error_code) == (JobState.FAILED, "not_allowed")
    assert not world.bank.items.exists()


@pytest.mark.parametrize("name", ["w-item-import-run", "w-item-import-annotated"])
def test_token_is_good_for_its_person_and_bank_only(world, name):
    now, data = timezone.now(), sound_book(1)
    tokens = [
        "",
        "x:y:z",
        *(
            keep_upload(
                file=SimpleUploadedFile("a.xlsx", data), user_id=user, bank_id=bank, now=now
            )
            for user, bank in (
                (world.alice.pk + 1, world.bank.pk),
                (world.alice.pk, world.bank.pk + 1),
            )
        ),
    ]
    client = world.client(world.alice)
    ask = client.post if name.endswith("run") else client.get
    answers = [ask(path(world, name), {"token": token}) for token in tokens]
    assert [(a.status_code, a.context["refusal"].code) for a in answers] == [
        (409, "upload_gone")
    ] * 4


def test_uploads_nobody_imports_are_cleared_after_a_day(world):
    send(world, sound_book(1))
    now = timezone.now()
    clear_old_uploads(now=now + timedelta(hours=23))
    assert len(kept_files()) == 1
    clear_old_uploads(now=now + timedelta(hours=25))
    assert kept_files() == []
