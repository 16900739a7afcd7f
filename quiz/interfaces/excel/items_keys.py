"""Reading an answer key as people write it: “A”, “a.”, “A, C”, “AC”, “2”, or the option again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.text import fold

_LEAD = re.compile(
    r"^(?:(?:đáp án|phương án|lựa chọn|câu|ý|key|answer)(?: đúng)?(?: là)?|đúng(?: là)?:)\s*:?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\s,;/+&|.()\[\]]+|\bvà\b")
_RUN = re.compile(r"[a-h]{2,8}")
_LETTER_AND_TEXT = re.compile(r"\W*([A-Ha-h])\s*[.):/-]\s*(\S.*)", re.DOTALL)
_TRUTH = {
    "đúng": 0, "đ": 0, "true": 0, "t": 0, "yes": 0,
    "sai": 1, "s": 1, "false": 1, "f": 1, "no": 1,
}  # fmt: skip
TRUE_FALSE = ("Đúng", "Sai")
_EDGES = " .;:"

_SINGLES = {
    written: frozenset([place])
    for place in range(8)
    for written in (chr(65 + place), chr(97 + place), str(place + 1))
}


_REPEATABLE = 5  # options as short as “A.” may be what a one-letter key repeats


@dataclass(frozen=True)
class Key:
    """The places of the right options, or why they could not be read.

    `problem` is "", "key_unreadable", "key_ambiguous" (a letter by one reading, an option's text
    by another) or "key_disagrees" (“B. …” with the text of another option).
    """

    places: frozenset[int] = frozenset()
    problem: str = ""


def says_true_or_false(text: str) -> bool:
    """Whether a key alone tells that the item is true/false."""
    return text.lower().strip(_EDGES) in ("đúng", "sai", "true", "false", "đ", "s")


def is_true_false(options: Sequence[str]) -> bool:
    """Whether the two options are “Đúng” and “Sai”, in whatever order."""
    return len(options) == 2 and {option.lower() for option in options} in (
        {"đúng", "sai"},
        {"true", "false"},
    )


def sure_key(text: str, options: Sequence[str]) -> frozenset[int] | None:
    """The key given as one letter or number that can't be read in any other way, else None."""
    places = _SINGLES.get(text)
    if places is None or max(places) >= len(options):
        return None
    if min(map(len, options)) < _REPEATABLE and _by_text(text, options):
        return None
    return places


def read_key(text: str, options: Sequence[str]) -> Key:
    """The key of one item. An empty text is an empty key, which is for others to judge."""
    if not text:
        return Key()
    if text in _SINGLES and not _by_text(text, options):
        return Key(_SINGLES[text])
    letter_and_text = _by_letter_and_text(text, options)
    if letter_and_text.places:
        return letter_and_text
    letters = _by_letters(text)
    by_text = _by_text(text, options)
    if letters and by_text and letters != by_text:
        return Key(problem="key_ambiguous")
    found = letters or by_text or _by_truth(text, options)
    return Key(found) if found else letter_and_text


def _by_letters(text: str) -> frozenset[int]:
    parts = [part for part in _PARTS.split(_LEAD.sub("", text).lower()) if part]
    if len(parts) == 1 and _RUN.fullmatch(parts[0]) and list(parts[0]) == sorted(set(parts[0])):
        parts = list(parts[0])  # “AC”, but not “BA”, which may be a word
    if all(part in _SINGLES for part in parts):
        return frozenset().union(*(_SINGLES[part] for part in parts))
    return frozenset()


def _by_text(text: str, options: Sequence[str]) -> frozenset[int]:
    wanted = text.lower().strip(_EDGES)
    same = [p for p, option in enumerate(options) if option.lower().strip(_EDGES) == wanted]
    return frozenset(same[:1]) if wanted else frozenset()


def _by_truth(text: str, options: Sequence[str]) -> frozenset[int]:
    truth = _TRUTH.get(text.lower().strip(_EDGES))
    if truth is None or not is_true_false(options):
        return frozenset()
    places = [_TRUTH[option.lower()] for option in options]
    return frozenset([places.index(truth)])


def _by_letter_and_text(text: str, options: Sequence[str]) -> Key:
    match = _LETTER_AND_TEXT.fullmatch(_LEAD.sub("", text))
    if not match:
        return Key(problem="key_unreadable")
    (place,) = _SINGLES[match[1]]
    if place < len(options) and fold(options[place]).strip(_EDGES) == fold(match[2]).strip(_EDGES):
        return Key(frozenset([place]))
    return Key(problem="key_disagrees")
