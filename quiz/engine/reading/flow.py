"""A document as one text, with the way back to its lines, their looks and how they stood there."""

import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.engine.legacy_text import VNI, decode_legacy


class Look(NamedTuple):
    """How characters look. `colour` is "" for the usual black, else RRGGBB or a theme's name."""

    bold: bool = False
    underline: bool = False
    highlight: bool = False
    colour: str = ""


PLAIN = Look()
MARKUP = "markup"  # the “encoding” of signs that are no text


@dataclass(slots=True)
class Line:
    """One line as a person sees it. `place` counts from 1.

    `looks` are (end, look) of the stretches that are not plain throughout, in order; empty when all
    is plain. `encodings` are (start, end, encoding) of stretches in a legacy font, or MARKUP, in
    order. `heading` is a line styled as one. `number` is the item's number and `option` the
    option's place where a table's column says so, and `note` what else a column holds: cell (the
    key), why, cite, level or topic.
    """

    raw: str
    place: int = 0
    looks: Sequence[tuple[int, Look]] = ()
    encodings: Sequence[tuple[int, int, str]] = ()
    number: int | None = None
    option: int | None = None
    note: str = ""
    heading: bool = False
    pictures: int = 0
    formulas: int = 0
    text: str = ""
    origin: Sequence[int] | None = None


_BLANKS = dict.fromkeys(
    map(
        ord,
        "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\n",
    ),
    " ",
)
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"), " ")
_ONE_FOR_ONE = {**_BLANKS, **_ZERO_WIDTH, ord("ƣ"): "ư", ord("Ƣ"): "Ư"}


def prepare(line: Line) -> Line:
    """Fill in `text`: decoded, NFC, plain blanks, so that rules can be applied to it.

    `origin[i]` is where the character `text[i]` begins in `raw`; None where each keeps its place.
    """
    raw = line.raw
    if raw.isascii() and not line.encodings and raw.isprintable():
        line.text = raw
        return line
    line.text = raw.translate(_ONE_FOR_ONE)
    if line.encodings or not unicodedata.is_normalized("NFC", raw):
        _normalise(line)
    return line


def _normalise(line: Line) -> None:
    texts: list[str] = []
    origin: list[int] = []
    for start, end, encoding in _stretches(line):
        if encoding == MARKUP:
            continue
        for first, last in _clusters(line.raw, start, end, _VNI_TAIL if encoding == VNI else ""):
            decoded = decode_legacy(line.raw[first:last], encoding)
            text = unicodedata.normalize("NFC", decoded.translate(_ONE_FOR_ONE))
            texts.append(text)
            origin += [first] * len(text)
    line.text = "".join(texts)
    line.origin = (*origin, len(line.raw))


def _stretches(line: Line) -> Iterator[tuple[int, int, str]]:
    """All of the line in order, with the encoding of each stretch."""
    at = 0
    for start, end, encoding in line.encodings:
        if at < start:
            yield at, start, ""
        yield start, end, encoding
        at = end
    if at < len(line.raw):
        yield at, len(line.raw), ""


_VNI_TAIL = frozenset("øûõùïâàåãáäêèúüéëØÛÕÙÏÂÀÅÃÁÄÊÈÚÜÉË")


def _clusters(raw: str, start: int, end: int, tail: Container[str]) -> Iterator[tuple[int, int]]:
    """Characters to be decoded or composed together: a letter and the marks (or `tail`) behind."""
    first = start
    for at in range(start + 1, end + 1):
        if at == end or not (unicodedata.combining(raw[at]) or raw[at] in tail):
            yield first, at
            first = at


@dataclass(slots=True)
class Flow:
    """Prepared lines end to end; places in `text` are what all rules speak of."""

    lines: list[Line]
    text: str = ""
    starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Flow":
        """The flow of lines that need not be prepared yet."""
        flow = cls([line if line.text else prepare(line) for line in lines])
        at = 0
        for line in flow.lines:
            flow.starts.append(at)
            at += len(line.text) + 1
        flow.text = "\n".join(line.text for line in flow.lines)
        return flow

    def index_at(self, at: int) -> int:
        """The index of the line that the place belongs to."""
        return max(0, bisect_right(self.starts, at) - 1)

    def pieces(self, start: int, end: int) -> Iterator[tuple[Line, int, int]]:
        """(line, from, to) of each line that the stretch touches, in places of its raw text."""
        index = self.index_at(start)
        while index < len(self.lines) and self.starts[index] < end:
            line, at = self.lines[index], self.starts[index]
            first, last = max(0, start - at), min(len(line.text), end - at)
            if first <= last:
                if line.origin is None:
                    yield line, first, last
                else:
                    yield line, line.origin[first] if first else 0, line.origin[last]
            index += 1

    def source(self, start: int, end: int) -> str:
        """The stretch as it stands in the file, line for line."""
        return "\n".join(line.raw[first:last] for line, first, last in self.pieces(start, end))

    def raw(self, start: int, end: int) -> str:
        """The same without the signs that only say how the text looks: the “**” of “**Câu 1**”."""
        return "\n".join(_without_markup(*piece) for piece in self.pieces(start, end))

    def is_legacy(self, start: int, end: int) -> bool:
        """Whether some of the stretch was decoded from a legacy font."""
        return any(
            first < stop and last > begin
            for line, first, last in self.pieces(start, end)
            for begin, stop, encoding in line.encodings
            if encoding != MARKUP
        )


def _without_markup(line: Line, first: int, last: int) -> str:
    if all(encoding != MARKUP for _start, _end, encoding in line.encodings):
        return line.raw[first:last]
    kept = []
    for start, end, encoding in line.encodings:
        if encoding == MARKUP:
            kept.append(line.raw[first : min(start, last)] if first < start else "")
            first = max(first, min(end, last))
    return "".join([*kept, line.raw[first:last]])
