"""Items in plain text, written the ways people write them."""

import unicodedata

import pytest

from quiz.readings import CERTAIN, Mark
from tests.quiz.interfaces.formats.text_files import keys, only, read, shapes

DAYS = ("Một tuần có mấy ngày?", ("Năm", "Sáu", "Bảy"), "C")
SEAS = ("Biển nào mặn nhất?", ("Biển Chết", "Biển Đen"), "A")


def test_item_with_an_answer_line_is_certain():
    item = only(read("Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n"))
    assert (item.draft.stem, item.draft.options, item.draft.key) == (*DAYS[:2], {2})
    assert item.confidence == CERTAIN
    assert [evidence.mark for evidence in item.evidence] == [Mark.ANSWER_LINE]
    assert item.label == "Câu 1"
    assert item.source == "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C"


@pytest.mark.parametrize(
    "marker",
    [
        "Câu {}:", "Câu {}.", "Câu 0{}:", "CÂU {}:", "Câu hỏi {}:", "Câu hỏi số {}.",
        "**Câu {}.**", "{}.", "{})", "{}/", "Question {}:", "------Câu hỏi {}:", "Câu {} ",
        "Câu {} (NB):", "Câu {} -", "Cau {}:", "Cầu {}.", "* Câu {}:", "# Câu {}:",
    ],
)  # fmt: skip
def test_item_marker(marker):
    text = "\n".join(
        f"{marker.format(number)} {stem}\nA. một\nB. hai\nĐáp án: B"
        for number, stem in enumerate(["Một?", "Hai?", "Ba?"], 1)
    )
    reading = read(text)
    assert shapes(reading) == [(stem, ("một", "hai"), "B") for stem in ["Một?", "Hai?", "Ba?"]]
    assert [item.label for item in reading.items] == ["Câu 1", "Câu 2", "Câu 3"]


@pytest.mark.parametrize(
    "options",
    [
        "A. Năm\nB. Sáu\nC. Bảy", "A.Năm\nB.Sáu\nC.Bảy", "A) Năm\nB) Sáu\nC) Bảy",
        "a) Năm\nb) Sáu\nc) Bảy", "a/ Năm\nb/ Sáu\nc/ Bảy", "a. Năm\nb. Sáu\nc. Bảy",
        "A.\tNăm\nB.\tSáu\nC.\tBảy", "A. Năm\tB. Sáu\nC. Bảy", "A. Năm   B. Sáu   C. Bảy",
        "A. Năm B. Sáu C. Bảy", "a) Năm; b) Sáu; c) Bảy", "(A) Năm\n(B) Sáu\n(C) Bảy",
        "[A] Năm\n[B] Sáu\n[C] Bảy", "A: Năm\nB: Sáu\nC: Bảy", "A - Năm\nB - Sáu\nC - Bảy",
        "- A. Năm\n- B. Sáu\n- C. Bảy", "A\tNăm\nB\tSáu\nC\tBảy", "\n\nA. Năm\n\nB. Sáu\n\nC. Bảy",
        "1. Năm\n2. Sáu\n3. Bảy", "- Năm\n- Sáu\n- Bảy",
    ],
)  # fmt: skip
def test_options(options):
    text = f"Câu 1: Một tuần có mấy ngày?\n{options}\nĐáp án: Bảy"
    item = only(read(text))
    assert tuple(option.rstrip(";") for option in item.draft.options) == DAYS[1]
    assert item.draft.key == {2}


def test_all_of_many_items_in_one_paragraph():
    text = (
        "Câu 1: Một tuần có mấy ngày? A. Năm B. Sáu C. Bảy Đáp án: C "
        "Câu 2: Biển nào mặn nhất? A. Biển Chết B. Biển Đen Đáp án: A"
    )
    assert shapes(read(text)) == [DAYS, SEAS]


def test_two_to_eight_options():
    for count in range(2, 9):
        letters = "ABCDEFGH"[:count]
        text = "Câu 1: Chọn?\n" + "\n".join(f"{x}. số {n}" for n, x in enumerate(letters))
        item = only(read(f"{text}\nĐáp án: {letters[-1]}"))
        assert len(item.draft.options) == count
        assert item.draft.key == {count - 1}


