"""“Xuất câu hỏi” on a bank's page."""

import pytest
from django.urls import reverse

from accounts.domain.jobs import run_job
from accounts.models import Job
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def post(world: BankWorld, **data: str):
    address = reverse("w-item-export", args=[world.bank.pk])
    return world.client(world.rosa).post(address, {"format": "gift", "which": "all", **data})


def test_the_banks_page_leads_to_it_for_those_who_see_keys(world):
    world.add(1)
    address = reverse("w-item-export", args=[world.bank.pk])
    page = reverse("w-bank", args=[world.bank.pk])
    assert address in world.client(world.rosa).get(page).content.decode()
    assert address not in world.client(world.adam).get(page).content.decode()


def test_the_page_says_that_the_file_holds_keys_and_shows_none(world):
    (version,) = world.add(1)
    page = world.client(world.rosa).get(reverse("w-item-export", args=[world.bank.pk]))
    text = page.content.decode()
    assert "Tệp có đáp án" in text
    assert version.stem not in text
    for name in ("Excel", "GIFT", "Moodle XML", "QTI 2.1", "Aiken"):
        assert name in text


def test_an_empty_bank_says_so(world):
    page = world.client(world.rosa).get(reverse("w-item-export", args=[world.bank.pk]))
    assert "Chưa có câu hỏi để xuất" in page.content.decode()


def test_asking_leads_to_the_job_whose_page_hands_out_the_file_and_what_was_left(world):
    world.add(1, 2)
    answer = post(world, format="aiken")
    job = Job.objects.get()
    assert answer.url == reverse("w-job", args=[job.public_id])
    run_job(job_id=job.pk)
    text = world.client(world.rosa).get(answer.url).content.decode()
    assert "Đã xuất 2 trên 2 câu." in text
    assert "Phần không ghi được vào tệp" in text
    assert "không mang được: chủ đề, mức độ" in text
    assert f"cau-hoi-{world.bank.code}.txt" in text
    assert world.client(world.adam).get(answer.url).status_code == 404


def test_a_topic_of_another_bank_and_an_unknown_format_are_refused(world):
    world.add(1)
    for wrong in ({"topic": "999999"}, {"format": "pdf"}, {"which": "x"}):
        assert post(world, **wrong).status_code == 422
    assert not Job.objects.exists()


def test_a_choice_without_items_is_told_on_the_page(world):
    world.add(1)
    answer = post(world, which="approved")
    assert answer.status_code == 422
    assert "Không có câu hỏi nào để xuất." in answer.content.decode()
