"""The automatic numbers of a Word document's lists, counted paragraph by paragraph."""

from dataclasses import dataclass

from lxml import etree

from quiz.interfaces.formats.word_package import W, parse
from quiz.interfaces.formats.word_styles import UNSAID, Manner, read_manner

_VAL = W + "val"


@dataclass
class _Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    manner: Manner = UNSAID


class Numbering:
    """Counts the automatic numbers of a document's lists, paragraph by paragraph."""

    def __init__(self, part: bytes) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._since_item: dict[tuple[str, int], int] = {}
        self._items = 0
        root = parse(part)
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                levels = (_read_level(level) for level in element.iterfind(W + "lvl"))
                self._abstract[element.get(W + "abstractNumId", "")] = dict(levels)
            elif element.tag == W + "num":
                self._add_list(element)

    def _add_list(self, element: etree._Element) -> None:
        abstract = element.find(W + "abstractNumId")
        starts = {}
        for override in element.iterfind(W + "lvlOverride"):
            start = override.find(W + "startOverride")
            if start is not None:
                starts[_number(override.get(W + "ilvl"), 0)] = _number(start.get(_VAL), 1)
        name = abstract.get(_VAL, "") if abstract is not None else ""
        self._lists[element.get(W + "numId", "")] = (name, starts)

    def item_begins(self) -> None:
        """Tell that an item begins here: letters of its options begin anew."""
        self._items += 1

    def next(self, name: str, depth: int) -> tuple[str, Manner]:
        """The number that Word shows before the next paragraph of a list, and how it looks.

        "" for a list that shows none. Where people never restarted a list of letters, its options
        begin at A again behind each item, which is what its author saw in another program.
        """
        if name not in self._lists:
            return "", UNSAID
        abstract, starts = self._lists[name]
        levels = self._abstract.get(abstract, {})
        level = levels.get(depth, _Level())
        counts = self._counts.setdefault(abstract, {})
        if name not in self._begun:
            self._begun.add(name)
            for deep in starts:
                counts.pop(deep, None)
        if (
            level.format.endswith("Letter")
            and self._since_item.get((abstract, depth)) != self._items
        ):
            counts.pop(depth, None)
        self._since_item[abstract, depth] = self._items
        start = starts.get(depth, level.start)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.format == "decimal" and depth == 0:
            self._items += 1
        return _shown(level, levels, counts), level.manner


def _read_level(element: etree._Element) -> tuple[int, _Level]:
    level = _Level()
    for child in element:
        value = child.get(_VAL, "")
        if child.tag == W + "numFmt":
            level.format = value
        elif child.tag == W + "lvlText":
            level.text = value[:60]
        elif child.tag == W + "start":
            level.start = _number(value, 1)
        elif child.tag == W + "rPr":
            level.manner = read_manner(child)
    return _number(element.get(W + "ilvl"), 0), level


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default


def _shown(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.format in {"bullet", "none"}:
        return "•" if level.format == "bullet" else ""
    text = level.text
    for depth in range(9):
        sign = f"%{depth + 1}"
        if sign in text:
            each = levels.get(depth, level)
            text = text.replace(sign, _formatted(counts.get(depth, each.start), each.format))
    return text


_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _formatted(count: int, format: str) -> str:
    if format.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if format.startswith("upper") else letter
    if format.endswith("Roman") and count < 40:
        roman = ""
        for value, sign in _ROMANS:
            roman += sign * (count // value)
            count %= value
        return roman.upper() if format.startswith("upper") else roman
    return f"{count:02d}" if format == "decimalZero" else str(count)
