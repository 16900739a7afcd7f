"""Moodle XML with the fields that Moodle's own import looks for."""

import io
from dataclasses import replace

from lxml import etree

from quiz.drafts import ItemDraft
from quiz.interfaces.formats.moodle_write import write_moodle

ONE = ItemDraft("single", "Một & <hai>?", ("a", "b"), frozenset({1}), row=3)


def written(*items: ItemDraft) -> etree._Element:
    out = io.BytesIO()
    assert write_moodle(items, out) == ()
    assert out.getvalue().startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<quiz>")
    return etree.fromstring(out.getvalue())


def answers(question: etree._Element) -> list[tuple[str | None, str | None]]:
    return [(a.findtext("text"), a.get("fraction")) for a in question.iterfind("answer")]


def test_a_choice_of_one() -> None:
    (question,) = written(ONE)
    assert question.get("type") == "multichoice"
    assert question.findtext("name/text") == "Câu 3"
    assert question.find("questiontext").get("format") == "plain_text"
    assert question.findtext("questiontext/text") == "Một & <hai>?"
    assert (question.findtext("single"), question.findtext("shuffleanswers")) == ("true", "true")
    assert answers(question) == [("a", "0"), ("b", "100")]
    assert question.find("tags") is None


def test_shares_of_several_answers_are_those_that_moodle_knows() -> None:
    three = replace(ONE, kind="multiple", options=("a", "b", "c", "d"), key=frozenset({0, 1, 3}))
    (question,) = written(three)
    assert question.findtext("single") == "false"
    assert [share for _text, share in answers(question)] == [
        "33.33333",
        "33.33333",
        "-100",
        "33.33333",
    ]


def test_true_and_false() -> None:
    (question,) = written(
        ItemDraft("true_false", "Tròn?", ("Đúng", "Sai"), frozenset({1}), fixed_order=True)
    )
    assert question.get("type") == "truefalse"
    assert answers(question) == [("true", "0"), ("false", "100")]


def test_a_topic_is_a_category_before_its_items() -> None:
    items = [replace(ONE, topic=topic) for topic in ("", "A/B", "A/B", "")]
    types = [
        (question.get("type"), question.findtext("category/text")) for question in written(*items)
    ]
    assert types == [
        ("multichoice", None),
        ("category", "$course$/top/A//B"),
        ("multichoice", None),
        ("multichoice", None),
        ("category", "$course$/top"),
        ("multichoice", None),
    ]


def test_level_and_citation_are_tags() -> None:
    (question,) = written(replace(ONE, level="nhan_biet", citation="Luật 1\nLuật 2"))
    assert [tag.findtext("text") for tag in question.iterfind("tags/tag")] == [
        "Mức độ: Nhận biết",
        "Căn cứ: Luật 1",
        "Căn cứ: Luật 2",
    ]
