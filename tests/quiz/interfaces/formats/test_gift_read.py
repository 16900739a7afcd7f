"""GIFT as Moodle reads it."""

from unicodedata import normalize

from quiz.drafts import ItemDraft
from quiz.readings import Evidence, Mark
from tests.quiz.interfaces.formats.files import codes, gift, only

WEEK = "::Tuần:: Một tuần có mấy ngày? {\n\t~Năm ngày\n\t=Bảy ngày\n\t~Tám ngày\n}"


def test_a_choice_of_one_with_its_title_and_the_evidence_of_its_key() -> None:
    item = only(gift(WEEK))
    assert item.draft == ItemDraft(
        kind="single",
        stem="Một tuần có mấy ngày?",
        options=("Năm ngày", "Bảy ngày", "Tám ngày"),
        key=frozenset({1}),
        row=1,
    )
    assert item.label == "Tuần"
    assert item.source == WEEK
    assert item.evidence == (Evidence(Mark.STATED, frozenset({1}), "0% 100% 0%"),)
    assert item.confidence == 100
    assert (item.faults, item.notices) == ((), ())


def test_options_with_shares_of_the_marks_are_several_keys() -> None:
    item = only(gift("Chọn số chẵn {~%50%Hai ~%50%Bốn ~%-100%Ba}"))
    assert (item.draft.kind, item.draft.key) == ("multiple", frozenset({0, 1}))
    assert item.notices == ()


def test_shares_that_an_item_of_ours_cannot_say_are_told() -> None:
    item = only(gift("Chọn số chẵn {~%70%Hai ~%30%Bốn ~%-20%Ba}"))
    assert item.draft.key == frozenset({0, 1})
    assert codes(item.notices) == ["fractions_left_out"]
    half_right = only(gift("Ai sinh ở đây? {=Nam ~%50%Bắc ~Đông}"))
    assert (half_right.draft.kind, half_right.draft.key) == ("single", frozenset({0}))
    assert codes(half_right.notices) == ["fractions_left_out"]


def test_true_and_false_in_each_spelling() -> None:
    for word, key in (("T", 0), ("TRUE", 0), ("F", 1), ("FALSE", 1)):
        draft = only(gift(f"Trái đất tròn.{{{word}}}")).draft
        assert (draft.kind, draft.options) == ("true_false", ("Đúng", "Sai"))
        assert (draft.key, draft.fixed_order) == (frozenset({key}), True)


def test_general_feedback_is_the_rationale() -> None:
    item = only(gift("Hỏi? {=Một ~Hai ####Vì một là đủ.}"))
    assert item.draft.rationale == "Vì một là đủ."
    assert item.draft.options == ("Một", "Hai")


def test_without_it_the_feedback_of_the_right_answer_is_and_the_others_are_told() -> None:
    item = only(gift("Hỏi? {=Một #Đúng rồi ~Hai #Nhầm}"))
    assert item.draft.rationale == "Đúng rồi"
    assert codes(item.notices) == ["feedback_left_out"]
    truth = only(gift("Hỏi? {TRUE#Nhầm#Đúng rồi}"))
    assert truth.draft.rationale == "Đúng rồi"


def test_escaped_marks_are_letters_and_backslash_n_is_a_line() -> None:
    item = only(gift(r"x \= 1\:\n- \{a\}\n- C\:\\n {=\~1 ~\#2 ~50\%}"))
    assert item.draft.stem == "x = 1:\n- {a}\n- C:\\n"
    assert item.draft.options == ("~1", "#2", r"50\%")


def test_a_category_is_the_topic_until_the_next() -> None:
    text = "$CATEGORY: $course$/top/CCHC/Một cửa\n\nA? {=a ~b}\n\n$CATEGORY: Một//Hai\n\nB? {=a ~b}"
    assert [item.draft.topic for item in gift(text).items] == ["CCHC / Một cửa", "Một/Hai"]


def test_comments_are_left_out_and_tags_in_them_are_read() -> None:
    text = (
        "// ghi chú {~}\n// [id:7] [tag:Mức độ: Vận dụng] [tag:Căn cứ: Luật 1, Điều 2] [tag:Thử]\n"
    )
    item = only(gift(text + "A?\n// giữa chừng\n{=a ~b}"))
    assert (item.draft.stem, item.draft.level) == ("A?", "van_dung")
    assert item.draft.citation == "Luật 1, Điều 2"
    assert (item.draft.tags, item.notices) == (("Thử",), ())


def test_tags_beyond_what_an_item_may_have_are_told() -> None:
    item = only(gift(f"// [tag:{'dài ' * 20}] [tag:ngắn]\nA? {{=a ~b}}"))
    assert item.draft.tags == ("ngắn",)
    assert codes(item.notices) == ["tags_left_out"]


def test_a_missing_word_leaves_a_blank_and_says_so() -> None:
    item = only(gift("Thủ đô là {=Hà Nội ~Huế} của Việt Nam."))
    assert item.draft.stem == "Thủ đô là _____ của Việt Nam."
    assert codes(item.notices) == ["stem_with_blank"]


def test_html_becomes_text_and_plain_text_stays() -> None:
    item = only(gift("[html]<p>Chọn <b>một</b>\\:</p><ul><li>a</li></ul> {=[plain]<b> ~a &amp; b}"))
    assert item.draft.stem == "Chọn một:\n- a"
    assert item.draft.options == ("<b>", "a & b")


def test_other_types_are_named_with_their_place_and_the_rest_goes_on() -> None:
    text = "A? {=a =b}\n\nB? {#5:1}\n\nC? {}\n\nD? {=a -> b =c -> d}\n\nChỉ đọc\n\nE? {=a ~b}"
    reading = gift(text)
    assert [item.draft.stem for item in reading.items] == ["E?"]
    assert [(fault.place, fault.message) for fault in reading.skipped] == [
        ("Câu 1 (dòng 1)", "Chưa nhập được loại câu “trả lời ngắn (shortanswer)”."),
        ("Câu 2 (dòng 3)", "Chưa nhập được loại câu “điền số (numerical)”."),
        ("Câu 3 (dòng 5)", "Chưa nhập được loại câu “tự luận (essay)”."),
        ("Câu 4 (dòng 7)", "Chưa nhập được loại câu “ghép đôi (match)”."),
        ("Câu 5 (dòng 9)", "Chưa nhập được loại câu “đoạn giới thiệu (description)”."),
    ]


def test_braces_that_do_not_close_leave_one_item_out() -> None:
    reading = gift("A? {=a ~b\n\nB? {=a ~b}")
    assert codes(reading.skipped) == ["unreadable_item"]
    assert [item.draft.row for item in reading.items] == [3]


def test_what_is_wrong_with_an_item_is_told_at_its_place() -> None:
    item = only(gift("\n\nA? {~a ~b}"))
    assert [(fault.place, fault.code) for fault in item.faults] == [("Câu 1 (dòng 3)", "no_key")]
    assert (item.confidence, item.evidence) == (0, ())


def test_letters_that_speak_of_others_keep_their_order_with_a_notice() -> None:
    item = only(gift("A? {~a ~b =Cả A và B}"))
    assert item.draft.fixed_order
    assert codes(item.notices) == ["order_fixed"]


def test_decomposed_letters_speak_of_others_too() -> None:
    item = only(gift(normalize("NFD", "A? {~a ~b =Tất cả phương án trên đều đúng}")))
    assert item.draft.fixed_order
