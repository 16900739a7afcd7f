"""The page “Kiểm tra câu hỏi”, and advice beside what is written."""

import pytest
from django.urls import reverse

from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def test_a_bank_is_looked_through_and_a_finding_left_with_a_reason(world: BankWorld) -> None:
    [version] = world.add(1)
    client, page = world.client(world.alice), reverse("w-bank-check", args=[world.bank.pk])
    assert "Ngân hàng chưa được kiểm tra" in client.get(page).content.decode()
    told = client.post(reverse("w-bank-check-run", args=[world.bank.pk]), follow=True)
    assert "Đã kiểm tra 1 câu" in told.content.decode()
    assert told.context["tabs"] == [("?check=no_citation", "Chưa ghi căn cứ (1)", "no_citation")]
    leave = reverse("w-bank-check-leave", args=[world.bank.pk])
    data = {"version": version.pk, "code": "no_citation"}
    refused = client.post(leave, data)
    assert (refused.status_code, "Lý do cần từ 1" in refused.content.decode()) == (422, True)
    left = client.post(leave, data | {"reason": "Kiến thức chung"}, follow=True).content.decode()
    assert "1 câu đã bỏ qua" in left
    assert "Kiến thức chung" in left
    again = client.post(reverse("w-bank-check-again", args=[world.bank.pk]), data, follow=True)
    assert again.context["tabs"][0][1] == "Chưa ghi căn cứ (1)"


def test_a_sound_bank_has_nothing_to_look_at(world: BankWorld) -> None:
    world.add(1, citation="Luật 72/2025/QH15, Điều 1")
    client = world.client(world.alice)
    told = client.post(reverse("w-bank-check-run", args=[world.bank.pk]), follow=True)
    assert "Không có gì phải xem lại" in told.content.decode()


def test_advice_stands_beside_the_item_and_its_form(world: BankWorld) -> None:
    [version] = world.add(1)
    client, arguments = world.client(world.alice), [world.bank.pk, version.item_id]
    for route in ("w-item", "w-item-edit"):
        page = client.get(reverse(route, args=arguments)).content.decode()
        assert "Gợi ý trước khi duyệt" in page
        assert "Chưa ghi căn cứ." in page


def test_saving_and_going_on_tells_what_could_be_better(world: BankWorld) -> None:
    form = {
        "kind": "single",
        "stem": "Hồ sơ nộp ở đâu?",
        "option": ["Tại xã", "Cả A và C", "Trên mạng"],
        "key": "0",
        "another": "1",
    }
    address = reverse("w-item-new", args=[world.bank.pk])
    page = world.client(world.alice).post(address, form, follow=True).content.decode()
    assert "Gợi ý cho câu 1: Phương án B “Cả A và C”" in page


def test_another_banks_version_is_not_left_from_here(world: BankWorld) -> None:
    leave = reverse("w-bank-check-leave", args=[world.bank.pk])
    client = world.client(world.alice)
    for pk in ("0", "x", "9" * 30):
        assert client.post(leave, {"version": pk, "code": "no_citation"}).status_code == 404
