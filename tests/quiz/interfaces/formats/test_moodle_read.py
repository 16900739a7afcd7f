"""Moodle XML, as Moodle writes it."""

from quiz.drafts import ItemDraft
from tests.quiz.interfaces.formats.files import codes, moodle, only

CATEGORY = (
    '<question type="category"><category><text>$course$/top/Mặc định/Một cửa</text></category>'
    '<info format="html"><text></text></info></question>'
)


def choice(
    *answers: tuple[str, str],
    single: str = "true",
    stem: str = "<p>Chọn &lt;một&gt; phương án:</p><ol><li>x</li><li>y</li></ol>",
    extra: str = "",
) -> str:
    written = "".join(
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        '<feedback format="html"><text></text></feedback></answer>'
        for text, fraction in answers
    )
    return (
        '<question type="multichoice"><name><text>Câu mẫu</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
        '<generalfeedback format="html"><text><![CDATA[<p>Vì&nbsp;x.<br>Vì y.</p>]]></text>'
        "</generalfeedback>"
        f"<single>{single}</single><shuffleanswers>true</shuffleanswers>{extra}{written}</question>"
    )


def test_a_choice_of_one_in_its_category() -> None:
    item = only(moodle(CATEGORY + choice(("<p>một</p>", "100"), ("hai", "0"))))
    assert item.draft == ItemDraft(
        kind="single",
        stem="Chọn <một> phương án:\n1. x\n2. y",
        options=("một", "hai"),
        key=frozenset({0}),
        topic="Mặc định / Một cửa",
        rationale="Vì x.\nVì y.",
        row=3,
    )
    assert (item.label, item.confidence, item.notices) == ("Câu mẫu", 100, ())
    assert "<![CDATA[<p>một</p>]]>" in item.source


def test_several_answers_by_their_fractions() -> None:
    answers = ("a", "33.33333"), ("b", "33.33333"), ("c", "33.33333"), ("d", "-100")
    item = only(moodle(choice(*answers, single="false")))
    assert (item.draft.kind, item.draft.key) == ("multiple", frozenset({0, 1, 2}))
    assert item.notices == ()
    partly = only(moodle(choice(("a", "60"), ("b", "40"), ("c", "-25"), single="false")))
    assert partly.draft.key == frozenset({0, 1})
    assert codes(partly.notices) == ["fractions_left_out"]
    assert "60% 40% -25%" in partly.notices[0].message


def test_order_stays_where_moodle_does_not_shuffle() -> None:
    text = choice(("a", "100"), ("b", "0")).replace("<shuffleanswers>true", "<shuffleanswers>0")
    assert only(moodle(text)).draft.fixed_order


def test_true_and_false_whatever_their_order() -> None:
    item = only(
        moodle(
            '<question type="truefalse"><questiontext format="plain_text"><text>Tròn?</text>'
            '</questiontext><answer fraction="0"><text>false</text></answer>'
            '<answer fraction="100"><text>true</text><feedback><text>Đúng vậy</text></feedback>'
            "</answer></question>"
        )
    )
    assert (item.draft.kind, item.draft.options) == ("true_false", ("Đúng", "Sai"))
    assert (item.draft.key, item.draft.rationale) == (frozenset({0}), "Đúng vậy")


def test_short_answers_and_others_are_named_and_the_rest_goes_on() -> None:
    short = (
        '<question type="shortanswer"><name><text>Thủ đô</text></name><questiontext><text>?</text>'
        '</questiontext><answer fraction="100"><text>Hà Nội</text></answer></question>'
    )
    reading = moodle(f'{short}<question type="cloze"/>{choice(("a", "100"), ("b", "0"))}')
    assert len(reading.items) == 1
    assert [(fault.place, fault.message) for fault in reading.skipped] == [
        ("Câu 1 (dòng 3) “Thủ đô”", "Chưa nhập được loại câu “trả lời ngắn (shortanswer)”."),
        ("Câu 2 (dòng 3)", "Chưa nhập được loại câu “điền vào đoạn văn (cloze)”."),
    ]


def test_tags_give_level_and_citation_and_others_are_told() -> None:
    tags = "".join(
        f"<tag><text>{text}</text></tag>"
        for text in ("Mức độ: Khó", "Căn cứ: Luật 1, Điều 2", "Căn cứ: Luật 3", "tháng 9")
    )
    item = only(moodle(choice(("a", "100"), ("b", "0"), extra=f"<tags>{tags}</tags>")))
    assert (item.draft.level, item.draft.citation) == ("van_dung", "Luật 1, Điều 2\nLuật 3")
    assert (item.draft.tags, codes(item.notices)) == (("tháng 9",), ["level_mapped"])


def test_pictures_are_named() -> None:
    stem = '<p>Ảnh nào?<img src="@@PLUGINFILE@@/b%E1%BA%A3ng.png" alt="bảng"></p>'
    text = choice(("a", "100"), ("b", "0"), stem=stem).replace(
        "</text></questiontext>",
        '</text><file name="bảng.png" path="/" encoding="base64">aGVsbG8=</file></questiontext>',
    )
    item = only(moodle(text))
    assert codes(item.notices) == ["media_left_out"]
    assert "“bảng.png”" in item.notices[0].message
    assert "aGVsbG8=" not in item.source


def test_empty_answers_of_moodles_form_are_no_options() -> None:
    item = only(moodle(choice(("a", "100"), ("b", "0"), ("", "0"), ("", "0"))))
    assert item.draft.options == ("a", "b")


def test_a_fraction_that_is_no_number_is_a_fault_of_its_item() -> None:
    item = only(moodle(choice(("a", "100"), ("b", "nhiều"))))
    assert codes(item.faults) == ["unreadable_item"]


def test_plain_and_automatic_text_keep_their_lines_and_signs() -> None:
    text = choice(("a", "100"), ("b", "0")).replace(
        '<questiontext format="html"><text><![CDATA[',
        '<questiontext format="plain_text"><text><![CDATA[',
    )
    assert only(moodle(text)).draft.stem.startswith("<p>Chọn &lt;một&gt;")
