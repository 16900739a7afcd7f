"""Typing an item, reading it, taking it out of use."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.domain.item_review import approve_version, return_version
from quiz.models import ItemVersion
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "multiple",
    "stem": "Những việc nào được làm trực tuyến?",
    "option": ["Nộp hồ sơ", "Trả phí", "Ký tên giùm", ""],
    "key": ["0", "1"],
    "topic": "Dịch vụ công",
    "level": "van_dung",
    "fixed_order": "on",
    "citation": "NĐ 118/2025/NĐ-CP, Điều 1\nLuật 148/2025/QH15",
    "rationale": "Theo quy định.",
    "checked_on": "05/09/2026",
    "checked_by": "Phòng Kiểm soát thủ tục hành chính",
}


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def path(world, name, *args) -> str:
    return reverse(name, args=[world.bank.pk, *args])


def test_typed_item_is_stored_whole(world):
    response = world.client(world.alice).post(path(world, "w-item-new"), TYPED)
    version = ItemVersion.objects.get()
    assert response["Location"] == path(world, "w-item", version.item_id)
    assert (version.kind, version.stem, version.options, version.key_mask) == (
        "multiple",
        TYPED["stem"],
        ["Nộp hồ sơ", "Trả phí", "Ký tên giùm"],
        0b011,
    )
    assert (version.topic.name, version.level, version.fixed_order, version.rationale) == (
        "Dịch vụ công",
        "van_dung",
        True,
        "Theo quy định.",
    )
    assert (f"{version.checked_on:%d/%m/%Y}", version.checked_by) == (
        TYPED["checked_on"],
        TYPED["checked_by"],
    )
    assert [(c.document.number, c.clause) for c in version.citations.all()] == [
        ("Nghị định 118/2025/NĐ-CP", "Điều 1"),
        ("Luật 148/2025/QH15", ""),
    ]


def test_next_item_begins_with_topic_and_level_of_the_last(world):
    client = world.client(world.alice)
    response = client.post(path(world, "w-item-new"), TYPED | {"another": "1"})
    form = client.get(response["Location"]).context["form"]
    assert (form["topic"].value(), form["level"].value(), form["stem"].value()) == (
        "Dịch vụ công",
        "van_dung",
        None,
    )


def test_true_false_needs_no_options_typed(world):
    typed = {"kind": "true_false", "stem": "Mặt trời mọc ở đằng Đông.", "option": [""] * 4}
    world.client(world.alice).post(path(world, "w-item-new"), typed | {"key": "0"})
    version = ItemVersion.objects.get()
    assert (version.options, version.key_mask) == (["Đúng", "Sai"], 1)


def test_one_more_option_keeps_all_that_was_typed(world):
    typed = TYPED | {"option": ["a", "b", "c", "d"], "key": ["3"], "add_option": "1"}
    response = world.client(world.alice).post(path(world, "w-item-new"), typed)
    form = response.context["form"]
    assert [(row["text"], row["right"]) for row in form.rows] == [
        ("a", False),
        ("b", False),
        ("c", False),
        ("d", True),
        ("", False),
    ]
    assert [form[name].value() for name in ("stem", "kind", "citation", "checked_on")] == [
        TYPED["stem"],
        "multiple",
        TYPED["citation"],
        TYPED["checked_on"],
    ]
    assert (response.status_code, form.errors, ItemVersion.objects.count()) == (200, {}, 0)


def test_eight_options_are_the_most(world):
    typed = TYPED | {"option": [str(n) for n in range(8)], "add_option": "1"}
    form = world.client(world.alice).post(path(world, "w-item-new"), typed).context["form"]
    assert (len(form.rows), form.has_room) == (8, False)


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"stem": ""}, {"stem": ["Chưa có câu dẫn. Nhập nội dung câu hỏi."]}),
        ({"key": []}, {"options": ["Chưa có đáp án. Đánh dấu phương án đúng."]}),
        (
            {"kind": "single"},
            {
                "options": [
                    "Loại câu này chỉ có một đáp án nhưng đang có: A, B. "
                    "Bỏ bớt đáp án, hoặc chọn loại “Nhiều đáp án”."
                ]
            },
        ),
        (
            {"option": ["Một", "", "Ba", ""]},
            {
                "options": [
                    "Phương án B bỏ trống. Điền phương án này, hoặc dồn các phương án phía sau lên."
                ]
            },
        ),
        ({"checked_on": "32/13/2026"}, {"checked_on": ["Nhập một ngày hợp lệ."]}),
        (
            {"key": ["x", "-1", "8", "9" * 20]},
            {"options": ["Chưa có đáp án. Đánh dấu phương án đúng."]},
        ),
        ({"stem": "x" * 4001}, None),
    ],
)
def test_refused_item_keeps_what_was_typed(world, changed, errors):
    response = world.client(world.alice).post(path(world, "w-item-new"), TYPED | changed)
    form = response.context["form"]
    assert (response.status_code, ItemVersion.objects.count()) == (422, 0)
    assert form["rationale"].value() == TYPED["rationale"]
    if errors is not None:
        assert form.errors == errors


def test_what_the_bank_asks_already_is_named(world):
    client = world.client(world.alice)
    client.post(path(world, "w-item-new"), TYPED)
    response = client.post(path(world, "w-item-new"), TYPED)
    assert response.context["form"].non_field_errors() == [
        "Câu hỏi này đã có trong ngân hàng: câu 1. Sửa câu đã có, hoặc viết lại cho khác."
    ]


def test_edit_begins_from_the_newest_version_and_makes_the_next(world):
    client = world.client(world.alice)
    client.post(path(world, "w-item-new"), TYPED)
    item = world.bank.items.get()
    form = client.get(path(world, "w-item-edit", item.pk)).context["form"]
    assert {name: form[name].value() for name in ("stem", "topic", "citation", "base")} == {
        "stem": TYPED["stem"],
        "topic": "Dịch vụ công",
        "citation": "Nghị định 118/2025/NĐ-CP, Điều 1\nLuật 148/2025/QH15",
        "base": 1,
    }
    assert [row["right"] for row in form.rows] == [True, True, False, False]
    client.post(path(world, "w-item-edit", item.pk), TYPED | {"stem": "Sửa?", "base": "1"})
    assert list(item.versions.values_list("number", "stem")) == [(2, "Sửa?"), (1, TYPED["stem"])]


def test_edit_over_somebody_elses_is_told_once(world):
    client = world.client(world.alice)
    item = world.add(1)[0].item
    edit = path(world, "w-item-edit", item.pk)
    client.post(edit, TYPED | {"base": "1"})
    late = TYPED | {"stem": "Gõ từ trước?", "base": "1"}
    response = client.post(edit, late)
    form = response.context["form"]
    assert (response.status_code, form["base"].value(), form["stem"].value()) == (
        422,
        2,
        "Gõ từ trước?",
    )
    client.post(edit, late | {"base": "2"})
    assert item.versions.count() == 3


def test_item_page_shows_key_and_history(world):
    first = world.add(1)[0]
    return_version(version=first, user=world.rosa, reason="Viết lại câu dẫn")
    client = world.client(world.alice)
    client.post(path(world, "w-item-edit", first.item_id), TYPED)
    response = client.get(path(world, "w-item", first.item_id))
    shown = response.context["shown"]
    older = [past.shown for past in response.context["older"]]
    assert (shown.version.number, shown.key) == (2, "A, B")
    assert [(old.version.number, old.version.returned_because) for old in older] == [
        (1, "Viết lại câu dẫn")
    ]
    assert make_draft(1).stem in response.content.decode()


def test_returned_item_is_proposed_again(world):
    version = world.add(1)[0]
    return_version(version=version, user=world.rosa, reason="Xem lại")
    client = world.client(world.alice)
    propose = path(world, "w-item-propose", version.item_id)
    assert client.post(propose).status_code == 302
    version.refresh_from_db()
    assert version.state == "proposed"
    again = client.post(propose)
    assert (again.status_code, again.context["refusal"].code) == (409, "version_decided")


def test_item_is_retired_by_author_or_reviewer(world):
    one, two = world.add(1, 2)
    approve_version(version=one, user=world.rosa, now=timezone.now())
    for person, version in ((world.alice, one), (world.rosa, two)):
        world.client(person).post(path(world, "w-item-retire", version.item_id))
        version.refresh_from_db()
        assert version.state == "retired"
