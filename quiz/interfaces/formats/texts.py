"""Bytes to text, and the tidy form in which drafts keep it."""

import codecs
import re
import unicodedata
from typing import BinaryIO

from quiz.interfaces.formats.refusals import FileTooLarge, WrongEncoding

MOST_BYTES = 20 * 1024 * 1024
MOST_ITEMS = 20_000

# Controls but tab and line ends, marks without width, halves of characters, noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# The same of the planes above, two at the end of each.
_HIGH = re.compile(
    "[" + "".join(chr(p * 0x10000 + e) for p in range(1, 17) for e in (0xFFFE, 0xFFFF)) + "]"
)


def read_whole(source: BinaryIO, *, limit: int = MOST_BYTES) -> bytes:
    """All bytes of a file, `limit` at the most. Raises FileTooLarge."""
    data = source.read(limit + 1)
    if len(data) > limit:
        raise FileTooLarge.beyond(limit)
    return data


def decoded(data: bytes) -> str:
    """The text of a text file: UTF-8, or UTF-16 by its mark. Raises WrongEncoding."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise WrongEncoding from wrong
    if "\0" in text:
        raise WrongEncoding
    return text


def visible(text: str) -> str:
    """The text without what nobody can see."""
    return _HIGH.sub("", _INVISIBLE.sub("", text))


def spaced(text: str) -> str:
    """Single spaces, no empty lines, lines parted by a newline; the letters as they are."""
    lines = (" ".join(line.split()) for line in visible(text).splitlines())
    return "\n".join(filter(None, lines))


def tidy(text: str) -> str:
    """`spaced`, in NFC: how a draft keeps a text."""
    return spaced(unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    return " ".join(text.split())
