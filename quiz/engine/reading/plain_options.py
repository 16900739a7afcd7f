"""Options without letters: lines with dashes, or counted 1, 2, 3 below a “Câu 5”."""

import re
from dataclasses import dataclass

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.patterns import LETTERS

Span = tuple[int, int]

_DASHED = re.compile(r"[ \t]*+(?P<sign>[-–+•·*○□☐☑✓✔])[ \t]++(?=\S)")
_COUNTED = re.compile(r"[ \t]*+[(\[]?(?P<number>[1-8])[ \t]*+[.)/\]:][ \t]*+(?=\D)")
_TICKS = frozenset("*☑✓✔")


@dataclass(slots=True)
class Option:
    """One option: its letter as written, where its marker stands, where its text."""

    letter: str
    marker: Span
    text: Span
    starred: bool = False


def plain_options(flow: Flow, start: int, end: int) -> list[Option]:
    """The options in a stretch that has no lettered ones; [] when its lines are no list.

    All lines from the first with a dash or “1.” on, below a stem, have to begin the same way; a
    tick may stand for the dash of the right one. Options are lettered by their order.
    """
    lines = [
        (at, at + len(flow.lines[index].text))
        for index in range(flow.index_at(start), len(flow.lines))
        if start <= (at := flow.starts[index]) < end and flow.lines[index].text.strip()
    ]
    if not flow.text[start : lines[0][0] if lines else end].strip():
        lines = lines[1:]
    for pattern in (_COUNTED, _DASHED):
        if options := _listed(flow, lines, pattern):
            return options
    return []


def _listed(flow: Flow, lines: list[Span], pattern: re.Pattern[str]) -> list[Option]:
    found = [(pattern.match(flow.text, first, last), last) for first, last in lines]
    while found and found[0][0] is None:
        found.pop(0)
    if not 2 <= len(found) <= len(LETTERS):
        return []
    options: list[Option] = []
    for letter, (match, last) in zip(LETTERS, found, strict=False):
        if match is None:
            return []
        number = match.groupdict().get("number")
        if number and number != str(len(options) + 1):
            return []
        ticked = match.groupdict().get("sign") in _TICKS
        options.append(Option(letter, match.span(), (match.end(), last), ticked))
    return options
