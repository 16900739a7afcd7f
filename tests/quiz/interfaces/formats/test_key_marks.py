"""The ways a text says which option is right, and how firmly each is believed."""

import pytest

from quiz.readings import CERTAIN, Mark
from tests.quiz.interfaces.formats.text_files import keys, only, read

OPTIONS = "A. Năm ngày\nB. Sáu ngày\nC. Bảy ngày"
ITEM = f"Câu 1: Một tuần có mấy ngày?\n{OPTIONS}"


@pytest.mark.parametrize(
    "line",
    [
        "Đáp án: C", "Đáp án C", "ĐÁP ÁN: C", "Đáp án: c", "Đáp án đúng là: C. Bảy ngày",
        "Đáp án đúng: C", "Đáp án là C", "Đáp án - C", "Đáp án: (C)", "[Đáp án: C]", "=> Đáp án C",
        "ĐA: C", "Đ/A: C", "Trả lời: C", "Chọn C", "Chọn đáp án C", "Phương án đúng: C",
        "Answer: C", "Key: C", "• C. a;", "• C", "→ C", "C", "Đáp án:\nC", "**Đáp án: C**",
        "Đáp án:C", "Đáp án: C.", "Đáp án: Câu C", "Đáp án: 3",
    ],
)  # fmt: skip
def test_answer_line(line):
    item = only(read(f"{ITEM}\n{line}"))
    assert item.draft.key == {2}
    assert [evidence.mark for evidence in item.evidence] == [Mark.ANSWER_LINE]
    assert item.confidence == (80 if "3" in line else CERTAIN)
    assert item.draft.options == ("Năm ngày", "Sáu ngày", "Bảy ngày")
    assert item.draft.rationale == ""


@pytest.mark.parametrize("line", ["Đáp án: Bảy ngày", "Đáp án đúng là: bảy ngày."])
def test_words_of_the_right_option_repeated(line):
    item = only(read(f"{ITEM}\n{line}"))
    assert (item.draft.key, item.confidence) == ({2}, CERTAIN)
    assert item.evidence[0].mark == Mark.OPTION_TEXT


def test_letter_with_the_words_of_another_option_is_not_believed():
    item = only(read(f"{ITEM}\nĐáp án: A. Bảy ngày"))
    assert item.draft.key == {0}
    assert item.confidence < 50


def test_letter_that_no_option_has_is_a_fault():
    item = only(read(f"{ITEM}\nĐáp án: D"))
    assert [fault.code for fault in item.faults] == ["key_outside"]


@pytest.mark.parametrize("line", ["Đáp án: A, C", "Đáp án: A và C", "Đáp án: AC", "Đáp án: a; c"])
def test_several_right_options(line):
    item = only(read(f"{ITEM}\n{line}"))
    assert (item.draft.key, item.draft.kind) == ({0, 2}, "multiple")
    assert [notice.code for notice in item.notices] == ["read_as_multiple"]


def test_words_behind_the_letter_explain_it():
    item = only(read(f"{ITEM}\nĐáp án: C. Vì lịch chia như thế."))
    assert item.draft.key == {2}
    assert item.draft.rationale == "Vì lịch chia như thế."


def test_words_about_marks_explain_nothing():
    item = only(read(f"{ITEM}\nĐáp án: C Bài chọn đáp án C được 5 điểm."))
    assert (item.draft.key, item.draft.rationale) == ({2}, "")


def test_basis_in_brackets_behind_the_right_option_is_no_part_of_it():
    item = only(read(ITEM + " (đáp án đúng – điểm a khoản 2 Điều 5 Quy chế lịch)"))
    assert item.draft.options[2] == "Bảy ngày"
    assert item.draft.citation == "điểm a khoản 2 Điều 5 Quy chế lịch"
    assert item.draft.key == {2}
    assert [evidence.mark for evidence in item.evidence] == [Mark.INLINE]


def test_brackets_within_the_basis_stay_together():
    item = only(read(ITEM + " (đáp án đúng - khoản 2 (sửa đổi) Điều 5)"))
    assert item.draft.citation == "khoản 2 (sửa đổi) Điều 5"
    assert item.draft.options[2] == "Bảy ngày"


def test_brackets_that_say_something_else_stay():
    item = only(read(ITEM + " (đúng quy định)\nĐáp án: A"))
    assert item.draft.options[2] == "Bảy ngày (đúng quy định)"
    assert item.draft.key == {0}


@pytest.mark.parametrize("star", ["*{}. ", "* {}. ", "{}.* "])
def test_star_before_the_right_option(star):
    text = "\n".join(
        f"Câu {n}: Hỏi {n}?\n"
        + "\n".join(
            (star.format(x) if x == right else f"{x}. ") + f"ý {x.lower()}{n}" for x in "ABC"
        )
        for n, right in enumerate("BCAB", 1)
    )
    reading = read(text)
    assert keys(reading) == [*"BCAB"]
    assert {e.mark for item in reading.items for e in item.evidence} == {Mark.STAR}
    assert {item.confidence < CERTAIN for item in reading.items} == {True}


