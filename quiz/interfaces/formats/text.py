"""Reading items from plain text, pasted or uploaded."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from quiz.engine.legacy_text import legacy_encoding
from quiz.engine.reading.flow import MARKUP, PLAIN, Flow, Line, Look
from quiz.interfaces.formats.drafting import reading_of
from quiz.interfaces.formats.encodings import decode
from quiz.interfaces.formats.known_formats import (
    ZIP,
    read_bounded,
    refuse_other_formats,
    require_few_lines,
)
from quiz.interfaces.formats.refusals import AnotherFormat, EmptyFile
from quiz.readings import Reading

MOST_TEXT = 10 * 1024 * 1024
_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_MARKUP = re.compile(r"\*\*|__(?!_)|</?[bu]>")
_BOLD = Look(bold=True)
_UNDERLINED = Look(underline=True)


def read_text(source: BinaryIO, *, name: str) -> Reading:
    """The items of a text file of any encoding. Raises UnreadableFile.

    “**…**”, as many programs write bold, is read as bold.
    """
    return reading_of(Flow.of(text_lines(source)), format="text")


def text_lines(source: BinaryIO) -> list[Line]:
    """The lines of a text file, with legacy encodings told. Raises UnreadableFile."""
    data = read_bounded(source, MOST_TEXT)
    refuse_other_formats(data)
    if data.startswith(ZIP):
        raise AnotherFormat
    text, legacy = decode(data)
    if not text.strip():
        raise EmptyFile
    return [*_lines(text, legacy)]


def _lines(text: str, legacy: str) -> Iterator[Line]:
    legacy = legacy or legacy_encoding(text[:200_000])
    raws = _BREAK.split(text)
    require_few_lines(len(raws))
    for place, raw in enumerate(raws, 1):
        line = Line(raw, place)
        if legacy and not raw.isascii():
            line.encodings = [(0, len(raw), legacy)]
        elif "**" in raw or "__" in raw or "<" in raw:
            _read_markup(line)
        yield line


def _read_markup(line: Line) -> None:
    """Take pairs of “**” and the like as looks of what is between them."""
    looks: list[tuple[int, Look]] = []
    markup: list[tuple[int, int, str]] = []
    opened: re.Match[str] | None = None
    for sign in _MARKUP.finditer(line.raw):
        if opened is None:
            opened = sign
        elif sign[0].strip("/<>") == opened[0].strip("/<>"):
            look = _UNDERLINED if "u" in sign[0] else _BOLD
            looks += [(opened.start(), PLAIN), (sign.end(), look)]
            markup += [(*opened.span(), MARKUP), (*sign.span(), MARKUP)]
            opened = None
        else:
            return  # signs that do not pair are what they are
    line.looks, line.encodings = looks, markup
