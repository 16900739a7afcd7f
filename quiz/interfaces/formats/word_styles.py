"""How the characters of a Word document look, styles and their parents included."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from quiz.interfaces.formats.word_package import W, parse

_VAL = W + "val"
_OFF = frozenset(("0", "false", "off", "none"))
_NO_COLOUR = frozenset(("auto", "000000", ""))
_NO_FILL = frozenset(("auto", "FFFFFF", "", None))
_DEEPEST = 20  # styles based on styles


class Manner(NamedTuple):
    """What a style or a run says of characters: None where it says nothing."""

    bold: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None
    colour: str | None = None
    font: str | None = None
    hidden: bool | None = None

    def over(self, below: "Manner") -> "Manner":
        """This manner where it says something, else the one below."""
        return Manner(*(own if own is not None else b for own, b in zip(self, below, strict=True)))


UNSAID = Manner()


@dataclass(frozen=True)
class Style:
    """A named style. `list` is (number id, level) of its list, `heading` that it is a heading."""

    manner: Manner = UNSAID
    list: tuple[str, int] | None = None
    heading: bool = False
    based_on: str = ""


def is_on(element: etree._Element) -> bool:
    """Whether a toggle such as <w:b w:val="0"/> is on."""
    return element.get(_VAL, "1") not in _OFF


def read_manner(properties: etree._Element | None) -> Manner:
    """What a <w:rPr> says."""
    if properties is None:
        return Manner()
    bold = underline = highlight = colour = font = hidden = None
    for element in properties:
        tag = element.tag
        if tag == W + "b":
            bold = is_on(element)
        elif tag == W + "u":
            underline = element.get(_VAL, "single") not in _OFF
        elif tag == W + "color":
            colour = _colour(element)
        elif tag == W + "highlight":
            highlight = element.get(_VAL) not in {"none", "white"}
        elif tag == W + "shd" and not highlight:
            highlight = (element.get(W + "fill") or "").upper() not in _NO_FILL
        elif tag == W + "rFonts":
            font = element.get(W + "ascii") or element.get(W + "hAnsi") or font
        elif tag in {W + "vanish", W + "webHidden"}:
            hidden = is_on(element)
    return Manner(bold, underline, highlight, colour, font, hidden)


def _colour(element: etree._Element) -> str:
    """RRGGBB, or a theme's name; "" for black, white and the greys nobody chooses on purpose."""
    value = element.get(_VAL, "").upper()
    if value.lower() in _NO_COLOUR:
        theme = element.get(W + "themeColor") or ""
        return "" if theme.startswith(("text", "dark", "background", "light")) else theme
    try:
        red, green, blue = (int(value[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return value
    spread = max(red, green, blue) - min(red, green, blue)
    return "" if spread < 40 and max(red, green, blue) < 120 else value


class Styles:
    """The styles of one document, each with what it inherits."""

    def __init__(self, part: bytes) -> None:
        self._styles: dict[str, Style] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        defaults = Manner()
        root = parse(part)
        for element in root if root is not None else ():
            if element.tag == W + "docDefaults":
                defaults = read_manner(element.find(f"{W}rPrDefault/{W}rPr"))
            elif element.tag == W + "style":
                self._add(element)
        self._defaults = defaults

    def _add(self, element: etree._Element) -> None:
        name = element.get(W + "styleId", "")
        title = element.find(W + "name")
        said = (title.get(_VAL, "") if title is not None else "").lower()
        paragraph = element.find(W + "pPr")
        based_on = element.find(W + "basedOn")
        outline = paragraph is not None and paragraph.find(W + "outlineLvl") is not None
        self._styles[name] = Style(
            read_manner(element.find(W + "rPr")),
            read_list(paragraph),
            outline or said.startswith(("heading", "title")),
            based_on.get(_VAL, "") if based_on is not None else "",
        )
        if element.get(W + "default") == "1" and element.get(W + "type") == "paragraph":
            self.default = name

    def of(self, name: str) -> Style:
        """The style of this id with all it inherits; the document's defaults for an unknown one."""
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        style = Style()
        for each in self._line_of(name):
            style = replace(
                style,
                manner=style.manner.over(each.manner),
                list=style.list or each.list,
                heading=style.heading or each.heading,
            )
        return replace(style, manner=style.manner.over(self._defaults))

    def _line_of(self, name: str) -> Iterator[Style]:
        for _generation in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.based_on


def read_list(properties: etree._Element | None) -> tuple[str, int] | None:
    """(number id, level) of a <w:pPr>; level 0 where it is not said."""
    numbering = properties.find(W + "numPr") if properties is not None else None
    if numbering is None:
        return None
    number, level = numbering.find(W + "numId"), numbering.find(W + "ilvl")
    depth = level.get(_VAL, "0") if level is not None else "0"
    name = number.get(_VAL, "") if number is not None else ""
    return name, int(depth) if depth.isdigit() and len(depth) < 3 else 0
