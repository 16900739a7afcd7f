"""Each check finds what it is for, and leaves sound items alone."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.checks import BANK_CHECKS, ITEM_CHECKS, Neighbour, Surroundings
from quiz.checks.options import is_summary
from quiz.drafts import ItemDraft

SOUND = ItemDraft(
    kind="single",
    stem="Hồ sơ nộp trực tuyến được trả kết quả ở đâu?",
    options=("Trên giấy tại trụ sở", "Trên Cổng Dịch vụ công", "Qua điện thoại", "Qua loa xã"),
    key=frozenset({1}),
    citation="Nghị định 118/2025/NĐ-CP, khoản 2 Điều 1",
)


def codes(draft: ItemDraft, around: Surroundings | None = None) -> list[str]:
    around = around or Surroundings()
    return [found.code for check in ITEM_CHECKS for found in check.look(draft, around)]


def test_a_sound_item_is_left_alone() -> None:
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": frozenset()}, ["no_key"]),
        ({"citation": " "}, ["no_citation"]),
        ({"options": ("Nộp phí", "nộp phí.", "Miễn phí")}, ["twin_options"]),
        ({"options": ("hoà giải", "hòa  giải", "xét xử")}, ["twin_options"]),
        ({"options": ("05 ngày", "5 ngày", "7 ngày")}, ["twin_options"]),
        ({"options": ("dở", "dỡ", "dớ")}, []),
        ({"options": ("1,5 ngày", "15 ngày", "50%", "50")}, []),
        ({"options": ("Có", "Không", "Cả A và B")}, ["loose_summary"]),
        ({"options": ("Có", "Không", "Cả A và B"), "fixed_order": True}, []),
        (
            {"options": ("Xã", "Huyện", "Cơ quan tiếp nhận hồ sơ hoặc cơ quan được ủy quyền"),
             "key": frozenset({2})},
            ["longest_is_key"],
        ),
        (
            {"options": ("Xã", "Huyện", "Cơ quan tiếp nhận hồ sơ hoặc cơ quan được ủy quyền")},
            [],
        ),
        ({"stem": "Việc nào không phải là không được làm?"}, ["double_negation"]),
        (
            {"stem": "Phát biểu nào không đúng?", "options": ("Phải nộp", "Không phải nộp", "Tùy")},
            ["double_negation"],
        ),
        ({"stem": "Người dân có phải nộp bản giấy hay không?", "options": ("Có", "Không")}, []),
        ({"stem": "Nội dung nào sau đây không thuộc hồ sơ?"}, []),
        (
            {"stem": "Nơi nào không thuộc trụ sở?", "options": ("Không gian số", "Hàng không")},
            [],
        ),
        ({"stem": "Cơ quan nhà nưƣớc nào giải quyết?"}, ["legacy_letters"]),
        ({"stem": normalize("NFD", "Hồ sơ nộp ở đâu?")}, ["legacy_letters"]),
        ({"stem": "Thñ tôc hµnh chÝnh lµ g×?"}, ["legacy_letters"]),
        ({"stem": "HỒ SƠ TRỰC TUYẾN ĐƯỢC TRẢ KẾT QUẢ Ở ĐÂU?"}, ["shouted_text"]),
        ({"stem": "UBND, HĐND làm gì?"}, []),
        ({"stem": "Nộp hồ sơ ở đâu? " * 30}, ["long_text"]),
        ({"options": ("Nộp hồ sơ", "Chờ đến khi có thông báo " * 9), "key": frozenset({0})},
         ["long_text"]),
    ],
)  # fmt: skip
def test_each_check_finds_what_it_is_for(changes: dict, expected: list[str]) -> None:
    assert codes(replace(SOUND, **changes)) == expected


@pytest.mark.parametrize(
    "option",
    [
        "Cả A, B, C",
        "Cả A, B và C đều đúng.",
        "A và B đúng",
        "A, B đều sai",
        "Cả ba phương án trên",
        "Cả 3 đáp án trên đều đúng",
        "Cả hai",
        "Cả hai đều sai",
        "Tất cả các phương án trên",
        "Tất cả các đáp án đều đúng",
        "Tất cả đều đúng",
        "Tất cả những trường hợp trên",
        "Không có phương án nào",
        "Không có đáp án nào đúng",
        "Không phương án nào đúng",
        "Các ý trên đều đúng",
        "Chỉ A và C",
        "Phương án A và B",
        "Đáp án khác",
    ],
)
def test_an_option_about_the_others_is_a_summary(option: str) -> None:
    assert is_summary(option)


@pytest.mark.parametrize(
    "option",
    [
        "Cả nước",
        "Cả hai vợ chồng cùng ký",
        "Tất cả công dân từ đủ 14 tuổi",
        "Tất cả cơ quan nhà nước ở trung ương",
        "Không có thời hạn",
        "Cá nhân",
        "A",
        "Ba ngày",
        "Chỉ thị số 05",
        "Cơ quan nhà nước",
    ],
)
def test_an_option_about_the_matter_is_none(option: str) -> None:
    assert not is_summary(option)


def test_who_asks_nearly_the_same_is_named() -> None:
    twin = Neighbour("câu 7", "Hồ sơ nộp trên mạng trả kết quả ở đâu?", 0.8, item=70)

    def similar(_draft: ItemDraft) -> Sequence[Neighbour]:
        return [twin]

    [found] = [
        finding
        for check in ITEM_CHECKS
        for finding in check.look(SOUND, Surroundings(similar=similar))
    ]
    assert (found.code, found.neighbours) == ("repeated_stem", (twin,))
    assert found.message == "Hỏi gần như câu 7."


def test_every_document_in_doubt_is_told() -> None:
    around = Surroundings(doubts=lambda _citation: ["Một hết hiệu lực.", "Hai chờ kiểm."])
    assert codes(SOUND, around) == ["citation_outdated"] * 2


def test_codes_are_unique() -> None:
    all_codes = [check.code for check in (*ITEM_CHECKS, *BANK_CHECKS)]
    assert len(set(all_codes)) == len(all_codes)


def letters(places: str) -> list[ItemDraft]:
    return [replace(SOUND, key=frozenset({"abcd".index(letter)})) for letter in places]


@pytest.mark.parametrize(
    ("places", "count"),
    [
        ("abcd" * 5, 0),
        ("a" * 20, 2),  # one letter, and three that never are the key
        ("abcabdacbdab" * 2, 0),
        ("abc" * 7, 1),
        ("aaaaaaaabcdbcdbcdbcd", 1),  # eight in a row
        ("a" * 19, 0),  # too few to say
    ],
)
def test_a_pattern_in_the_letters_of_keys_is_told(places: str, count: int) -> None:
    [check] = BANK_CHECKS
    assert len(list(check.look(letters(places)))) == count


@given(
    stem=st.text(max_size=80),
    options=st.lists(st.text(max_size=30), max_size=8),
    key=st.frozensets(st.integers(-1, 9), max_size=3),
    kind=st.sampled_from(["single", "multiple", "true_false"]),
)
def test_no_text_breaks_a_check(
    stem: str, options: list[str], key: frozenset[int], kind: str
) -> None:
    draft = ItemDraft(kind=kind, stem=stem, options=tuple(options), key=key)
    assert set(codes(draft)) <= {check.code for check in ITEM_CHECKS}
