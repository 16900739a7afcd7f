"""QTI 2.1 out: a package of one item file each, valid against the published schemas by structure.

The rationale is a modal feedback that is always shown; topic, level, citation and the like are
keywords of the item's metadata in the manifest.
"""

import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from lxml import etree

from accounts.errors import Fault
from quiz.drafts import STEM, ItemDraft, option_letter
from quiz.interfaces.excel.items_keys import is_true_false
from quiz.interfaces.formats.extras import labels_of
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE
from quiz.interfaces.formats.media_written import Written, media_told, pictures_of
from quiz.interfaces.formats.qti_manifest import Listed, manifest_of
from quiz.interfaces.formats.qti_package import MANIFEST
from quiz.interfaces.formats.texts import one_line, visible
from quiz.interfaces.formats.writing import item_title, numbered

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RESPONSE, _FEEDBACK, _RATIONALE = "RESPONSE", "FEEDBACK", "RATIONALE"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TITLE = 60
_MEDIA = "media"


def write_qti(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write the package; sounds alone are left behind, and told."""
    listed = []
    media: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for place, (number, draft) in enumerate(numbered(items), start=1):
            name = f"items/item-{place:05d}.xml"
            pictures = pictures_of(draft)
            _add(package, name, _item(f"item-{place:05d}", number, draft, pictures))
            for picture in pictures:
                if picture.name not in media:
                    _add_bytes(package, f"{_MEDIA}/{picture.name}", picture.content)
                    media.add(picture.name)
            files = [f"{_MEDIA}/{picture.name}" for picture in pictures]
            listed.append(Listed(name, item_title(number), list(_labels(draft)), files))
        _add(package, MANIFEST, manifest_of(listed))
    return media_told(items, pictures=True)


def _add(package: zipfile.ZipFile, name: str, root: etree._Element) -> None:
    """The same items give the same bytes: no part carries the moment it was written."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)
    _add_bytes(package, name, data)


def _add_bytes(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    part = zipfile.ZipInfo(name, _EPOCH)
    part.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(part, data)


def _labels(draft: ItemDraft) -> Iterator[str]:
    several = draft.kind == MULTIPLE
    told = MULTIPLE if several else TRUE_FALSE if is_true_false(draft.options) else SINGLE
    return labels_of(draft, told, told_order=draft.fixed_order, topic=True)


def _item(
    identifier: str, number: int, draft: ItemDraft, pictures: Sequence[Written]
) -> etree._Element:
    item = etree.Element(f"{{{NAMESPACE}}}assessmentItem", nsmap={None: NAMESPACE, "xsi": _XSI})
    item.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    item.set(_LANGUAGE, "vi")
    title = f"{item_title(number)}: {one_line(visible(draft.stem))}"[:_TITLE]
    for name, value in (
        ("identifier", identifier),
        ("title", title),
        ("adaptive", "false"),
        ("timeDependent", "false"),
    ):
        item.set(name, value)
    _add_declarations(item, draft)
    _add_body(item, draft, pictures)
    _sub(item, "responseProcessing", template=_MATCH_CORRECT)
    if draft.rationale:
        feedback = _sub(
            item,
            "modalFeedback",
            outcomeIdentifier=_FEEDBACK,
            identifier=_RATIONALE,
            showHide="show",
        )
        _set_lines(feedback, draft.rationale)
    return item


def _add_declarations(item: etree._Element, draft: ItemDraft) -> None:
    cardinality = "multiple" if draft.kind == MULTIPLE else "single"
    response = _sub(
        item,
        "responseDeclaration",
        identifier=_RESPONSE,
        cardinality=cardinality,
        baseType="identifier",
    )
    correct = _sub(response, "correctResponse")
    for place in sorted(draft.key):
        _sub(correct, "value").text = option_letter(place)
    _sub(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    if draft.rationale:
        shown = _sub(
            item,
            "outcomeDeclaration",
            identifier=_FEEDBACK,
            cardinality="single",
            baseType="identifier",
        )
        _sub(_sub(shown, "defaultValue"), "value").text = _RATIONALE


def _add_body(item: etree._Element, draft: ItemDraft, pictures: Sequence[Written]) -> None:
    interaction = _sub(
        _sub(item, "itemBody"),
        "choiceInteraction",
        responseIdentifier=_RESPONSE,
        shuffle="false" if draft.fixed_order else "true",
        maxChoices="0" if draft.kind == MULTIPLE else "1",
    )
    prompt = _sub(interaction, "prompt")
    _set_lines(prompt, draft.stem)
    _add_pictures(prompt, STEM, pictures)
    for place, option in enumerate(draft.options):
        choice = _sub(interaction, "simpleChoice", identifier=option_letter(place))
        _set_lines(choice, option)
        _add_pictures(choice, place, pictures)


def _add_pictures(element: etree._Element, place: int, pictures: Sequence[Written]) -> None:
    """Below the text; addresses are relative to the folder of items."""
    for picture in pictures:
        if picture.place == place:
            _sub(element, "br")
            _sub(element, "img", src=f"../{_MEDIA}/{picture.name}", alt=visible(picture.alt))


def _set_lines(element: etree._Element, text: str) -> None:
    """A text whose lines are parted by `<br/>`."""
    first, *rest = visible(text).split("\n")
    element.text = first
    for line in rest:
        _sub(element, "br").tail = line


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
