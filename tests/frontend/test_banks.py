"""The banks one can reach, a new one, and finding items in one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import ItemBank
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def stems(response) -> list[int]:
    return [row.item.number for row in response.context["page"].object_list]


def test_banks_are_those_within_reach(world):
    listed = {
        person.username: [
            (bank.code, bank.total, bank.approved, bank.proposed)
            for bank in world.client(person).get(reverse("w-banks")).context["page"].object_list
        ]
        for person in (world.alice, world.rosa, world.adam, world.bob)
        if world.add(len(person.username) * 7 + person.pk)
    }
    assert listed == {
        "alice": [("cai-cach-hanh-chinh", 1, 0, 1)],
        "rosa": [("cai-cach-hanh-chinh", 2, 0, 2)],
        "adam": [("cai-cach-hanh-chinh", 3, 0, 3)],
        "bob": [],
    }


def test_bank_elsewhere_is_not_there(world):
    item = world.add(1)[0].item
    client = world.client(world.bob)
    for name, args in (
        ("w-bank", [world.bank.pk]),
        ("w-item", [world.bank.pk, item.pk]),
        ("w-item-new", [world.bank.pk]),
        ("w-item-review", [world.bank.pk]),
        ("w-item-import", [world.bank.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_item_of_another_bank_is_not_there(world):
    item = world.add(1)[0].item
    other = ItemBank.objects.create(code="khac", name="Khác", unit=world.here)
    path = reverse("w-item", args=[other.pk, item.pk])
    assert world.client(world.alice).get(path).status_code == 404


def test_new_bank_opens_at_once(world):
    form = {"name": "Chuyển đổi số", "unit": world.here.code}
    response = world.client(world.alice).post(reverse("w-bank-new"), form)
    bank = ItemBank.objects.get(code="chuyen-doi-so")
    assert (response.status_code, response["Location"]) == (302, reverse("w-bank", args=[bank.pk]))
    assert (bank.name, bank.unit) == ("Chuyển đổi số", world.here)


def test_bank_of_a_unit_elsewhere_is_refused_and_the_name_kept(world):
    form = {"name": "Chuyển đổi số", "unit": world.bob.unit.code}
    response = world.client(world.alice).post(reverse("w-bank-new"), form)
    assert response.status_code == 422
    assert response.context["form"].errors == {"unit": ["Chọn một đơn vị trong danh sách."]}
    assert 'value="Chuyển đổi số"' in response.content.decode()


def test_items_are_found_by_words_topic_level_and_state(world):
    world.add(1, 2)
    world.add(3, topic="Một cửa", level="van_dung", stem="Hồ sơ nộp ở Hòa Thịnh?")
    path, client = reverse("w-bank", args=[world.bank.pk]), world.client(world.alice)
    queries = ("", "q=hoa+thinh", "topic=Một cửa", "level=nhan_biet", "state=approved")
    found = {query: stems(client.get(f"{path}?{query}")) for query in queries}
    assert found == {
        "": [1, 2, 3],
        "q=hoa+thinh": [3],
        "topic=Một cửa": [3],
        "level=nhan_biet": [1, 2],
        "state=approved": [],
    }


@pytest.mark.parametrize("query", ["topic=abc", "level=x", "state=x", "page=x", "q=%00"])
def test_filter_that_makes_no_sense_is_left_out(world, query):
    world.add(1)
    path = reverse("w-bank", args=[world.bank.pk])
    response = world.client(world.alice).get(f"{path}?{query}")
    assert (response.status_code, stems(response)) == (200, [1])


def test_states_are_counted_within_what_was_searched(world):
    world.add(1, 2)
    world.add(3, stem="Hồ sơ nộp ở Hòa Thịnh?")
    path = reverse("w-bank", args=[world.bank.pk])
    response = world.client(world.alice).get(f"{path}?q=hoa+thinh")
    assert [text for _url, text, _key in response.context["states"]] == [
        "Tất cả (1)",
        "Bản nháp (0)",
        "Chờ duyệt (1)",
        "Đã duyệt (0)",
        "Ngừng dùng (0)",
    ]


def test_empty_bank_says_how_to_begin(world):
    path = reverse("w-bank", args=[world.bank.pk])
    assert "Ngân hàng chưa có câu hỏi" in world.client(world.alice).get(path).content.decode()
    assert reverse("w-import-template") not in world.client(world.rosa).get(path).content.decode()


def test_administrator_reads_no_options_and_no_keys(world):
    version = world.add(1, options=("ĐÁNH-DẤU-1", "ĐÁNH-DẤU-2"), rationale="ĐÁNH-DẤU-3")[0]
    client = world.client(world.adam)
    page = client.get(reverse("w-bank", args=[world.bank.pk])).content.decode()
    assert version.stem in page
    assert "ĐÁNH-DẤU" not in page
    assert client.get(reverse("w-item", args=[world.bank.pk, version.item_id])).status_code == 403


def test_document_is_checked_once_for_all_items(world):
    version = world.add(1, citation="NĐ 42/2022/NĐ-CP")[0]
    document = version.citations.get().document
    path = reverse("w-document-check", args=[document.pk])
    client = world.client(world.rosa)
    client.post(path, {"needs_check": "1", "note": "Chờ tra cứu"})
    document.refresh_from_db()
    assert (document.needs_check, document.note) == (True, "Chờ tra cứu")
    rows = client.get(reverse("w-documents")).context["rows"]
    assert [(row.number, count) for row, count, _doubt in rows] == [("Nghị định 42/2022/NĐ-CP", 1)]
    client.post(path, {"note": "Còn hiệu lực"})
    document.refresh_from_db()
    assert (document.needs_check, document.note) == (False, "Còn hiệu lực")
    assert world.client(world.bob).post(path, {"note": "x"}).status_code == 404


def test_author_reads_which_documents_wait_and_lifts_nothing(world):
    version = world.add(1, citation="NĐ 42/2022/NĐ-CP")[0]
    client = world.client(world.alice)
    page = client.get(reverse("w-documents"))
    assert (page.status_code, page.context["checks"]) == (200, False)
    path = reverse("w-document-check", args=[version.citations.get().document_id])
    assert path not in page.content.decode()
    assert client.post(path, {"note": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["w-banks", "w-bank", "w-documents", "w-item-review"])
def test_more_rows_take_no_more_statements(world, name):
    path = reverse(name, args=[world.bank.pk] if name in ("w-bank", "w-item-review") else [])
    client = world.client(world.rosa)
    client.get(path)  # the first look at keys is written down
    counts = []
    for numbers in ((1,), range(2, 10)):
        for number in numbers:
            world.add(number, citation=f"NĐ {number}/2025/NĐ-CP")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
