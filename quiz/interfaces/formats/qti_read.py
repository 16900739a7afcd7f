"""QTI 2.1, 2.2 and 3.0 in: packages and single items with one choice interaction."""

from typing import BinaryIO

from lxml import etree

from accounts.errors import Fault
from quiz.drafts import STEM
from quiz.interfaces.excel.items_keys import is_true_false
from quiz.interfaces.formats.extras import read_labels
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE, Found, made
from quiz.interfaces.formats.fractions import read_fraction
from quiz.interfaces.formats.markup import element_text
from quiz.interfaces.formats.media_contents import Contents, package_contents
from quiz.interfaces.formats.qti_names import attribute, below, child, children, name_of
from quiz.interfaces.formats.qti_package import Part, open_package
from quiz.interfaces.formats.refusals import NotOfThisFormat, TooManyItems, UnreadableFile
from quiz.interfaces.formats.safe_xml import parse_xml
from quiz.interfaces.formats.sentences import said, unsupported
from quiz.interfaces.formats.texts import MOST_ITEMS, read_whole
from quiz.readings import Reading, ReadItem

FORMAT = "qti"
_ITEM, _CHOICE = "assessmentItem", "choiceInteraction"
_TEMPLATES = ("match_correct", "map_response")
_INLINE = "feedbackInline"
_FEEDBACKS = ("modalFeedback", "feedbackBlock", _INLINE)


def read_qti(source: BinaryIO, *, name: str) -> Reading:
    """All items of a QTI package or item file. Raises UnreadableFile."""
    package = open_package(read_whole(source), name)
    if len(package.parts) > MOST_ITEMS:
        raise TooManyItems
    items: list[ReadItem] = []
    skipped = [*package.skipped]
    alone = len(package.parts) == 1 and not skipped
    for part in package.parts:
        try:
            read = _read_part(part)
        except UnreadableFile as refused:
            if alone:
                raise
            read = Fault(part.name, refused.code, str(refused.message), str(refused.hint))
        (items if isinstance(read, ReadItem) else skipped).append(read)  # type: ignore[arg-type]
    return Reading(FORMAT, tuple(items), tuple(skipped))


def _read_part(part: Part) -> ReadItem | Fault:
    item = parse_xml(part.data)
    if name_of(item) != _ITEM:
        raise NotOfThisFormat.named("QTI")
    label = attribute(item, "title") or attribute(item, "identifier")
    place = f"{part.name} “{' '.join(label.split())[:80]}”" if label else part.name
    body = child(item, "itemBody")
    interactions = [each for each in below(body) if name_of(each).endswith("Interaction")]
    if len(interactions) != 1:
        return unsupported(place, "composite" if interactions else "description")
    interaction = interactions[0]
    if name_of(interaction) != _CHOICE:
        return unsupported(place, name_of(interaction))
    found = Found(
        place=place,
        row=1,
        source=etree.tostring(item, encoding="unicode", with_tail=False),
        label=attribute(item, "identifier"),
        extras=read_labels(part.labels),
    )
    return _read_choice(found, item, body, interaction, package_contents(part.media, part.name))


def _read_choice(
    found: Found,
    item: etree._Element,
    body: etree._Element,
    interaction: etree._Element,
    contents: Contents,
) -> ReadItem | Fault:
    identifier = attribute(interaction, "responseIdentifier")
    declared = next(
        (
            each
            for each in children(item, "responseDeclaration")
            if attribute(each, "identifier") == identifier
        ),
        None,
    )
    if declared is None:
        return said("unreadable_item", found.place, "responseDeclaration")
    cardinality = attribute(declared, "cardinality") or "single"
    if cardinality not in ("single", "multiple"):
        return unsupported(found.place, f"cardinality={cardinality}")
    _read_texts(found, body, interaction, contents)
    several = cardinality == "multiple" and attribute(interaction, "maxChoices") != "1"
    found.kind = MULTIPLE if several else TRUE_FALSE if _is_truth(found) else SINGLE
    choices = children(interaction, "simpleChoice")
    names = {attribute(choice, "identifier"): place for place, choice in enumerate(choices)}
    _read_order(found, interaction, choices)
    _read_key(found, item, declared, names)
    _read_feedback(found, item)
    return made(found)


