"""Moodle XML in: multiple choice, true/false; other types are named and left out."""

from typing import BinaryIO

from lxml import etree

from accounts.errors import Fault
from quiz.drafts import STEM
from quiz.interfaces.excel.items_keys import TRUE_FALSE as TRUE_FALSE_OPTIONS
from quiz.interfaces.formats.categories import read_category
from quiz.interfaces.formats.extras import read_labels
from quiz.interfaces.formats.found import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    Found,
    made,
)
from quiz.interfaces.formats.fractions import FULL, apply_fractions, read_fraction
from quiz.interfaces.formats.markup import Shown, html_text, looks_like_html
from quiz.interfaces.formats.media_contents import Contents, moodle_contents
from quiz.interfaces.formats.refusals import NotOfThisFormat, TooManyItems
from quiz.interfaces.formats.safe_xml import parse_xml
from quiz.interfaces.formats.sentences import place_in_file, said, unsupported
from quiz.interfaces.formats.texts import MOST_ITEMS, read_whole
from quiz.readings import Reading, ReadItem

FORMAT = "moodle"
_CUT_FILE = "…"


def read_moodle(source: BinaryIO, *, name: str) -> Reading:
    """All items of a Moodle XML file. Raises UnreadableFile."""
    root = parse_xml(read_whole(source))
    if root.tag != "quiz":
        raise NotOfThisFormat.named("Moodle XML")
    items: list[ReadItem] = []
    skipped: list[Fault] = []
    topic = ""
    number = 0
    for question in root.iterchildren("question"):
        type = question.get("type", "")
        if type == "category":
            topic = read_category(_text(question, "category/text"))
            continue
        number += 1
        if number > MOST_ITEMS:
            raise TooManyItems
        place = place_in_file(number, question.sourceline or 0)
        if type in ("multichoice", "truefalse"):
            items.append(_read(question, place, topic))
        else:
            skipped.append(_skipped(question, place, type))
    return Reading(FORMAT, tuple(items), tuple(skipped))


def _skipped(question: etree._Element, place: str, type: str) -> Fault:
    label = " ".join(_text(question, "name/text").split())[:80]
    return unsupported(f"{place} “{label}”" if label else place, type or "?")


def _read(question: etree._Element, place: str, topic: str) -> ReadItem:
    stem = _shown(question.find("questiontext"))
    general = _shown(question.find("generalfeedback"))
    contents = moodle_contents(question)
    found = Found(
        place=place,
        row=question.sourceline or 0,
        source=_source(question),
        label=_text(question, "name/text"),
        topic=topic,
        stem=stem.text,
        rationale=general.text,
        extras=read_labels(_text(tag, "text") for tag in question.iterfind("tags/tag")),
    )
    found.show(STEM, stem.media, contents.of)
    found.show(STEM, general.media)
    if question.get("type") == "truefalse":
        _read_truth(found, question)
    else:
        _read_choice(found, question, contents)
    found.show(STEM, contents.unused())
    return made(found)


def _read_choice(found: Found, question: etree._Element, contents: Contents) -> None:
    found.kind = SINGLE if _is_true(_text(question, "single") or "true") else MULTIPLE
    found.fixed_order = not _is_true(_text(question, "shuffleanswers"))
    fractions: list[float] = []
    feedbacks: list[str] = []
    for answer in question.iterchildren("answer"):
        option = _shown(answer)
        fraction = read_fraction(answer.get("fraction"))
        if not option.text.strip() and not option.media and not fraction:
            continue  # Moodle's form has room for more options than were filled in
        if fraction is None:
            found.faults.append(said("unreadable_item", found.place, "fraction"))
        found.show(len(found.options), option.media, contents.of)
        found.options.append(option.text)
        fractions.append(fraction or 0.0)
        feedbacks.append(_shown(answer.find("feedback")).text.strip())
    apply_fractions(found, fractions)
    _keep_feedback(found, feedbacks)


def _read_truth(found: Found, question: etree._Element) -> None:
    """“true” and “false”; old files wrote them in the site's language, true first."""
    found.kind, found.options = TRUE_FALSE, [*TRUE_FALSE_OPTIONS]
    feedbacks = ["", ""]
    for order, answer in enumerate(question.iterchildren("answer")):
        word = _text(answer, "text").strip().lower()
        place = {"true": 0, "false": 1}.get(word, min(order, 1))
        if read_fraction(answer.get("fraction")) == FULL:
            found.right.add(place)
        feedbacks[place] = _shown(answer.find("feedback")).text.strip()
    found.key_text = "fraction=100"
    _keep_feedback(found, feedbacks)


def _keep_feedback(found: Found, feedbacks: list[str]) -> None:
    """Without a general one, what is said to the right answer is the rationale."""
    if not found.rationale.strip():
        rights = [text for place, text in enumerate(feedbacks) if place in found.right]
        found.rationale = "\n".join(dict.fromkeys(filter(None, rights)))
    lost = [text for place, text in enumerate(feedbacks) if text and place not in found.right]
    if lost:
        found.note("feedback_left_out", "; ".join(lost)[:200])


def _shown(element: etree._Element | None) -> Shown:
    """A text by its format: HTML unless it says otherwise."""
    if element is None:
        return Shown("")
    text = _text(element, "text")
    format = element.get("format", "html")
    if format == "html" or (format == "moodle_auto_format" and looks_like_html(text)):
        return html_text(text)
    return Shown(text)


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "".join(found.itertext()) if found is not None else ""


def _is_true(text: str) -> bool:
    return text.strip().lower() not in ("", "false", "0")


def _source(question: etree._Element) -> str:
    """The passage as it stands, except that the bytes of files in it are cut."""
    for file in question.iter("file"):
        if file.text and len(file.text) > len(_CUT_FILE):
            file.text = _CUT_FILE
    return etree.tostring(question, encoding="unicode", with_tail=False)
