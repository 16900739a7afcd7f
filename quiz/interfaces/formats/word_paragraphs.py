"""The text of one paragraph of a Word document, line by line, and how each stretch looks."""

from lxml import etree

from quiz.engine.legacy_text import font_encoding, is_modern
from quiz.engine.reading.flow import PLAIN, Line, Look
from quiz.interfaces.formats.known_formats import require_few_lines
from quiz.interfaces.formats.word_package import W
from quiz.interfaces.formats.word_styles import UNSAID, Manner, Styles, read_manner

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WITHIN = frozenset(
    W + name
    for name in (
        "hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml",
        "dir", "bdo",
    )
)  # fmt: skip
_PICTURES = frozenset(W + name for name in ("drawing", "pict", "object"))
_BREAKS = frozenset((W + "br", W + "cr"))
_SIGNS = {W + "tab": "\t", W + "noBreakHyphen": "-", W + "ptab": "\t"}


class ParagraphReader:
    """Collects the text of one paragraph and how each stretch looks."""

    def __init__(self, styles: Styles, base: Manner) -> None:
        self._styles = styles
        self._base = base
        self._texts: list[tuple[str, Manner]] = []
        self._pictures: list[int] = []  # the line of each
        self._formulas: list[int] = []
        self._line = 0
        self.boxes: list[etree._Element] = []
        self.hidden = False

    def add(self, text: str, manner: Manner) -> None:
        self._texts.append((text, manner))

    def read(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _WITHIN:
                self.read(child)
            elif isinstance(tag, str) and tag.startswith(_M):
                formula = "".join(text for text in child.itertext(_M + "t"))
                self.add(formula, self._base)
                self._formulas.append(self._line)

    def _run(self, run: etree._Element) -> None:
        manner = self._base
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self._text(child.text or "", manner)
            elif tag == W + "rPr":
                manner = self._manner(child)
            elif tag in _SIGNS:
                self._text(_SIGNS[tag], manner)
            elif tag in _BREAKS:
                self._line += 1
                require_few_lines(self._line)
                self.add("\n", manner)
            elif tag in _PICTURES:
                self._picture(child)
            elif tag == _MC + "AlternateContent":
                choice = next(iter(child), None)
                if choice is not None:
                    self._picture(choice)

    def _text(self, text: str, manner: Manner) -> None:
        if manner.hidden:
            self.hidden = self.hidden or bool(text.strip())
        elif text:
            self.add(text.replace("\n", " "), manner)

    def _manner(self, properties: etree._Element) -> Manner:
        manner = read_manner(properties)
        named = properties.find(W + "rStyle")
        if named is not None:
            manner = manner.over(self._styles.of(named.get(W + "val", "")).manner)
        return manner.over(self._base)

    def _picture(self, element: etree._Element) -> None:
        boxes = [*element.iter(W + "txbxContent")]
        self.boxes += boxes
        if not boxes:
            self._pictures.append(self._line)

    def lines(self) -> list[Line]:
        """The paragraph's lines, one for each manual line break and one more."""
        found: list[Line] = []
        texts: list[str] = []
        looks: list[tuple[int, Look]] = []
        encodings: list[tuple[int, int, str]] = []
        at = 0
        for text, manner in (*self._texts, ("\n", UNSAID)):
            if text == "\n":
                found.append(_line("".join(texts), looks, encodings))
                texts, looks, encodings, at = [], [], [], 0
                continue
            texts.append(text)
            start, at = at, at + len(text)
            look = Look(
                bool(manner.bold),
                bool(manner.underline),
                bool(manner.highlight),
                manner.colour or "",
            )
            if looks and looks[-1][1] == look:
                looks[-1] = (at, look)
            else:
                looks.append((at, look))
            encoding = font_encoding(manner.font) if manner.font else ""
            if encoding and not is_modern(text):
                encodings.append((start, at, encoding))
        for line in self._pictures:
            found[min(line, len(found) - 1)].pictures += 1
        for line in self._formulas:
            found[min(line, len(found) - 1)].formulas += 1
        return found


def _line(raw: str, looks: list[tuple[int, Look]], encodings: list[tuple[int, int, str]]) -> Line:
    plain = all(look == PLAIN for _end, look in looks)
    return Line(raw, looks=() if plain else looks, encodings=_joined(encodings))


def _joined(encodings: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbours in one encoding as one stretch: a letter and its mark may be two runs."""
    joined: list[tuple[int, int, str]] = []
    for start, end, encoding in encodings:
        if joined and joined[-1][1:] == (start, encoding):
            joined[-1] = (joined[-1][0], end, encoding)
        else:
            joined.append((start, end, encoding))
    return joined
