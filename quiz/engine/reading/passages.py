"""What lies between items: headings, which name topics, and all that belongs to nobody."""

from bisect import bisect_left
from collections.abc import Sequence

from quiz.engine.reading.blocks import Block, Passage
from quiz.engine.reading.extents import Extents
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.markers import is_heading, is_key_heading
from quiz.engine.reading.plain_options import Span


class Passages:
    """Collects in `found` what is no item's, without the stretches `taken` (in order)."""

    def __init__(self, flow: Flow, extents: Extents, taken: Sequence[Span]) -> None:
        self._flow, self._extents, self._taken = flow, extents, taken
        self.found: list[Passage] = []

    def add(self, start: int, end: int) -> None:
        """What belongs to no item: headings one by one, all else in runs of lines."""
        for index in self._extents.lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            first, last = max(at, start), min(at + len(line.text), end)
            if first >= last or not self._flow.text[first:last].strip() or self._is_taken(first):
                continue
            heading = line.heading or is_heading(line.text) or is_key_heading(line.text)
            before = self.found[-1] if self.found else None
            if before and not heading and not before.heading and before.end >= first - 2:
                before.end = last
            else:
                self.found.append(Passage(first, last, heading))

    def behind_headings(self, start: int, end: int) -> int:
        """Where the first item's stem begins when no number says so: behind the last heading."""
        begin = start
        lines = [
            index for index in self._extents.lines(start, end) if self._flow.starts[index] < end
        ]
        for index in lines:
            line, at = self._flow.lines[index], self._flow.starts[index]
            beyond = at + len(line.text) + 1
            if (line.heading or is_heading(line.text) or not line.text.strip()) and beyond < end:
                begin = beyond if self._flow.text[beyond:end].strip() else begin
        if begin > start:
            self.add(start, begin)
        return begin

    def _is_taken(self, at: int) -> bool:
        index = bisect_left(self._taken, (at + 1, 0)) - 1
        return index >= 0 and at < self._taken[index][1]


def number_sections(flow: Flow, blocks: Sequence[Block], passages: Sequence[Passage]) -> None:
    """Count a new section wherever numbering begins anew; give items the topic above them."""
    section, last, topic = 0, 0, ""
    headings = [passage for passage in passages if passage.heading]
    headings.sort(key=lambda passage: passage.start)
    at = 0
    for block in sorted(blocks, key=lambda block: block.start):
        while at < len(headings) and headings[at].start < block.start:
            title = flow.text[headings[at].start : headings[at].end]
            topic = topic if is_key_heading(title) else title
            at += 1
        if block.number is not None:
            section += block.number < last
            last = block.number
        block.section, block.topic = section, topic
