"""Moodle XML out, as plain text, so that nothing in an item is taken for HTML.

Only a text that has a picture is HTML. What Moodle has no field for stands in tags: “Mức độ: Nhận
biết”, “Căn cứ: …”.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import BinaryIO

from lxml import etree

from accounts.errors import Fault
from quiz.drafts import STEM, ItemDraft
from quiz.interfaces.excel.items_keys import TRUE_FALSE as TRUE_FALSE_OPTIONS
from quiz.interfaces.formats.categories import write_category
from quiz.interfaces.formats.extras import labels_of
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE
from quiz.interfaces.formats.fractions import fractions_of
from quiz.interfaces.formats.media_written import Written, media_told, pictures_of
from quiz.interfaces.formats.texts import visible
from quiz.interfaces.formats.writing import item_title, numbered

_PLAIN = "plain_text"


def write_moodle(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write the items; sounds alone are left behind, and told."""
    topic = ""
    with etree.xmlfile(target, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("quiz"):
            for number, draft in numbered(items):
                if draft.topic != topic:
                    topic = draft.topic
                    file.write(_category(topic), pretty_print=True)
                file.write(_question(number, draft), pretty_print=True)
    return media_told(items, pictures=True)


def _category(topic: str) -> etree._Element:
    question = etree.Element("question", type="category")
    _add_text(etree.SubElement(question, "category"), write_category(topic))
    return question


def _question(number: int, draft: ItemDraft) -> etree._Element:
    is_truth = draft.kind == TRUE_FALSE and draft.options == TRUE_FALSE_OPTIONS
    question = etree.Element("question", type="truefalse" if is_truth else "multichoice")
    _add_text(etree.SubElement(question, "name"), item_title(number))
    pictures = pictures_of(draft)
    _add_shown(question, "questiontext", draft.stem, STEM, pictures)
    _add_plain(question, "generalfeedback", draft.rationale)
    for name, value in (("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0")):
        etree.SubElement(question, name).text = value
    etree.SubElement(question, "idnumber")
    if is_truth:
        told_kind, told_order = TRUE_FALSE, True
        _add_answers(question, ("true", "false"), ["0", "100"] if 1 in draft.key else ["100", "0"])
    else:
        told_kind = MULTIPLE if draft.kind == MULTIPLE else SINGLE
        told_order = draft.fixed_order
        _add_choice(question, draft, pictures)
    _add_tags(question, list(labels_of(draft, told_kind, told_order=told_order)))
    return question


def _add_choice(question: etree._Element, draft: ItemDraft, pictures: Sequence[Written]) -> None:
    settings = (
        ("single", "false" if draft.kind == MULTIPLE else "true"),
        ("shuffleanswers", "false" if draft.fixed_order else "true"),
        ("answernumbering", "ABCD"),
    )
    for name, value in settings:
        etree.SubElement(question, name).text = value
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _add_plain(question, name, "")
    fractions = fractions_of(draft.kind, draft.key, len(draft.options))
    _add_answers(question, draft.options, fractions, pictures)


def _add_answers(
    question: etree._Element,
    options: Sequence[str],
    fractions: Sequence[str],
    pictures: Sequence[Written] = (),
) -> None:
    for place, (option, fraction) in enumerate(zip(options, fractions, strict=True)):
        answer = _add_shown(question, "answer", option, place, pictures)
        answer.set("fraction", fraction)
        _add_plain(answer, "feedback", "")


def _add_tags(question: etree._Element, labels: Sequence[str]) -> None:
    if not labels:
        return
    tags = etree.SubElement(question, "tags")
    for label in labels:
        _add_text(etree.SubElement(tags, "tag"), label)


def _add_shown(
    parent: etree._Element, name: str, text: str, place: int, pictures: Sequence[Written]
) -> etree._Element:
    """A text with its pictures below it; without any it is plain."""
    shown = [picture for picture in pictures if picture.place == place]
    if not shown:
        return _add_plain(parent, name, text)
    element = etree.SubElement(parent, name, format="html")
    lines = f"<p>{escape(text)}</p>".replace("\n", "<br>")
    images = "".join(
        f'<p><img src="@@PLUGINFILE@@/{picture.name}" alt="{escape(picture.alt)}"></p>'
        for picture in shown
    )
    _add_text(element, lines + images)
    for picture in shown:
        file = etree.SubElement(element, "file", name=picture.name, path="/", encoding="base64")
        file.text = b64encode(picture.content).decode()
    return element


def _add_plain(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name, format=_PLAIN)
    _add_text(element, text)
    return element


def _add_text(parent: etree._Element, text: str) -> None:
    etree.SubElement(parent, "text").text = visible(text)
