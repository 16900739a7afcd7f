"""The manifest of a QTI 2.1 package: IMS content packaging with LOM metadata."""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from quiz.interfaces.formats.texts import visible

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
QTI = "http://www.imsglobal.org/xsd/imsqti_metadata_v2p1"
ITEM_TYPE = "imsqti_item_xmlv2p1"
# What QTI calls an attempt is one answer to one item; ours is the whole sitting.
ATTEMPT_NOTE = (
    "Trong QTI, “attempt” là một lần trả lời một câu; trong MinhThi, “lượt thi” (Attempt) là cả "
    "bài thi. / In QTI an “attempt” is one go at one item; in MinhThi an Attempt is the whole "
    "sitting."
)


class Listed(NamedTuple):
    """One item: its file, title, keywords, and the pictures it shows."""

    href: str
    title: str
    keywords: Sequence[str]
    media: Sequence[str] = ()


def manifest_of(items: Sequence[Listed]) -> etree._Element:
    """The root element; each item is a resource with its file."""
    manifest = etree.Element(_tag(PACKAGE, "manifest"), nsmap={None: PACKAGE}, identifier="MINHTHI")
    metadata = _sub(manifest, PACKAGE, "metadata")
    _sub(metadata, PACKAGE, "schema").text = "QTIv2.1 Package"
    _sub(metadata, PACKAGE, "schemaversion").text = "1.0.0"
    general = _lom(metadata)
    _add_string(general, "description", ATTEMPT_NOTE)
    _sub(manifest, PACKAGE, "organizations")
    resources = _sub(manifest, PACKAGE, "resources")
    for place, (href, title, keywords, media) in enumerate(items, start=1):
        resource = _sub(
            resources,
            PACKAGE,
            "resource",
            identifier=f"RES-{place:05d}",
            type=ITEM_TYPE,
            href=href,
        )
        _add_metadata(resource, title, keywords)
        for file in (href, *media):
            _sub(resource, PACKAGE, "file", href=file)
    return manifest


def _add_metadata(resource: etree._Element, title: str, keywords: Sequence[str]) -> None:
    metadata = _sub(resource, PACKAGE, "metadata")
    general = _lom(metadata)
    _add_string(general, "title", title)
    for keyword in keywords:
        _add_string(general, "keyword", keyword)
    described = etree.SubElement(metadata, _tag(QTI, "qtiMetadata"), nsmap={None: QTI})
    _sub(described, QTI, "interactionType").text = "choiceInteraction"


def _lom(metadata: etree._Element) -> etree._Element:
    lom = etree.SubElement(metadata, _tag(LOM, "lom"), nsmap={None: LOM})
    return _sub(lom, LOM, "general")


def _add_string(general: etree._Element, name: str, text: str) -> None:
    _sub(_sub(general, LOM, name), LOM, "string", language="vi").text = visible(text)


def _sub(parent: etree._Element, space: str, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _tag(space, name), attributes)


def _tag(space: str, name: str) -> str:
    return f"{{{space}}}{name}"
