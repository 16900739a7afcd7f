"""Names of QTI's elements and attributes, one for all versions.

QTI 3 writes `qti-simple-choice` and `response-identifier` where QTI 2 has `simpleChoice` and
`responseIdentifier`.
"""

import re

from lxml import etree

from quiz.interfaces.formats.markup import local_name

_DASH = re.compile(r"-(\w)")
_CAPITAL = re.compile(r"[A-Z]")


def name_of(element: etree._Element) -> str:
    """“simpleChoice” for `simpleChoice` and `qti-simple-choice`."""
    name = local_name(element)
    if not name.startswith("qti-"):
        return name
    return _DASH.sub(lambda match: match[1].upper(), name.removeprefix("qti-"))


def attribute(element: etree._Element, name: str) -> str:
    """An attribute with single spaces, "" where there is none."""
    dashed = _CAPITAL.sub(lambda match: "-" + match[0].lower(), name)
    return " ".join((element.get(name) or element.get(dashed) or "").split())


def below(element: etree._Element) -> list[etree._Element]:
    """All elements inside it, in the order of the document."""
    return list(element.iterdescendants(etree.Element))


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name."""
    return [each for each in element.iterchildren(etree.Element) if name_of(each) == name]


def child(element: etree._Element, name: str) -> etree._Element:
    """The child of that name, or an empty element, so that nothing below it is found."""
    return next(iter(children(element, name)), etree.Element(name))
