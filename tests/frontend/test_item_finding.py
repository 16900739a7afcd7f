"""Finding items in every bank within reach, on the page and over the API."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from quiz.domain.banks import create_bank
from quiz.domain.items import add_items
from tests.factories import make_draft, make_open_contest
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.people import make_person, make_unit
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def numbers(response) -> list[int]:
    return [row.version.item.number for row in response.context["rows"]]


def test_items_of_every_bank_within_reach_are_found_and_no_others(world: BankWorld) -> None:
    world.add(1, stem="Thủ tục một cửa là gì?")
    second = create_bank(name="Ngân hàng hai", unit=world.here, user=world.alice)
    add_items(bank=second, drafts=[make_draft(1, stem="Một cửa ở đâu?")], author=world.alice)
    far = make_unit("xa")
    stranger = make_person("stranger", Role.AUTHOR, unit=far)
    other = create_bank(name="Nơi khác", unit=far, user=stranger)
    add_items(bank=other, drafts=[make_draft(1, stem="Một cửa nơi khác?")], author=stranger)
    response = world.client(world.alice).get(reverse("w-items"), {"q": "mot cua"})
    banks = {row.version.item.bank.name for row in response.context["rows"]}
    assert banks == {world.bank.name, "Ngân hàng hai"}
    assert "Một cửa nơi khác" not in response.content.decode()


def test_the_page_begins_without_a_list_and_says_what_to_type(world: BankWorld) -> None:
    world.add(1)
    page = world.client(world.alice).get(reverse("w-items")).content.decode()
    assert "Gõ vài chữ của câu hỏi cần tìm" in page


def test_nothing_found_says_what_to_try(world: BankWorld) -> None:
    world.add(1)
    for address in (reverse("w-items"), reverse("w-bank", args=[world.bank.pk])):
        page = world.client(world.alice).get(address, {"q": "xyzzy"}).content.decode()
        assert "Thử ít chữ hơn" in page


def test_an_administrator_finds_items_and_is_led_to_no_keys(world: BankWorld) -> None:
    world.add(1, stem="Thủ tục một cửa là gì?")
    response = world.client(world.adam).get(reverse("w-items"), {"q": "mot cua"})
    assert numbers(response) == [1]
    item = world.bank.items.get()
    assert reverse("w-item", args=[world.bank.pk, item.pk]) not in response.content.decode()


def test_the_api_finds_the_same_without_keys(world: BankWorld) -> None:
    world.add(1, stem="Thủ tục một cửa là gì?")
    client, address = world.client(world.alice), reverse("api-work-item-list")
    [found] = client.get(address, {"q": "cua mot"}).json()["results"]
    assert (found["item"], found["rounds"], found["facility"]) == (1, 0, None)
    assert {"key", "options", "rationale"}.isdisjoint(found)
    assert client.get(address, {"level": "x"}).status_code == 400


def test_figures_stand_beside_the_item_once_its_round_is_sealed() -> None:
    made = make_open_contest()
    [bank] = made.banks
    make_entrants(made, [Person(birth_date=None, entries=[Entry(seconds=n)]) for n in (1, 2, 3)])
    client = Client()
    client.force_login(make_person("writer", Role.AUTHOR, unit=made.unit))
    item = bank.items.first()
    page = reverse("w-item", args=[bank.pk, item.pk])
    assert "Chưa có số liệu" in client.get(page).content.decode()
    listing = reverse("w-bank", args=[bank.pk])
    assert "1 vòng" not in client.get(listing).content.decode()
    close_and_seal(made)
    assert "1 vòng · 100,0 % đúng" in client.get(listing).content.decode()
    told = client.get(page).content.decode()
    assert "Độ khó P" in told
    assert "Mới ít người gặp câu này" in told
