"""Aiken: a line that asks, lines of options, a line that answers."""

from tests.quiz.interfaces.formats.files import aiken, codes, only

TWO = """Một tuần có mấy ngày?
A. Năm ngày
B. Bảy ngày
ANSWER: B

Một năm có mấy tháng?
A) Mười
B) Mười một
C) Mười hai
ANSWER: C
"""


def test_two_items_with_their_keys_and_lines() -> None:
    first, second = aiken(TWO).items
    assert (first.draft.stem, first.draft.options) == (
        "Một tuần có mấy ngày?",
        ("Năm ngày", "Bảy ngày"),
    )
    assert (first.draft.key, first.draft.row, first.confidence) == (frozenset({1}), 1, 100)
    assert (second.draft.key, second.draft.row) == (frozenset({2}), 6)
    assert second.source == "\n".join(TWO.splitlines()[5:10])
    assert first.evidence[0].text == "ANSWER: B"


def test_items_that_follow_each_other_without_an_empty_line() -> None:
    assert len(aiken(TWO.replace("\n\n", "\n")).items) == 2


def test_lines_of_a_long_question_and_of_a_long_option_stay_together() -> None:
    item = only(aiken("Hỏi:\nviệc gì?\nA. một\nhai\nB. ba\nANSWER: A"))
    assert item.draft.stem == "Hỏi:\nviệc gì?"
    assert item.draft.options == ("một\nhai", "ba")


def test_an_item_without_answer_is_a_fault_and_the_next_is_read() -> None:
    first, second = aiken("Hỏi?\nA. một\nB. hai\n\n" + TWO.split("\n\n", maxsplit=1)[0]).items
    assert [(fault.place, fault.code) for fault in first.faults] == [("Câu 1 (dòng 1)", "no_key")]
    assert second.faults == ()


def test_an_answer_beyond_the_options_is_a_fault() -> None:
    assert codes(only(aiken("Hỏi?\nA. một\nB. hai\nANSWER: D")).faults) == ["key_outside"]


def test_an_answer_that_is_no_letter_is_no_key() -> None:
    assert codes(only(aiken("Hỏi?\nA. một\nB. hai\nANSWER: hai")).faults) == ["no_key"]


def test_several_letters_are_several_answers() -> None:
    draft = only(aiken("Hỏi?\nA. một\nB. hai\nC. ba\nANSWER: A, C")).draft
    assert (draft.kind, draft.key) == ("multiple", frozenset({0, 2}))


def test_true_and_false_are_known_by_their_words() -> None:
    assert only(aiken("Tròn?\nA. Đúng\nB. Sai\nANSWER: A")).draft.kind == "true_false"
