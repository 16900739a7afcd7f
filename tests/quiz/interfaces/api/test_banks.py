"""Importing a workbook through the API: the same check, the same job."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.domain.jobs import run_job
from accounts.models import Job
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.quiz.bank_workbooks import FAULTY, UNREADABLE, sound_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def send(world: BankWorld, data: bytes, client: Client | None = None, **fields: str):
    client = client or world.client(world.alice)
    posted = {"file": SimpleUploadedFile("cau-hoi.xlsx", data), **fields}
    return client.post(f"/api/v1/work/banks/{world.bank.pk}/import/", posted)


def test_sound_workbook_becomes_a_job(world):
    answer = send(world, sound_book(3))
    job = Job.objects.get()
    assert (answer.status_code, answer.json()["id"]) == (202, str(job.public_id))
    assert run_job(job_id=job.pk).result["items"] == 3
    assert world.bank.items.count() == 3


def test_dry_run_only_tells(world):
    answer = send(world, sound_book(3), dry_run="true")
    assert (answer.status_code, answer.json()) == (200, {"rows": 3, "notices": []})
    assert not Job.objects.exists()


@pytest.mark.parametrize("code", [*FAULTY, *UNREADABLE])
def test_refused_workbook_is_told_by_code_place_and_hint(world, code):
    answer = send(world, (FAULTY | UNREADABLE)[code])
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "faults")
    assert {fault["code"] for fault in told["faults"]} == {code}
    assert all(fault["place"] and fault["message"] and fault["hint"] for fault in told["faults"])
    assert not Job.objects.exists()


def test_only_who_writes_here_imports(world):
    answers = [
        send(world, sound_book(1), world.client(person)).status_code
        for person in (world.rosa, world.adam, world.bob)
    ]
    assert answers == [403, 403, 404]


def test_items_are_exported_by_a_job(world):
    world.add(1, 2)
    address = f"/api/v1/work/banks/{world.bank.pk}/export/"
    asked = {"format": "aiken", "topic": "Chủ đề thử nghiệm"}
    answer = world.client(world.rosa).post(address, asked, content_type="application/json")
    job = Job.objects.get()
    assert (answer.status_code, answer.json()["id"]) == (202, str(job.public_id))
    run_job(job_id=job.pk)
    told = world.client(world.rosa).get(f"/api/v1/jobs/{job.public_id}/").json()
    assert (told["state"], told["result"]["rows"]) == ("done", 2)
    assert [fault["code"] for fault in told["faults"]] == ["not_carried", "not_carried"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"format": "pdf"}, 400), ({"format": "gift", "topic": "Lạ"}, 404), ({}, 400)],
)
def test_an_export_of_what_is_not_there_is_refused(world, asked, status):
    world.add(1)
    address = f"/api/v1/work/banks/{world.bank.pk}/export/"
    answer = world.client(world.rosa).post(address, asked, content_type="application/json")
    assert answer.status_code == status
