"""Practice on pages: open to anyone, keys only after the answer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.domain.practice_banks import set_for_practice
from quiz.models import ItemBank, ItemVersion
from tests.factories import make_bank, make_person
from tests.people import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> ItemBank:
    unit = make_unit("on-tap")
    author, reviewer = make_person("author", unit=unit), make_person("reviewer", unit=unit)
    made = make_bank(unit=unit, author=author, reviewer=reviewer)
    set_for_practice(bank=made, practice=True, user=author, now=timezone.now())
    return made


def test_nothing_to_practise_is_said(client) -> None:
    assert "Chưa có câu nào để ôn" in client.get(reverse("practice")).content.decode()
    assert client.get(reverse("practice-item"))["Location"] == reverse("practice")


def test_anyone_answers_and_is_told_then(client, bank) -> None:
    page = client.get(reverse("practice-item"))
    version, html = page.context["version"], page.content.decode()
    assert version.stem in html
    assert "(đáp án)" not in html
    assert str(version.rationale) not in html or not version.rationale
    right = next(at for at in range(len(version.options)) if version.key_mask >> at & 1)
    url = reverse("practice-item")
    told = client.post(url, {"version": version.pk, "place": right}).content.decode()
    assert ("(đáp án)" in told, "Câu tiếp theo" in told) == (True, True)
    refused = client.post(url, {"version": version.pk, "place": "x"})
    assert (refused.status_code, "(đáp án)" in refused.content.decode()) == (422, False)


def test_an_item_of_a_closed_bank_is_not_told(client, bank) -> None:
    version = ItemVersion.objects.filter(item__bank=bank).first()
    ItemBank.objects.update(practice_since=None)
    answer = client.post(reverse("practice-item"), {"version": version.pk, "place": 0})
    assert answer.status_code == 302
