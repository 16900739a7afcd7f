"""What is wrong with a text as it came from a file, mended one step after the other.

Each step is a proposal for a person to see: it names its kind and has the text before and after it.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from quiz.engine.legacy_text import decode_legacy, legacy_encoding

DECOMPOSED = "decomposed"
LOOKALIKE = "lookalike"
LEGACY_FONT = "legacy_font"
PAGE_NUMBER = "page_number"
LETTER_PREFIX = "letter_prefix"
SPACING = "spacing"

# U+01A3/U+01A2, typed by keyboards that take “oi” for “ư”; Vietnamese has no such letter.
_LOOKALIKES = str.maketrans("ƣƢ", "ưƯ")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Blanks that are no plain space, or two where one is meant; a line break is no damage by itself.
_ODD_BLANKS = re.compile(r"[^\S \n]|[ ]{2,}")
# “12”, “- 12 -”, “Trang 3/10” alone in a line between two others.
_PAGE_LINE = re.compile(
    r"[ \t]*+(?:(?:trang|page)[ ]*+\d{1,4}(?:[ ]*+/[ ]*+\d{1,4})?"
    r"|[-–—|\[]?[ ]*+\d{1,4}[ ]*+[-–—|\]]?)[ \t]*+",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\s*[(\[]?([A-HĐa-hđ])\s*(?:[.)\]:/]|[-–](?=\s))\s*(?=\S)")
_LETTERS = "ABCDEFGH"


class Step(NamedTuple):
    """One change of a text: one of the kinds above, and the text before and after it."""

    kind: str
    before: str
    after: str


def mend_text(text: str, *, decoded: str | None = None) -> tuple[str, tuple[Step, ...]]:
    """The text in NFC with single spaces and no empty lines, and the steps that led there.

    `decoded` is the text decoded from a legacy font where its reader knew the font; without it the
    encoding is guessed from the text. Cutting off blanks at the ends of lines is no step.
    """
    if _is_tidy(text) and decoded is None and text.isascii():
        return text, ()
    steps: list[Step] = []
    if decoded is None:
        decoded = decode_legacy(text, legacy_encoding(unicodedata.normalize("NFC", text)))
    for kind, after in (
        (LEGACY_FONT, decoded),
        (DECOMPOSED, None),
        (LOOKALIKE, None),
        (PAGE_NUMBER, None),
        (SPACING, None),
    ):
        mended = after if after is not None else _CHANGES[kind](text)
        if mended != text:
            steps.append(Step(kind, text, mended))
            text = mended
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines)), tuple(steps)


def _is_tidy(text: str) -> bool:
    return text.isprintable() and "  " not in text and text == text.strip()


def is_page_number(line: str) -> bool:
    """Whether a line holds nothing but a page's number."""
    return _PAGE_LINE.fullmatch(line) is not None


def _without_page_numbers(text: str) -> str:
    """A number alone in its line goes where lines stand before it or behind it."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    kept = [line for line in lines if not is_page_number(line)]
    return "\n".join(kept) if any(map(str.strip, kept)) else text


def _spaced(text: str) -> str:
    bare = _INVISIBLE.sub("", text)
    return _ODD_BLANKS.sub(" ", bare) if _ODD_BLANKS.search(bare.strip()) else bare


_CHANGES = {
    DECOMPOSED: lambda text: unicodedata.normalize("NFC", text),
    LOOKALIKE: lambda text: text.translate(_LOOKALIKES),
    PAGE_NUMBER: _without_page_numbers,
    SPACING: _spaced,
}


def without_letter_prefixes(options: Sequence[str]) -> tuple[str, ...] | None:
    """Options without “A. ”, “B) ” … when each carries its own letter in order; else None."""
    bare = []
    for letter, option in zip(_LETTERS, options, strict=False):
        found = _LETTER.match(option)
        if not found or found[1].upper() != letter:
            return None
        bare.append(option[found.end() :])
    return tuple(bare) if len(bare) == len(options) >= 2 and all(bare) else None
