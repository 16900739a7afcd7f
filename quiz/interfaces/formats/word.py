"""Reading items from a Word document (.docx), formatted or not.

Word's XML is walked directly, paragraph by paragraph: python-docx builds the whole tree first,
which a hostile file of 60 MB turns into gigabytes, and leaves out tracked insertions, content
controls and automatic numbers.
"""

from collections.abc import Sequence
from typing import BinaryIO

from quiz.engine.legacy_text import legacy_encoding
from quiz.engine.reading.flow import Flow, Line
from quiz.engine.reading.key_lists import KeyList, grid_key_lists
from quiz.interfaces.formats.drafting import reading_of
from quiz.interfaces.formats.known_formats import read_bounded, require_few_lines
from quiz.interfaces.formats.naming import place_of_line
from quiz.interfaces.formats.refusals import EmptyFile
from quiz.interfaces.formats.text_sentences import fault
from quiz.interfaces.formats.word_lines import Table, WordLines
from quiz.interfaces.formats.word_package import open_package
from quiz.interfaces.formats.word_tables import lines_of, row_line, texts_of
from quiz.readings import Reading


def read_word(source: BinaryIO, *, name: str) -> Reading:
    """The items of a .docx (or .docm, whose macros stay packed). Raises UnreadableFile."""
    document = WordDocument(source)
    notices = ()
    if document.hidden:
        notices = (fault("hidden_text", place_of_line(1)),)
    return reading_of(document.flow, format="word", lists=document.lists, notices=notices)


class WordDocument:
    """The flow of a Word document, and the tables of answers in it. Raises UnreadableFile."""

    def __init__(self, source: BinaryIO) -> None:
        walker = WordLines(open_package(read_bounded(source)))
        self._lines: list[Line] = []
        self._tables: list[tuple[list[KeyList], int, int]] = []
        for part in walker.parts():
            if isinstance(part, Table):
                self._add_table(part)
            else:
                self._lines += part
            require_few_lines(len(self._lines))
        if not any(line.raw.strip() for line in self._lines):
            raise EmptyFile
        _guess_encodings(self._lines)
        self.hidden = walker.hidden
        self.flow = Flow.of(self._lines)
        self.lists = [*self._placed()]

    def _add_table(self, table: Table) -> None:
        texts = texts_of(table)
        begin = len(self._lines)
        lists = grid_key_lists(texts)
        if lists:
            self._lines += [row_line(row) for row in table.rows]
            self._tables.append((lists, begin, len(self._lines)))
        else:
            self._lines += lines_of(table, texts)
        self._lines.append(Line(""))

    def _placed(self) -> Sequence[KeyList]:
        """The lists with the stretches of their tables."""
        placed = []
        for lists, begin, stop in self._tables:
            first, last = self.flow.lines[begin], stop - 1
            for each in lists:
                each.start = self.flow.starts[begin]
                each.end = self.flow.starts[last] + len(self.flow.lines[last].text)
                each.line = first.place
                placed.append(each)
        return placed


def _guess_encodings(lines: Sequence[Line]) -> None:
    """Where no font says so, a document may still be in a legacy encoding all over."""
    marked = [line for line in lines if not line.raw.isascii() and not line.encodings]
    sample = "\n".join(line.raw for line in marked)[:200_000]
    if encoding := legacy_encoding(sample):
        for line in marked:
            line.encodings = [(0, len(line.raw), encoding)]
