"""How far a text goes on: over which lines, past which pages' numbers."""

from collections.abc import Iterator

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.markers import is_heading, is_key_heading
from quiz.engine.reading.plain_options import Span
from quiz.engine.text_repair import is_page_number

_REASONS = frozenset(
    (
        "vì",
        "theo",
        "căn",
        "do",
        "điều",
        "khoản",
        "tại",
        "quy",
        "bởi",
        "điểm",
        "(theo",
        "(điều",
        "(căn",
    )
)


class Extents:
    """Where the texts of one flow end."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._wraps = _wraps(flow)

    def lines(self, start: int, end: int) -> Iterator[int]:
        """Indexes of the lines that the stretch touches."""
        index = self._flow.index_at(start)
        while index < len(self._flow.lines) and self._flow.starts[index] < max(end, start + 1):
            yield index
            index += 1

    def end_of_text(self, start: int, end: int, *, explains: bool = False) -> int:
        """Where a text that begins here stops being the same one; at the end of a line."""
        text, flow = self._flow.text, self._flow
        stop, previous, blank, begun = start, "", False, False
        for index in self.lines(start, end):
            line, at = flow.lines[index], flow.starts[index]
            words = text[max(at, start) : min(at + len(line.text), end)].strip()
            line_end = min(at + len(line.text), end)
            if not words:
                blank = begun
                continue
            if begun and is_page_number(words) and len(words) < 12 and not explains:
                if not self._is_followed(index, end, previous):
                    return stop
                continue
            if begun and not self._continues(previous, words, blank, index, explains):
                return stop
            stop, previous, blank, begun = line_end, words, False, True
        return stop

    def _is_followed(self, index: int, end: int, previous: str) -> bool:
        """Whether the text goes on behind a page's number."""
        for later in self.lines(
            self._flow.starts[index] + len(self._flow.lines[index].text) + 1, end
        ):
            if words := self._flow.lines[later].text.strip():
                return words[0].islower()
        return False

    def _continues(
        self, previous: str, words: str, blank: bool, index: int, explains: bool
    ) -> bool:
        if self._flow.lines[index].heading or is_heading(words) or is_key_heading(words):
            return False
        if words[0].islower() or words[0] in ",;)”":
            return True
        if blank:
            return False
        return explains or (
            previous[-1] not in ".;?!:"
            and 0 < self._wraps <= len(previous) + len(words.split(maxsplit=1)[0]) + 8
        )

    def behind_page_numbers(self, at: int, end: int) -> int:
        """The end of an item that has pictures or the pages' numbers behind it."""
        for index in self.lines(at, end):
            start, text = self._flow.starts[index], self._flow.lines[index].text
            if start >= at and self._flow.lines[index].pictures:
                at = start + len(text) + 1
            elif start >= at and text.strip():
                if not is_page_number(text):
                    break
                at = start + len(text)
        return min(at, end)

    def explanation(self, start: int, end: int) -> int:
        """Where an explanation begins right below a key, without a word that says so; 0 if none."""
        for index in self.lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            if at >= start:
                first, *_rest = line.text.split(None, 1) or [""]
                return at if first.lower() in _REASONS else 0
        return 0

    def left_over(self, start: int, end: int) -> Iterator[Span]:
        """The lines of an item that were not understood, pages' numbers aside."""
        for index in self.lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            first, last = max(at, start), min(at + len(line.text), end)
            words = self._flow.text[first:last].strip()
            if words.strip(" .;)]") and not is_page_number(words):
                yield first, last


def _wraps(flow: Flow) -> int:
    """The width at which the lines of a document are broken by hand; 0 when they are not."""
    lengths = sorted(len(line.text) for line in flow.lines if line.text.strip())
    if len(lengths) < 8:
        return 0
    width = lengths[len(lengths) * 19 // 20]
    near = sum(width - 15 <= length <= width + 5 for length in lengths)
    return (
        width - 15
        if width <= 130 and near * 5 >= len(lengths) and lengths[-1] <= width * 1.3
        else 0
    )
