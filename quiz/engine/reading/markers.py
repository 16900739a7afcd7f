"""Where items and options may begin, and which lines are headings: what each looks like.

Which of them count is for others to say.
"""

import re
from dataclasses import dataclass

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.patterns import (
    CITING,
    HEADING,
    INLINE_KEY,
    INNER_ITEM,
    INNER_OPTION,
    KEY_HEADING,
    LETTERS,
    LINE_OPTION,
    NAMED_ITEM,
    NUMBER_ITEM,
    TRAILING_KEY,
)

_LONGEST = 5000  # characters of an option that are searched; longer ones are refused anyway


@dataclass(slots=True)
class ItemMark:
    """Where an item may begin: `start` to `end` is its marker.

    `named` by a word such as “Câu”, or by a table's column, not by a mere number; `inner` where it
    does not lead its line.
    """

    start: int
    end: int
    number: int
    named: bool
    inner: bool = False


@dataclass(slots=True)
class OptionMark:
    """Where an option may begin: the letter as written, and whether it leads its line.

    `style` tells apart “A.”, “a)”, “•A.”: the case, what ends the letter and what stands before it.
    """

    start: int
    end: int
    letter: str
    style: str
    leads: bool
    starred: bool = False


def item_marks(flow: Flow) -> list[ItemMark]:
    """Every place an item might begin at, in order."""
    text = flow.text
    found = {
        match.start(): ItemMark(*match.span(), int(match["number"]), named=named)
        for pattern, named in ((NUMBER_ITEM, False), (NAMED_ITEM, True))
        for match in pattern.finditer(text)
    }
    for line, at in zip(flow.lines, flow.starts, strict=True):
        if line.number is not None:
            end = found[at].end if at in found and found[at].named else at
            found[at] = ItemMark(at, end, line.number, named=True)
    for match in INNER_ITEM.finditer(text):
        mark = ItemMark(*match.span(), int(match["number"]), named=True, inner=True)
        leading = found.get(flow.starts[flow.index_at(mark.start)])
        if leading is None or leading.end < mark.start:
            found.setdefault(mark.start, mark)
    return [found[at] for at in sorted(found)]


def begins_item(line: str) -> bool:
    """Whether a line by itself looks like the beginning of an item."""
    return bool(NAMED_ITEM.match(line) or NUMBER_ITEM.match(line))


def option_marks(flow: Flow) -> list[OptionMark]:
    """Every place an option might begin at, in order."""
    found: dict[int, OptionMark] = {}
    for line, at in zip(flow.lines, flow.starts, strict=True):
        if line.option is not None:
            found[at] = OptionMark(at, at, LETTERS[line.option % 8], "", leads=True)
    for match in LINE_OPTION.finditer(flow.text):
        mark, told = _option_mark(match, leads=True), found.get(match.start())
        if told and told.letter == mark.letter.upper():
            told.end, told.starred = mark.end, mark.starred
        elif not told:
            found[match.start()] = mark
    taken = {(mark.end, mark.letter) for mark in found.values()}
    for match in INNER_OPTION.finditer(flow.text):
        if (match.end(), match["letter"]) in taken:
            continue
        if not CITING.search(flow.text, max(0, match.start() - 16), match.start()):
            found.setdefault(match.start(), _option_mark(match, leads=False))
    return [found[at] for at in sorted(found)]


def _option_mark(match: re.Match[str], *, leads: bool) -> OptionMark:
    letter = match["letter"]
    dash = match["dash"] if leads else None
    style = ("A" if letter.isupper() else "a") + (match["end"] or ("-" if dash else ""))
    if leads:
        style += match[0][: match.start("letter") - match.start()].strip(" \t*([✓✔☑√🗸")
    starred = bool(match["star"] or match["late"])
    return OptionMark(*match.span(), letter, style, leads, starred)


def is_heading(line: str) -> bool:
    """Whether a line between two items reads like a heading: “CHƯƠNG 1”, “II. …”, all capitals."""
    stripped = line.strip(" \t*_#-–—=")
    if not stripped or len(stripped) > 200 or stripped[-1] in "?;,":
        return False
    letters = [character for character in stripped if character.isalpha()]
    if letters and letters[0].isupper() and HEADING.match(stripped):
        return True
    return len(letters) >= 6 and stripped.upper() == stripped and len(stripped.split()) >= 2


def is_key_heading(line: str) -> bool:
    """“ĐÁP ÁN”, “Bảng đáp án tuần 1”: what follows are keys, not items."""
    return len(line) < 120 and KEY_HEADING.match(line) is not None


def inline_key(text: str) -> tuple[int, int, str] | None:
    """(from, to, the legal basis) of “(đáp án đúng – điểm a khoản 2 …)” in an option, else None."""
    text = text[:_LONGEST]
    for match in INLINE_KEY.finditer(text):
        close = _closing(text, match.start())
        inside = text[match.end() : close]
        if inside.strip() and not match["end"]:
            continue  # “(đúng quy trình)” says nothing about the key
        return match.start(), min(len(text), close + 1), inside.strip(" .;–—-")
    trailing = TRAILING_KEY.search(text, max(0, len(text) - 40))
    return (*trailing.span(), "") if trailing else None


def _closing(text: str, start: int) -> int:
    """Where the bracket at `start` closes, brackets inside it counted; the end if it never does."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if not depth:
            return at
    return len(text)