def test_vietnamese_letter_stands_between_d_and_e():
    letters = "a) một\nb) hai\nc) ba\nd) bốn\nđ) năm\ne) sáu"
    item = only(read(f"Câu 1: Chọn?\n{letters}\nĐáp án: đ"))
    assert item.draft.options == ("một", "hai", "ba", "bốn", "năm", "sáu")
    assert item.draft.key == {4}


def test_text_wraps_over_lines_and_a_page_number_stands_between():
    text = (
        "Câu 1: Cơ quan nào có thẩm quyền\n- 12 -\nban hành văn bản này?\n"
        "A. Cơ quan thứ nhất và các\ncơ quan cùng cấp\nB. Cơ quan thứ hai\n13\nC. Cơ quan thứ ba\n"
        "của cả nước\nĐáp án: C"
    )
    item = only(read(text))
    assert item.draft.stem == "Cơ quan nào có thẩm quyền ban hành văn bản này?"
    assert item.draft.options == (
        "Cơ quan thứ nhất và các cơ quan cùng cấp",
        "Cơ quan thứ hai",
        "Cơ quan thứ ba của cả nước",
    )
    assert [(r.kind.value, r.field) for r in item.repairs] == [
        ("page_number", "stem"),
        ("page_number", "option:1"),
    ]


def test_numbering_may_start_anywhere_and_begin_anew_with_each_heading():
    reading = read(
        "CHƯƠNG I. THỜI GIAN\nCâu 21: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n"
        "Chương II: Địa lý\nCâu 1: Biển nào mặn nhất?\nA. Biển Chết\nB. Biển Đen\nĐáp án: A"
    )
    assert shapes(reading) == [DAYS, SEAS]
    topics = [item.draft.topic for item in reading.items]
    assert topics == ["CHƯƠNG I. THỜI GIAN", "Chương II: Địa lý"]
    assert [item.label for item in reading.items] == ["Câu 21", "Câu 1 (Chương II: Địa lý)"]


def test_statements_counted_in_a_stem_are_no_items():
    text = (
        "1. Cho các ý sau:\n1. Một\n2. Hai\n3. Ba\nCó mấy ý đúng?\nA. Một ý\nB. Hai ý\nĐáp án: B\n"
        "2. Biển nào mặn nhất?\nA. Biển Chết\nB. Biển Đen\nĐáp án: A"
    )
    stem = "Cho các ý sau: 1. Một 2. Hai 3. Ba Có mấy ý đúng?"
    assert shapes(read(text)) == [(stem, ("Một ý", "Hai ý"), "B"), SEAS]


def test_lettered_statements_in_a_stem_are_no_options():
    text = "Câu 1: Cho các ý:\na) một\nb) hai\nÝ nào đúng?\nA. Ý a\nB. Ý b\nĐáp án: B"
    assert shapes(read(text)) == [
        ("Cho các ý: a) một b) hai Ý nào đúng?", ("Ý a", "Ý b"), "B")
    ]  # fmt: skip


def test_cited_points_are_no_options():
    text = (
        "Câu 1: Chọn câu đúng theo điểm a) khoản 1?\na) Theo điểm b) khoản 3\n"
        "b) Theo điểm c) khoản 4\nc) Theo a) và b)\nĐáp án: a"
    )
    options = ("Theo điểm b) khoản 3", "Theo điểm c) khoản 4", "Theo a) và b)")
    assert shapes(read(text)) == [("Chọn câu đúng theo điểm a) khoản 1?", options, "A")]


def test_items_without_any_number():
    text = (
        "Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n\n"
        "Biển nào mặn nhất?\nA. Biển Chết\nB. Biển Đen\nĐáp án: A"
    )
    reading = read(text)
    assert shapes(reading) == [DAYS, SEAS]
    assert {n.code for item in reading.items for n in item.notices} == {"number_missing"}


def test_item_that_lost_its_number_stands_by_itself():
    text = (
        "Câu 1: Một?\nA. một\nB. hai\nĐáp án: A\nHai?\nA. ba\nB. bốn\nĐáp án: B\n"
        "3: Ba?\nA. năm\nB. sáu\nĐáp án: A\nCâu 4: Bốn?\nA. bảy\nB. tám\nĐáp án: B"
    )
    assert [(stem, key) for stem, _options, key in shapes(read(text))] == [
        ("Một?", "A"), ("Hai?", "B"), ("Ba?", "A"), ("Bốn?", "B"),
    ]  # fmt: skip


