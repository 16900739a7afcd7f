"""A QTI 2.1 package as other systems expect it."""

import io
import re
import zipfile

from lxml import etree

from quiz.drafts import ItemDraft
from quiz.interfaces.formats.qti_write import write_qti

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
# QTI's identifiers: an NCName of at most 32 characters to be safe everywhere.
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,31}")
ITEMS = (
    ItemDraft(
        "multiple",
        "Chọn <hai> & ba:\n1. …",
        ("a", "b\nc", "d"),
        frozenset({0, 2}),
        topic="Một cửa",
        rationale="Vì <b>a</b>.",
        row=12,
    ),
    ItemDraft("true_false", "Tròn?", ("Đúng", "Sai"), frozenset({0}), fixed_order=True, row=13),
)


def package(*items: ItemDraft) -> dict[str, etree._Element]:
    out = io.BytesIO()
    assert write_qti(items, out) == ()
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def test_the_manifest_lists_every_file_once_and_no_other() -> None:
    parts = package(*ITEMS)
    manifest = parts["imsmanifest.xml"]
    resources = list(manifest.iter(f"{CP}resource"))
    hrefs = [resource.get("href") for resource in resources]
    assert sorted([*hrefs, "imsmanifest.xml"]) == sorted(parts)
    assert hrefs == [file.get("href") for file in manifest.iter(f"{CP}file")]
    assert {resource.get("type") for resource in resources} == {"imsqti_item_xmlv2p1"}
    assert [element.tag for element in manifest] == [
        f"{CP}metadata",
        f"{CP}organizations",
        f"{CP}resources",
    ]
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "QTIv2.1 Package"


def test_identifiers_are_names_and_none_is_given_twice() -> None:
    parts = package(*ITEMS)
    manifest = parts.pop("imsmanifest.xml")
    identifiers = [manifest.get("identifier")]
    identifiers += [resource.get("identifier") for resource in manifest.iter(f"{CP}resource")]
    identifiers += [item.get("identifier") for item in parts.values()]
    assert all(IDENTIFIER.fullmatch(identifier) for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_an_item_has_its_parts_in_the_order_of_the_schema() -> None:
    item = package(*ITEMS)["items/item-00001.xml"]
    assert [element.tag.removeprefix(QTI) for element in item] == [
        "responseDeclaration",
        "outcomeDeclaration",
        "outcomeDeclaration",
        "itemBody",
        "responseProcessing",
        "modalFeedback",
    ]
    assert {"identifier", "title", "adaptive", "timeDependent"} <= set(item.attrib)
    (interaction,) = item.iter(f"{QTI}choiceInteraction")
    assert dict(interaction.attrib) == {
        "responseIdentifier": "RESPONSE",
        "shuffle": "true",
        "maxChoices": "0",
    }
    choices = [choice.get("identifier") for choice in interaction.iter(f"{QTI}simpleChoice")]
    values = [value.text for value in item.iterfind(f".//{QTI}correctResponse/{QTI}value")]
    assert (choices, values) == (["A", "B", "C"], ["A", "C"])


def test_every_outcome_that_feedback_waits_for_is_declared() -> None:
    item = package(*ITEMS)["items/item-00001.xml"]
    (feedback,) = item.iter(f"{QTI}modalFeedback")
    declared = {
        outcome.get("identifier"): outcome.findtext(f"{QTI}defaultValue/{QTI}value")
        for outcome in item.iter(f"{QTI}outcomeDeclaration")
    }
    assert declared == {"SCORE": None, "FEEDBACK": feedback.get("identifier")}
    assert feedback.get("outcomeIdentifier") == "FEEDBACK"


def test_without_a_rationale_nothing_is_shown_afterwards() -> None:
    item = package(*ITEMS)["items/item-00002.xml"]
    assert list(item.iter(f"{QTI}modalFeedback")) == []
    assert item.find(f".//{QTI}choiceInteraction").get("shuffle") == "false"


def test_the_manifest_says_once_that_an_attempt_is_another_thing_there() -> None:
    text = etree.tostring(package(*ITEMS)["imsmanifest.xml"], encoding="unicode")
    assert text.count("“attempt” là một lần trả lời một câu") == 1
