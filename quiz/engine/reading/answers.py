"""What the words behind “Đáp án:” say about the options of one item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.engine.reading.patterns import LETTER, LETTERS

_LETTERS_FIRST = re.compile(
    rf"[\W_]*+(?:(?:đáp án|phương án|câu|ý)[\W_]++)?"
    rf"(?P<letters>{LETTER}(?!\w)"
    rf"(?:(?:[ \t,;&+/.]++|[ \t]++(?:và|hoặc|and)[ \t]++){LETTER}(?!\w))*|[A-H]{{2,8}}(?!\w))"
    r"(?P<end>[ \t]*+[.):;,\]–—-]*+)[*_ \t]*+",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\W*([1-8](?:\s*[,;]\s*[1-8])*)\W*")
_BETWEEN = re.compile(r"\W+")
_TRUE, _FALSE = frozenset(("đúng", "đ", "true", "t")), frozenset(("sai", "s", "false", "f"))


@dataclass(frozen=True)
class Answer:
    """The places meant, how firmly (0 to 100), and what else was written there.

    `by_text` says that an option's words were repeated; `rest` is an explanation.
    """

    places: frozenset[int] = frozenset()
    strength: int = 0
    by_text: bool = False
    rest: str = ""


def read_answer(value: str, letters: Sequence[str], options: Sequence[str]) -> Answer:
    """The answer in `value` to an item whose options are written with `letters`.

    A letter that the item doesn't have gives a place beyond its options, a fault for others to
    tell. The strength is 100 where nothing speaks against the reading: a letter, or a letter with
    the words of the same option, or the exact words of one option.
    """
    bare = _bare(value)
    texts = [_bare(option) for option in options]
    same = frozenset(place for place, text in enumerate(texts) if text and text == bare)
    found = _LETTERS_FIRST.match(value)
    if found and _is_letters(found, value):
        return _by_letters(found, value, [letter.upper() for letter in letters], texts, same)
    if same:
        return Answer(same, 100 if len(same) == 1 else 50, by_text=True)
    if (truth := _truth(bare, texts)) is not None:
        return Answer(frozenset([truth]), 100)
    if numbers := _NUMBERS.fullmatch(value):
        places = frozenset(int(digit) - 1 for digit in re.findall(r"\d", numbers[1]))
        return Answer(places, 80)
    near = [p for p, text in enumerate(texts) if len(text) > 7 and _is_near(text, bare)]
    if len(near) == 1:
        return Answer(frozenset(near), 90, by_text=True, rest=_behind(value, options[near[0]]))
    return Answer(rest=value.strip())


def _is_letters(found: re.Match[str], value: str) -> bool:
    """“a lô” begins with a word, not with a letter of an option; “A. …” and “B Vì …” do."""
    rest = value[found.end() :].strip()
    if not rest or found["end"].strip() or found["letters"].isupper():
        return (
            len(found["letters"]) == 1
            or found["letters"].isupper()
            or not found["letters"].isalpha()
        )
    return not rest[0].islower()


def _by_letters(
    found: re.Match[str],
    value: str,
    letters: list[str],
    texts: list[str],
    same: frozenset[int],
) -> Answer:
    written = re.findall(LETTER, re.sub(r"(?i)\b(và|hoặc|and)\b", " ", found["letters"]))
    places = frozenset(_place(letter.upper(), letters) for letter in written)
    crooked = any(letters.count(letter.upper()) > 1 for letter in written)
    rest = value[found.end() :].strip(" \t*_")
    strength = 60 if crooked else 100
    if same and same != places:
        return Answer(places, 40)  # “B” could be the letter, or the words of another option
    if not rest or len(places) != 1:
        return Answer(places, strength, rest=rest)
    (place,) = places
    bare = _bare(rest)
    if (
        place < len(texts)
        and texts[place]
        and (texts[place] == bare or _is_near(texts[place], bare))
    ):
        return Answer(places, strength, rest=_behind_words(rest, texts[place]))
    if any(text == bare for text in texts if text):
        return Answer(places, 30)
    return Answer(places, strength, rest=rest if len(bare) > 2 else "")


def _place(letter: str, letters: list[str]) -> int:
    if letter in letters:
        return letters.index(letter)
    return max(len(letters), LETTERS.find(letter))


def _bare(text: str) -> str:
    return _BETWEEN.sub(" ", text.lower()).strip()


def _is_near(text: str, bare: str) -> bool:
    """Whether one begins with the other, whole words, most of it."""
    short, long = sorted((text, bare), key=len)
    return (
        bool(short)
        and (long == short or long.startswith(short + " "))
        and (len(short) * 10 >= len(text) * 7 and len(short) > 3)
    )


def _truth(bare: str, texts: list[str]) -> int | None:
    """The place of “Đúng” or “Sai” that a short form of it means."""
    for names in (_TRUE, _FALSE):
        if bare in names:
            return next((place for place, text in enumerate(texts) if text in names), None)
    return None


def _behind(value: str, option: str) -> str:
    return value[len(option) :].strip(" \t.;:–—-") if len(value) > len(option) + 3 else ""


def _behind_words(rest: str, bare: str) -> str:
    """What follows once all words of `bare` have been said."""
    words = bare.split()
    found = list(re.finditer(r"\w+", rest))
    if len(found) <= len(words):
        return ""
    return rest[found[len(words) - 1].end() :].strip(" \t.;:–—-")
