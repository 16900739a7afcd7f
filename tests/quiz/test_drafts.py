"""What makes an item sound, and which items are the same."""

from dataclasses import replace

import pytest

from accounts.errors import Fault
from quiz.drafts import ItemDraft, draft_faults

SOUND = ItemDraft(
    kind="single",
    stem="Hồ sơ nộp trực tuyến được xử lý ở đâu?",
    options=("Trên giấy", "Trên môi trường điện tử", "Qua điện thoại"),
    key=frozenset({1}),
)


def test_sound_item_has_no_faults() -> None:
    assert draft_faults(SOUND) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"stem": "  "}, ["no_stem"]),
        ({"options": ("Có",), "key": frozenset({0})}, ["few_options"]),
        ({"options": tuple("abcdefghi")}, ["many_options"]),
        ({"options": ("Có", "", "Không")}, ["empty_option"]),
        ({"options": ("Có", "không", "KHÔNG ")}, ["twin_options"]),
        ({"options": ("dở", "dỡ")}, []),
        ({"key": frozenset()}, ["no_key"]),
        ({"key": frozenset({1, 3})}, ["key_outside"]),
        ({"key": frozenset({-1})}, ["key_outside"]),
        ({"key": frozenset({0, 1})}, ["several_keys"]),
        ({"key": frozenset({0, 1}), "kind": "multiple"}, []),
        ({"key": frozenset({0}), "kind": "multiple"}, []),
        ({"kind": "true_false"}, ["true_false_options"]),
        ({"kind": "true_false", "options": ("Đúng", "Sai")}, []),
        ({"stem": "x" * 4001, "topic": "y" * 201}, ["too_long", "too_long"]),
        ({"options": ("a", "b" * 1001)}, ["too_long"]),
        ({"options": (), "stem": "", "key": frozenset()}, ["no_stem", "few_options", "no_key"]),
    ],
)
def test_every_fault_has_its_code(changes: dict, codes: list[str]) -> None:
    assert [fault.code for fault in draft_faults(replace(SOUND, **changes))] == codes


def test_fault_says_where_and_what_to_do() -> None:
    draft = replace(SOUND, key=frozenset({3}), sheet="Câu hỏi", row=14)
    assert draft_faults(draft) == [
        Fault(
            place="Trang “Câu hỏi”, dòng 14",
            code="key_outside",
            message="Đáp án D nằm ngoài 3 phương án.",
            hint="Sửa đáp án, hoặc bổ sung phương án còn thiếu.",
            sheet="Câu hỏi",
            row=14,
        )
    ]


@pytest.mark.parametrize(
    "same",
    [
        {"stem": "HỒ SƠ nộp trực tuyến được xử lý ở đâu?"},
        {"stem": "Ho so nop truc tuyen duoc xu ly o dau?"},
        {"options": ("Qua điện thoại", "Trên giấy", "Trên môi trường điện tử")},
        {"key": frozenset({0}), "rationale": "Khác"},
    ],
)
def test_same_question_has_the_same_digest(same: dict) -> None:
    other = replace(SOUND, **same)
    assert (other.digest, other.rough_form) == (SOUND.digest, SOUND.rough_form)


@pytest.mark.parametrize(
    "different",
    [
        {"stem": "Hồ sơ nộp trực tiếp được xử lý ở đâu?"},
        {"options": ("Trên giấy", "Trên môi trường điện tử")},
        {"options": ("Trên giấy", "Trên môi trường điện tử", "Qua bưu điện")},
        {"stem": "Hồ sơ nộp trực tuyến được xử lý ở đâu? Trên giấy", "options": SOUND.options[1:]},
    ],
)
def test_another_question_has_another_digest(different: dict) -> None:
    assert replace(SOUND, **different).digest != SOUND.digest


def test_letters_of_other_scripts_tell_items_apart() -> None:
    assert replace(SOUND, stem="Góc α").digest != replace(SOUND, stem="Góc β").digest
