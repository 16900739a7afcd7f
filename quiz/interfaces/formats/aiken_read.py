"""Aiken in: a question, lines “A. …” or “A) …”, and “ANSWER: B”."""

import re
from typing import BinaryIO

from quiz.interfaces.excel.items_keys import is_true_false
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE, Found, made
from quiz.interfaces.formats.refusals import NotOfThisFormat, TooManyItems
from quiz.interfaces.formats.sentences import place_in_file
from quiz.interfaces.formats.texts import MOST_ITEMS, decoded, read_whole, visible
from quiz.readings import Reading

FORMAT = "aiken"
_OPTION = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_HAS_ANSWER = re.compile(r"^[ \t]*ANSWER:", re.MULTILINE)
_LETTERS = re.compile(r"[A-Z](?:[\s,;&]+[A-Z])*")


def read_aiken(source: BinaryIO, *, name: str) -> Reading:
    """All items of an Aiken file. Raises UnreadableFile."""
    text = visible(decoded(read_whole(source)))
    if not _HAS_ANSWER.search(text):
        raise NotOfThisFormat.named("Aiken")
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line)
    reader.end()
    return Reading(FORMAT, tuple(made(found) for found in reader.found))


class _Reader:
    """Takes the lines one by one; an answer ends an item, and so does a stem after options."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._lines: list[str] = []
        self._stem: list[str] = []
        self._options: list[list[str]] = []
        self._begun = 0
        self._gap = False

    def take(self, number: int, line: str) -> None:
        bare = line.strip()
        if not bare:
            self._gap = True
            return
        option, answer = _OPTION.fullmatch(bare), _ANSWER.fullmatch(bare)
        if not option and not answer and self._options and self._gap:
            self.end()  # a question begins and the one before has no answer
        if not self._lines:
            self._begun = number
        self._lines.append(line)
        self._gap = False
        if answer and self._options:
            self.end(answer[1])
        elif option and self._stem:
            self._options.append([option[2]])
        elif self._options:
            self._options[-1].append(bare)
        else:
            self._stem.append(bare)

    def end(self, answer: str = "") -> None:
        """Keep the item at hand; `answer` is what stands behind “ANSWER:”."""
        if not self._lines:
            return
        if len(self.found) >= MOST_ITEMS:
            raise TooManyItems
        options = ["\n".join(lines) for lines in self._options]
        letters = answer.strip()
        right = set()
        if _LETTERS.fullmatch(letters):
            right = {ord(each) - ord("A") for each in letters if each.isalpha()}
        kind = TRUE_FALSE if is_true_false(options) else MULTIPLE if len(right) > 1 else SINGLE
        found = Found(
            place=place_in_file(len(self.found) + 1, self._begun),
            row=self._begun,
            source="\n".join(self._lines),
            kind=kind,
            stem="\n".join(self._stem),
            options=options,
            right=right,
            key_text=f"ANSWER: {letters}" if letters else "",
        )
        self.found.append(found)
        self._lines, self._stem, self._options = [], [], []
        self._gap = False
