"""Where keys, explanations, citations, levels and topics are said in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.markers import ItemMark
from quiz.engine.reading.patterns import (
    ANSWERS,
    BARE_KEY,
    BRACKETED_KEY,
    INNER_KEY,
    KEY_BEHIND_NUMBER,
    LETTER,
    LETTERS_ONLY,
    LINE_KEY,
    NOTE,
)

_FIRST_LETTERS = re.compile(rf"(?:^|(?<=\s))({LETTER})[.)/]")
_NO_BLANK = re.compile(r"\s*+")
_LONGEST_LETTERS = 12  # characters of “A, B và C.”


@dataclass(slots=True)
class Note:
    """A stretch that is neither stem nor option: `kind` is key, cell, why, cite, level or topic.

    From `start` to `end` stand the words that say so, then the value up to `until`; what is left
    up to `stop` says nothing.
    """

    kind: str
    start: int
    end: int
    stop: int
    number: int | None = None
    short: int = 0

    @property
    def until(self) -> int:
        return self.short or self.stop


def notes(flow: Flow, items: Sequence[ItemMark]) -> list[Note]:
    """Keys, explanations and the like, in order; each ends with its line."""
    text = flow.text
    found: dict[int, Note] = {}
    for match in NOTE.finditer(text):
        found[match.start()] = Note(
            str(match.lastgroup), *match.span(), _line_end(text, match.end())
        )
    behind = (KEY_BEHIND_NUMBER.match(text, mark.end) for mark in items if mark.named)
    for match in (*LINE_KEY.finditer(text), *filter(None, behind)):
        if note := _key_note(text, match):
            found[match.start()] = note
    for match in INNER_KEY.finditer(text):
        stop = _line_end(text, match.end())
        if LETTERS_ONLY.match(text, match.end(), stop):
            found.setdefault(match.start(), Note("key", *match.span(), stop))
    for match in BRACKETED_KEY.finditer(text):
        first, last = match.span("letter")
        found.setdefault(match.start(), Note("key", match.start(), first, match.end(), short=last))
    for line, at in zip(flow.lines, flow.starts, strict=True):
        if line.note:
            found[at] = Note(line.note, at, at, at + len(line.text))
    return _apart(sorted(found.values(), key=lambda note: note.start))


def _apart(found: list[Note]) -> list[Note]:
    """Of notes in one line each ends where the next begins."""
    kept: list[Note] = []
    for note in found:
        if kept and kept[-1].end > note.start:
            continue
        if kept and kept[-1].stop > note.start:
            kept[-1].stop = note.start
        kept.append(note)
    return kept


def _key_note(text: str, match: re.Match[str]) -> Note | None:
    """A line that begins as a key and goes on as one."""
    stop = _line_end(text, match.end())
    value = text[match.end() : stop]
    number = int(match["number"]) if match["number"] else None
    if not value.strip():
        return _value_below(text, match, number)
    if [letter.upper() for letter in _FIRST_LETTERS.findall(value)[:2]] == ["A", "B"]:
        return None  # “Đáp án: A. … B. …” introduces the options
    letters = LETTERS_ONLY.match(value)
    if not letters and not (match["colon"] and ANSWERS.search(match[0])):
        return None
    if not match["colon"] and letters and _goes_on(value[letters.end() :]):
        return None
    return Note("key", *match.span(), stop, number)


def _goes_on(rest: str) -> bool:
    """Whether a sentence goes on: “Đáp án A và B khác nhau ở …”, “Trả lời a lô”."""
    return rest[:1] in {" ", "\t"} and rest.lstrip()[:1].islower()


def _value_below(text: str, match: re.Match[str], number: int | None) -> Note | None:
    """“Đáp án:” with the letters alone in the next line that is not blank."""
    below = _NO_BLANK.match(text, match.end())
    start = below.end() if below else match.end()
    stop = _line_end(text, start)
    if 0 < stop - start < _LONGEST_LETTERS and LETTERS_ONLY.fullmatch(
        text[start:stop].rstrip(" .;\t)*")
    ):
        return Note("key", match.start(), start, stop, number)
    return None


def bare_keys(flow: Flow) -> list[Note]:
    """Lines that hold one letter and no more: a key if the options above it are complete."""
    found = []
    for match in BARE_KEY.finditer(flow.text):
        letter = match.span(str(match.lastgroup))
        found.append(Note("key", match.start(), letter[0], match.end(), short=letter[1]))
    return found


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
