"""Items are found by any of their words, with or without marks, and by filters that combine."""

import pytest

from accounts.models import User
from quiz.domain.item_search import MOST_FOUND, ItemSearch, search_items
from quiz.domain.item_usage import Hardness, Used
from quiz.domain.items import add_items, retire_version, save_item
from quiz.enums import Level
from quiz.models import Item, ItemBank, ItemVersion, Tag
from tests.factories import (
    make_bank,
    make_draft,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db

STEMS = (
    "Cơ quan nào giải quyết thủ tục đăng ký hộ khẩu tại xã?",
    "Hồ sơ đăng ký kết hôn gồm những giấy tờ nào?",
    "Thủ tục một cửa liên thông là gì?",
    "Của một người dân nộp hai lần, xử lý thế nào?",
    "Dịch vụ công trực tuyến toàn trình cho phép làm gì?",
    "Dịch vụ công trực tuyến một phần khác ở điểm nào?",
)


def bank_with(*stems: str, **fields) -> tuple[ItemBank, User]:
    unit = make_unit()
    author = make_person("author", unit=unit)
    drafts = [make_draft(number, stem=stem, **fields) for number, stem in enumerate(stems, 1)]
    bank = make_bank(
        unit=unit, author=author, reviewer=make_person("reviewer", unit=unit), drafts=drafts
    )
    return bank, author


def found(bank: ItemBank, text: str = "", **fields) -> list[int]:
    among = ItemVersion.objects.current().filter(item__bank=bank)
    return [
        version.item.number
        for version in search_items(among=among, wanted=ItemSearch(text=text, **fields))
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("dang ky ket hon", 2),
        ("kết hôn", 2),
        ("HÔN kết", 2),
        ("lien thong mot cua", 3),
        ("mot cua lien th", 3),
        ("nguoi dan nop", 4),
        ("giay to ket hon gom nhung gi vay", 2),
        ("dang ky ho khau o huyen", 1),
        ("truc tuyen toan trinh", 5),
    ],
)
def test_the_wanted_item_comes_first(text: str, first: int) -> None:
    bank, _author = bank_with(*STEMS)
    assert found(bank, text)[0] == first


def test_words_in_a_row_come_before_words_anywhere() -> None:
    bank, _author = bank_with(*STEMS)
    assert found(bank, "mot cua")[:2] == [3, 4]
    assert found(bank, "cua mot")[:2] == [4, 3]


def test_exact_marks_come_first() -> None:
    bank, _author = bank_with("Ma túy là gì?", "Mã tùy chọn là gì?", "Má tuỳ ý là gì?")
    assert found(bank, "mã tùy") == [2, 1, 3]
    assert found(bank, "ma túy")[0] == 1
    assert sorted(found(bank, "ma tuy")) == [1, 2, 3]


def test_old_words_find_the_new_ones() -> None:
    bank, _author = bank_with(*STEMS)
    assert found(bank, "dịch vụ công mức độ 3, 4") == [5, 6]
    assert found(bank, "mức độ 4") == [5]


def test_a_word_nobody_wrote_finds_nothing() -> None:
    bank, _author = bank_with(*STEMS)
    assert found(bank, "xyzzy") == []
    assert found(bank, "'); DROP TABLE quiz_item; --") == []


def test_only_the_newest_version_is_found() -> None:
    bank, author = bank_with(*STEMS)
    draft = make_draft(3, stem="Hỏi việc khác hẳn?")
    save_item(bank=bank, draft=draft, author=author, item=bank.items.get(number=3))
    assert found(bank, "lien thong") == []
    assert found(bank, "khac han") == [3]


def test_filters_combine_with_words_and_each_other() -> None:
    bank, author = bank_with(*STEMS[:3], topic="Cư trú", level=Level.RECALL)
    more = [
        make_draft(7, stem="Thủ tục nào khác?", topic="Khác", level=Level.APPLY,
                   citation="Nghị định 118/2025/NĐ-CP, Điều 2"),
    ]  # fmt: skip
    other = make_person("author", unit=bank.unit)
    add_items(bank=bank, drafts=more, author=other)
    tag = Tag.objects.create(bank=bank, name="vòng 1")
    Item.objects.get(bank=bank, number=3).tags.add(tag)
    assert found(bank, "thu tuc") == [1, 3, 4]
    assert found(bank, "thu tuc", topic="Cư trú") == [1, 3]
    assert found(bank, "thu tuc", level=Level.APPLY) == [4]
    assert found(bank, "thu tuc", state="proposed") == [4]
    assert found(bank, "thu tuc", author=author.pk) == [1, 3]
    assert found(bank, "thu tuc", cited="118/2025") == [4]
    assert found(bank, cited="118/2025/nđ-cp") == [4]
    assert found(bank, tag="vòng 1") == [3]
    assert found(bank, tag="vòng 1", topic="Khác") == []
    assert found(bank, "118/2025") == [4]
    assert found(bank) == [1, 2, 3, 4]


def test_a_retired_item_is_found_by_its_state() -> None:
    bank, author = bank_with(*STEMS)
    retire_version(version=ItemVersion.objects.get(item__bank=bank, item__number=2), user=author)
    assert found(bank, "ket hon", state="retired") == [2]


def test_use_and_facility_narrow_by_sealed_rounds_only() -> None:
    rules = make_rules(
        paper={"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}
    )
    made = make_open_contest(rules=rules)
    [bank] = made.banks
    people = [Entry(wrong=2, seconds=1), Entry(wrong=1, seconds=2), Entry(wrong=1, seconds=3)]
    make_entrants(made, [Person(birth_date=None, entries=[entry]) for entry in people])
    assert found(bank, used=Used.ONCE) == [1, 2, 3, 4, 5]
    assert found(bank, used=Used.NEVER) == [6, 7, 8]
    assert found(bank, hardness=Hardness.HARD) == found(bank, used=Used.OFTEN) == []
    close_and_seal(made)
    assert found(bank, hardness=Hardness.HARD) == [1]
    assert found(bank, hardness=Hardness.MEDIUM) == [2]
    assert found(bank, hardness=Hardness.EASY) == [3, 4, 5]
    assert found(bank, used=Used.OFTEN) == [1, 2, 3, 4, 5]


def test_what_a_sealed_round_asks_to_look_at_again_is_found() -> None:
    rules = make_rules(
        paper={"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]}
    )
    made = make_open_contest(rules=rules)
    [bank] = made.banks
    entries = [[Entry(wrong=1, seconds=second)] for second in range(1, 31)]
    make_entrants(made, [Person(birth_date=None, entries=each) for each in entries])
    assert found(bank, figures="check") == []
    close_and_seal(made)
    assert found(bank, figures="check") == [1]  # nobody of thirty was right
    assert found(bank, figures="check", hardness=Hardness.EASY) == []


def test_no_more_is_counted_than_anyone_pages_through(monkeypatch) -> None:
    monkeypatch.setattr("quiz.domain.item_search.MOST_FOUND", 4)
    assert MOST_FOUND == 1000
    bank, _author = bank_with(*STEMS)
    among = ItemVersion.objects.current().filter(item__bank=bank)
    wanted = ItemSearch(text="phuong an")
    assert search_items(among=among, wanted=wanted).count() == 4