def test_stars_before_all_options_are_bullets():
    assert only(read("Câu 1: Hỏi?\n* A. một\n* B. hai\nĐáp án: B")).draft.key == {1}
    assert only(read("Câu 1: Hỏi?\n* A. một\n* B. hai")).draft.key == frozenset()


def test_bold_of_markdown():
    text = "\n".join(
        f"**Câu {n}.** Hỏi {n}?\n"
        + "\n".join(f"**{x}. ý {x}**" if x == right else f"{x}. ý {x}" for x in "ABC")
        for n, right in enumerate("BCAB", 1)
    )
    reading = read(text)
    assert keys(reading) == [*"BCAB"]
    assert reading.items[0].draft.options == ("ý A", "ý B", "ý C")
    assert "**B. ý B**" in reading.items[0].source


def test_key_before_the_options():
    assert only(read(f"Câu 1 (Đáp án C): Một tuần có mấy ngày?\n{OPTIONS}")).draft.key == {2}


def test_only_the_right_option_is_printed():
    reading = read(
        "Câu 1: Một tuần có mấy ngày?\nC. Bảy ngày\nCâu 2: Biển nào mặn?\nĐáp án: Biển Chết"
    )
    assert [item.draft.options for item in reading.items] == [("Bảy ngày",), ("Biển Chết",)]
    for item in reading.items:
        assert item.evidence[0].mark == Mark.ONLY_OPTION
        assert item.confidence < CERTAIN
        assert "few_options" in {fault.code for fault in item.faults}


def test_item_without_any_sign_has_no_key():
    item = only(read(ITEM))
    assert (item.draft.key, item.confidence, item.evidence) == (frozenset(), 0, ())
    assert [fault.code for fault in item.faults] == ["no_key"]


THREE = "".join(f"Câu {n}: Hỏi {n}?\nA. một {n}\nB. hai {n}\nC. ba {n}\n" for n in (1, 2, 3))


@pytest.mark.parametrize(
    "table",
    [
        "1.C 2.A 3.B", "1C, 2A, 3B", "1-C; 2-A; 3-B", "Câu 1: C\nCâu 2: A\nCâu 3: B",
        "1. C\n2. A\n3. B", "1 C 2 A 3 B", "Câu 1 2 3\nĐáp án C A B", "1\t2\t3\nC\tA\tB",
        "1. c | 2. a | 3. b", "Câu 1: Đáp án C\nCâu 2: Đáp án A\nCâu 3: Đáp án B",
        "Câu 1: Chọn C.\nCâu 2: Chọn A.\nCâu 3: Chọn B.",
        "Câu 1. Đáp án đúng là: C. ba 1\nCâu 2. Đáp án đúng là: A. một 2\n"
        "Câu 3. Đáp án đúng là: B. hai 3",
    ],
)  # fmt: skip
def test_list_of_answers_at_the_end(table):
    reading = read(f"{THREE}\nĐÁP ÁN\n{table}")
    assert keys(reading) == ["C", "A", "B"]
    assert {item.confidence for item in reading.items} == {CERTAIN}
    assert {e.mark for item in reading.items for e in item.evidence} == {Mark.ANSWER_TABLE}
    assert [notice.code for notice in reading.notices] == ["key_list_used"]


def test_explanations_in_the_list_of_answers_go_to_their_items():
    reading = read(f"{THREE}\nĐÁP ÁN\nCâu 1: C. Giải thích: Vì thế.\nCâu 2: A\nCâu 3: B. Vì kia.")
    assert keys(reading) == ["C", "A", "B"]
    assert [item.draft.rationale for item in reading.items] == ["Vì thế", "", "Vì kia"]


def test_list_behind_each_section_belongs_to_it():
    reading = read(f"PHẦN I\n{THREE}\nĐÁP ÁN\n1.C 2.A 3.B\nPHẦN II\n{THREE}\nĐÁP ÁN\n1.A 2.B 3.C")
    assert keys(reading) == [*"CABABC"]
    assert {item.confidence for item in reading.items} == {CERTAIN}


def test_lists_of_all_sections_at_the_end_are_believed_a_little_less():
    reading = read(f"PHẦN I\n{THREE}PHẦN II\n{THREE}\nĐÁP ÁN\n1.C 2.A 3.B\nPHẦN II\n1.A 2.B 3.C")
    assert keys(reading) == [*"CABABC"]
    assert {item.confidence for item in reading.items} == {90}


def test_one_list_for_sections_that_begin_anew_is_left_to_a_person():
    reading = read(f"PHẦN I\n{THREE}PHẦN II\n{THREE}\nĐÁP ÁN\n1.C 2.A 3.B")
    assert keys(reading) == [""] * 6
    assert "key_list_unmatched" in {each.code for each in reading.skipped}