def test_doubled_letter_is_told():
    item = only(read("Câu 1: Chọn?\nA. một\nB. hai\nC. ba\nC. bốn\nĐáp án: C"))
    assert item.draft.options == ("một", "hai", "ba", "bốn")
    assert item.confidence < CERTAIN
    assert [notice.code for notice in item.notices] == ["letters_out_of_order"]


def test_essay_with_marking_notes_is_reported_and_no_choice_item():
    reading = read(
        "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n"
        "Câu 2: Trình bày ý kiến của anh (chị), không quá 500 từ.\n"
        "a. Nêu được khái niệm: được 2 điểm\nb. Nêu được ý nghĩa: được 3 điểm"
    )
    assert shapes(reading) == [DAYS]
    (essay,) = reading.skipped
    assert (essay.code, essay.place) == ("essay_item", "Câu 2")
    assert essay.source.endswith("được 3 điểm")


def test_what_stands_around_items_is_left_out_by_name():
    reading = read(
        "Bộ câu hỏi do tổ soạn thảo gửi.\nCâu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\n"
        "Đáp án: C\n\nXem thêm ở trang sau.\n\nCâu 2: Biển nào mặn nhất?\nA. Biển Chết\n"
        "B. Biển Đen\nĐáp án: A\n--- HẾT ---"
    )
    assert shapes(reading) == [DAYS, SEAS]
    assert [(each.place, each.code, each.source) for each in reading.skipped] == [
        ("Dòng 1", "left_out", "Bộ câu hỏi do tổ soạn thảo gửi."),
        ("Dòng 8", "left_out", "Xem thêm ở trang sau."),
        ("Dòng 14", "left_out", "--- HẾT ---"),
    ]


def test_options_that_speak_of_others_keep_their_order():
    item = only(read("Câu 1: Chọn?\nA. một\nB. hai\nC. Cả A và B đều đúng\nĐáp án: C"))
    assert item.draft.fixed_order
    assert [notice.code for notice in item.notices] == ["order_fixed"]


def test_true_or_false():
    reading = read(
        "Câu 1: Mặt trời mọc ở hướng đông.\nĐáp án: Đúng\n"
        "Câu 2: Nước sôi ở 60 độ.\nA. Đúng\nB. Sai\nĐáp án: Sai"
    )
    assert [item.draft.kind for item in reading.items] == ["true_false", "true_false"]
    assert keys(reading) == ["A", "B"]


def test_explanation_basis_level_and_topic_go_to_their_fields():
    item = only(
        read(
            "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Sáu\nC. Bảy\nĐáp án: C\n"
            "Giải thích: Lịch chia tuần\nlàm bảy ngày.\nCăn cứ: Điều 3 Quy chế lịch\n"
            "Mức độ: Thông hiểu\nChủ đề: Lịch"
        )
    )
    draft = item.draft
    assert draft.rationale == "Lịch chia tuần làm bảy ngày."
    assert (draft.citation, draft.level, draft.topic) == (
        "Điều 3 Quy chế lịch", "thong_hieu", "Lịch",
    )  # fmt: skip


def test_decomposed_and_lookalike_letters_are_proposed_repairs():
    text = "Câu 1: Nước nào?\nA. Trƣờng Sơn\nB. Bảy\nĐáp án: A"
    item = only(read(unicodedata.normalize("NFD", text)))
    assert item.draft.stem == "Nước nào?"
    assert item.draft.options == ("Trường Sơn", "Bảy")
    assert [(r.kind.value, r.field) for r in item.repairs] == [
        ("decomposed", "stem"),
        ("decomposed", "option:0"),
        ("lookalike", "option:0"),
        ("decomposed", "option:1"),
    ]
    assert item.source == unicodedata.normalize("NFD", text)


def test_options_without_a_stem_take_the_passage_above():
    item = only(read("Chọn từ khác loại trong các từ sau.\nCâu 1: A. bàn B. ghế C. mèo\nĐáp án: C"))
    assert item.draft.stem == "Chọn từ khác loại trong các từ sau."
    assert "stem_from_above" in {notice.code for notice in item.notices}


def test_file_without_items_says_so():
    reading = read("Kính gửi các đồng chí.")
    assert reading.items == ()
    assert [each.code for each in reading.skipped] == ["left_out"]
