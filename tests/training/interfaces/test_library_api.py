"""The library for programs: what is public and nothing else."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_unit
from tests.training.library import make_material
from training.domain.faqs import save_faq
from training.domain.inquiries import InquiryInput, send_inquiry
from training.models import ContactChannel, IndexResult, Procedure

pytestmark = pytest.mark.django_db
API = "/api/v1/library/"


@pytest.fixture
def unit():
    return make_unit("Xã Hòa Thịnh", code="hoa-thinh")


def results(client, path: str) -> list[dict[str, Any]]:
    return client.get(API + path).json()["results"]


def test_published_materials_are_listed_and_read(client, unit, organiser):
    made = make_material(unit, organiser, text="**Nộp** hồ sơ", citations="Luật 148/2025/QH15")
    make_material(unit, organiser, published=False, title="Bản nháp", text="x")
    assert [row["slug"] for row in results(client, "materials/")] == [made.slug]
    assert results(client, "materials/?kind=video") == []
    whole = client.get(f"{API}materials/{made.slug}/").json()
    assert whole["text"] == "**Nộp** hồ sơ"
    assert [cited["text"] for cited in whole["citations"]] == ["Luật 148/2025/QH15"]
    assert client.get(f"{API}materials/ban-nhap/").status_code == 404


def test_the_search_answers_kind_and_page(client, unit, organiser):
    make_material(unit, organiser, title="Dịch vụ công", text="x")
    save_faq(unit=unit, question="Dịch vụ công là gì?", answer="Đáp.", user=organiser)
    found = results(client, "search/?q=dich+vu+cong")
    assert {(row["kind"], row["title"]) for row in found} == {
        ("material", "Dịch vụ công"),
        ("faq", "Dịch vụ công là gì?"),
    }
    assert [row["kind"] for row in results(client, "search/?q=dich+vu+cong&kind=faq")] == ["faq"]
    assert results(client, "search/") == []


def test_an_unpublished_question_is_nowhere(client, organiser):
    given = InquiryInput(request_key=str(uuid.uuid4()), text="Bí mật", contact="a@b.vn")
    number = send_inquiry(given=given, address="", now=timezone.now()).inquiry.number
    assert results(client, "answers/") == []
    assert client.get(f"{API}answers/{number}/").status_code == 404


def test_lists_are_read_by_name_unit_and_year(client, unit):
    Procedure.objects.create(
        unit=unit, code="1.1", name="Khai sinh", link="https://a.gov.vn", search_text="khai sinh"
    )
    IndexResult.objects.create(name="DTI", year=2025, unit=unit, score=80)
    ContactChannel.objects.create(unit=unit, kind="hotline", value="1")
    assert [row["code"] for row in results(client, "procedures/?q=khai+sinh")] == ["1.1"]
    (row,) = results(client, "index-results/?name=DTI&year=2025")
    assert (row["unit"]["code"], row["score"], row["rank"]) == ("hoa-thinh", "80.000", None)
    assert results(client, "index-results/?year=x") == []
    assert [row["value"] for row in results(client, "channels/?q=hoa+thinh")] == ["1"]


def test_nothing_is_written_through_it(client, unit, organiser):
    make_material(unit, organiser, text="x")
    for path in ("materials/", "faq/", "search/?q=x"):
        assert client.post(API + path, {}, content_type="application/json").status_code == 405