def _read_texts(
    found: Found, body: etree._Element, interaction: etree._Element, contents: Contents
) -> None:
    apart = frozenset(
        each for each in below(body) if name_of(each) == "simpleChoice" or _is_said(each)
    )
    stem = element_text(body, apart)
    found.stem = stem.text
    found.show(STEM, stem.media, contents.of)
    for choice in children(interaction, "simpleChoice"):
        inner = frozenset(filter(_is_said, below(choice)))
        shown = element_text(choice, inner)
        found.show(len(found.options), shown.media, contents.of)
        found.options.append(shown.text)


def _is_said(element: etree._Element) -> bool:
    """Whether it is said after the answer or to scorers; a rubric for candidates is asked."""
    if name_of(element) == "rubricBlock":
        return "candidate" not in attribute(element, "view").split()
    return name_of(element) in _FEEDBACKS


def _is_truth(found: Found) -> bool:
    return is_true_false([" ".join(option.split()) for option in found.options])


def _read_order(found: Found, interaction: etree._Element, choices: list[etree._Element]) -> None:
    if attribute(interaction, "shuffle") != "true":
        found.fixed_order = True
        return
    fixed = [choice for choice in choices if attribute(choice, "fixed") == "true"]
    found.fixed_order = bool(fixed)
    if fixed and len(fixed) < len(choices):
        found.note("some_options_fixed")


def _read_key(
    found: Found, item: etree._Element, declared: etree._Element, names: dict[str, int]
) -> None:
    """The correct response; with map_response and none, the choices that gain marks."""
    correct = child(declared, "correctResponse")
    values = [" ".join((value.text or "").split()) for value in children(correct, "value")]
    stated = {names[value] for value in values if value in names}
    marks = _marks(declared, names)
    gaining = {place for place, mark in marks.items() if mark > 0}
    if found.kind != MULTIPLE and gaining:
        most = max(marks.values())
        gaining = {place for place in gaining if marks[place] == most}
    template = attribute(child(item, "responseProcessing"), "template")
    template = template.rstrip("/").rpartition("/")[2].removesuffix(".xml")
    found.right = stated or gaining
    found.key_text = ", ".join(values) or ", ".join(f"{mark:g}" for mark in marks.values())
    if template == "map_response" and gaining and stated and gaining != stated:
        found.note("key_disagrees")
    if len({mark for mark in marks.values() if mark > 0}) > 1 or min(marks.values(), default=0) < 0:
        found.note("fractions_left_out", ", ".join(f"{mark:g}" for mark in marks.values()))
    if template not in _TEMPLATES and len(child(item, "responseProcessing")):
        found.note("own_scoring")


def _marks(declared: etree._Element, names: dict[str, int]) -> dict[int, float]:
    entries = children(child(declared, "mapping"), "mapEntry")
    found = {}
    for entry in entries:
        place = names.get(attribute(entry, "mapKey"))
        mark = read_fraction(attribute(entry, "mappedValue"))
        if place is not None and mark is not None:
            found[place] = mark
    return found


def _read_feedback(found: Found, item: etree._Element) -> None:
    """Feedback to the whole item, and what is written for scorers, is the rationale."""
    texts = [
        element_text(each) for each in below(item) if _is_said(each) and name_of(each) != _INLINE
    ]
    found.rationale = "\n".join(dict.fromkeys(shown.text.strip() for shown in texts))
    for shown in texts:
        found.show(STEM, shown.media)
    inline = [
        " ".join(element_text(each).text.split())
        for each in below(item)
        if name_of(each) == _INLINE
    ]
    if lost := list(filter(None, inline)):
        found.note("feedback_left_out", "; ".join(lost)[:200])
