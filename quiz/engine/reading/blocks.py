"""Cutting a flow into items: their stems, options and notes, and what lies between them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quiz.engine.reading.flow import Flow
from quiz.engine.reading.items_found import true_marks
from quiz.engine.reading.markers import (
    ItemMark,
    OptionMark,
    is_heading,
    is_key_heading,
    item_marks,
    option_marks,
)
from quiz.engine.reading.notes import Note, bare_keys, notes
from quiz.engine.reading.option_lists import option_lists
from quiz.engine.reading.plain_options import Option, Span, plain_options
from quiz.engine.text_repair import is_page_number


@dataclass(slots=True)
class Block:
    """One item as cut out: `number` and `named` as its marker says, spans into the flow's text."""

    number: int | None
    named: bool
    start: int
    end: int
    body: int = 0  # where its marker ends
    stem: list[Span] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    loose: list[Span] = field(default_factory=list)  # left over between options and key
    crooked: bool = False  # letters doubled or missing
    borrowed: bool = False  # the stem is a passage above it
    topic: str = ""
    section: int = 0


@dataclass(slots=True)
class Passage:
    """What belongs to no item; `heading` when it names a topic or announces keys."""

    start: int
    end: int
    heading: bool = False


def cut(flow: Flow, taken: Sequence[Span] = ()) -> tuple[list[Block], list[Passage]]:
    """The items and the passages between them, each in order. `taken` stretches are left alone."""
    return _Cutter(flow, taken).cut()


class _Cutter:
    def __init__(self, flow: Flow, taken: Sequence[Span]) -> None:
        self._flow = flow
        self._taken = sorted(taken)
        starts = [start for start, _end in self._taken]

        def free(at: int) -> bool:
            index = bisect_left(starts, at + 1) - 1
            return index < 0 or at >= self._taken[index][1]

        self._marks = [mark for mark in item_marks(flow) if free(mark.start)]
        self._notes = [note for note in notes(flow, self._marks) if free(note.start)]
        self._bare = [note for note in bare_keys(flow) if free(note.start)]
        self._options = [mark for mark in option_marks(flow) if free(mark.start)]
        _end_at_items(self._notes, self._marks)
        self._wraps = _wraps(flow)
        self.blocks: list[Block] = []
        self.passages: list[Passage] = []

    def cut(self) -> tuple[list[Block], list[Passage]]:
        options = self._without(self._options, self._notes)
        marks = true_marks(self._marks, options, len(self._flow.text))
        self._option_starts = [mark.start for mark in options]
        self._free_options = options
        self._note_starts = [note.start for note in self._notes]
        at = 0
        for mark, start, end in self._segments(marks):
            if at < start:
                self._between(at, start)
            self._segment(mark, start, end)
            at = end
        self._between(at, len(self._flow.text))
        self._number_sections()
        return self.blocks, self.passages

    @staticmethod
    def _without(marks: list[OptionMark], found: list[Note]) -> list[OptionMark]:
        """The marks outside of notes: “Đáp án: C. …” begins no option."""
        kept, index = [], 0
        for mark in marks:
            while index < len(found) and found[index].stop <= mark.start:
                index += 1
            if index == len(found) or mark.start < found[index].start:
                kept.append(mark)
        return kept

    def _segments(self, marks: list[ItemMark]) -> Iterator[tuple[ItemMark | None, int, int]]:
        """Each mark with the stretch up to the next one or to what is taken."""
        stops = sorted({*(mark.start for mark in marks), *(start for start, _end in self._taken)})
        stops.append(len(self._flow.text))
        if not marks and self._options:
            at = 0
            for start, end in (*self._taken, (len(self._flow.text), 0)):
                if at < start:
                    yield None, at, start
                at = end
            return
        for mark in marks:
            yield mark, mark.start, stops[bisect_left(stops, mark.start + 1)]

    def _segment(self, mark: ItemMark | None, start: int, end: int) -> None:
        """One item, or several where the options begin anew without a number before them."""
        marks = self._free_options[
            bisect_left(self._option_starts, start) : bisect_left(self._option_starts, end)
        ]
        lists = self._separate(option_lists(marks))
        body = mark.end if mark else start
        if not lists:
            self._without_options(mark, start, body, end)
            return
        for index, options in enumerate(lists):
            last = index + 1 == len(lists)
            stop = end if last else self._next_stem(options[-1], lists[index + 1][0].start)
            named = bool(mark and mark.named)
            block = Block(mark.number if mark else None, named, start, stop, body)
            stem_start = body
            if mark is None and index == 0:
                stem_start = self._first_stem(start, options[0].start)
                block.start = block.body = stem_start
            self._fill(block, stem_start, options, stop)
            self.blocks.append(block)
            mark, start, body = None, stop, stop

    def _separate(self, lists: list[list[OptionMark]]) -> list[list[OptionMark]]:
        """Without lists in another manner of writing, which are part of a stem: “a) … b) …”."""
        if len(lists) < 2:
            return lists
        if lists[0][0].style != lists[-1][0].style:
            return [each for each in lists if each[0].style == lists[-1][0].style]
        return lists

    def _without_options(self, mark: ItemMark | None, start: int, body: int, end: int) -> None:
        if mark is None:
            self._between(start, end)
            return
        block = Block(mark.number, mark.named, start, end, body)
        stop = self._end_of_text(body, end)
        self._take_notes(block, start, end)
        single = [
            each
            for each in self._free_options[
                bisect_left(self._option_starts, start) : bisect_left(self._option_starts, end)
            ]
            if each.leads or each.start == body
        ]
        if options := plain_options(self._flow, body, self._first_note(block, body, end)):
            block.options = options
            block.stem = self._outside(block, body, options[0].marker[0])
            stop = options[-1].text[1]
        elif len(single) == 1:
            at = single[0]
            stop = self._end_of_text(at.end, self._first_note(block, at.end, end))
            block.options = [Option(at.letter, (at.start, at.end), (at.end, stop), at.starred)]
            block.stem = self._outside(block, body, at.start)
        else:
            block.stem = self._outside(block, body, stop)
        self._close(block, max(stop, body))
        self.blocks.append(block)

    def _fill(self, block: Block, stem_start: int, marks: list[OptionMark], end: int) -> None:
        self._take_notes(block, block.start, end, marks[-1].end)
        block.stem = self._outside(block, stem_start, marks[0].start)
        ends = [*(mark.start for mark in marks[1:]), end]
        for mark, next_mark in zip(marks, ends, strict=True):
            stop = self._first_note(block, mark.end, next_mark)
            if mark is marks[-1]:
                stop = self._end_of_text(mark.end, stop)
            block.options.append(
                Option(mark.letter, (mark.start, mark.end), (mark.end, stop), mark.starred)
            )
        letters = [mark.letter.upper() for mark in marks]
        block.crooked = len(set(letters)) < len(letters) or letters[0] != "A"
        self._close(block, block.options[-1].text[1])

    def _take_notes(
        self, block: Block, start: int, end: int, last_option: int | None = None
    ) -> None:
        """The notes in the stretch; a lone letter only behind the options, if nothing said more."""
        first, stop = bisect_left(self._note_starts, start), bisect_left(self._note_starts, end)
        block.notes = [*self._notes[first:stop]]
        for note in block.notes:
            note.stop = min(note.stop, end)
        if last_option is not None and not any(
            note.kind in {"key", "cell"} for note in block.notes
        ):
            found = [note for note in self._bare if last_option < note.start < end]
            block.notes += found[:1]
            block.notes.sort(key=lambda note: note.start)

    @staticmethod
    def _first_note(block: Block, start: int, end: int) -> int:
        return min((note.start for note in block.notes if start <= note.start < end), default=end)

    @staticmethod
    def _outside(block: Block, start: int, end: int) -> list[Span]:
        """The stretch without the notes in it."""
        spans = []
        for note in block.notes:
            if start <= note.start < end:
                spans.append((start, note.start))
                start = min(end, note.stop)
        spans.append((start, end))
        return [(first, last) for first, last in spans if first < last]

    def _close(self, block: Block, at: int) -> None:
        """End the block behind its last text or note; what is left is a passage."""
        for note in block.notes:
            if note.kind in {"why", "cite"} and note.start >= at:
                following = self._first_note(block, note.stop, block.end)
                note.stop = self._end_of_text(note.end, following, explains=True)
            elif note.kind == "key" and note.start >= at:
                following = self._first_note(block, note.stop, block.end)
                at_explanation = self._explanation(note.stop, following)
                if at_explanation:
                    stop = self._end_of_text(at_explanation, following, explains=True)
                    block.notes.append(Note("why", at_explanation, at_explanation, stop))
        block.notes.sort(key=lambda note: note.start)
        rest = [at, *(note.stop for note in block.notes if note.stop > at)]
        end = block.end
        block.end = self._behind_page_numbers(max(rest), end)
        at = max(at, block.end) if block.end > max(rest) else at
        gaps = sorted((note.start, note.stop) for note in block.notes if note.stop > at)
        for first, last in gaps:
            if first > at:
                block.loose += self._left_over(at, first)
            at = max(at, last)
        self._between(at, end)

    def _left_over(self, start: int, end: int) -> Iterator[Span]:
        """The lines of an item that were not understood, pages' numbers aside."""
        for index in self._lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            first, last = max(at, start), min(at + len(line.text), end)
            words = self._flow.text[first:last].strip()
            if words.strip(" .;)]") and not is_page_number(words):
                yield first, last

    def _behind_page_numbers(self, at: int, end: int) -> int:
        """The end of an item that has pictures or the pages' numbers behind it."""
        for index in self._lines(at, end):
            start, text = self._flow.starts[index], self._flow.lines[index].text
            if start >= at and self._flow.lines[index].pictures:
                at = start + len(text) + 1
            elif start >= at and text.strip():
                if not is_page_number(text):
                    break
                at = start + len(text)
        return min(at, end)

    def _explanation(self, start: int, end: int) -> int:
        """Where an explanation begins right below a key, without a word that says so; 0 if none."""
        for index in self._lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            if at >= start:
                first, *_rest = line.text.split(None, 1) or [""]
                return at if first.lower() in _REASONS else 0
        return 0

    def _end_of_text(self, start: int, end: int, *, explains: bool = False) -> int:
        """Where a text that begins here stops being the same one; at the end of a line."""
        text, flow = self._flow.text, self._flow
        stop, previous, blank, begun = start, "", False, False
        for index in self._lines(start, end):
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
        for later in self._lines(
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

    def _lines(self, start: int, end: int) -> Iterator[int]:
        """Indexes of the lines that the stretch touches."""
        index = self._flow.index_at(start)
        while index < len(self._flow.lines) and self._flow.starts[index] < max(end, start + 1):
            yield index
            index += 1

    def _next_stem(self, last: OptionMark, following: int) -> int:
        """Where the stem of the next, unnumbered item begins between its options and these."""
        stop = self._first_free(self._end_of_text(last.end, following), following)
        if stop < following:
            return stop
        index = self._flow.index_at(following - 1)
        return max(last.end, self._flow.starts[index])

    def _first_free(self, start: int, end: int) -> int:
        """Behind the notes that follow, at the head of the next line with words."""
        for note in (*self._notes, *self._bare):
            if start <= note.start < end and not self._flow.text[start : note.start].strip():
                start = note.stop
        for index in self._lines(start, end):
            at = self._flow.starts[index]
            if at >= start and self._flow.lines[index].text.strip() and at < end:
                return at
        return end

    def _first_stem(self, start: int, end: int) -> int:
        """Where the first item's stem begins when no number says so: behind the last heading."""
        begin = start
        lines = [index for index in self._lines(start, end) if self._flow.starts[index] < end]
        for index in lines:
            line, at = self._flow.lines[index], self._flow.starts[index]
            beyond = at + len(line.text) + 1
            if (line.heading or is_heading(line.text) or not line.text.strip()) and beyond < end:
                begin = beyond if self._flow.text[beyond:end].strip() else begin
        if begin > start:
            self._between(start, begin)
        return begin

    def _between(self, start: int, end: int) -> None:
        """What belongs to no item: headings one by one, all else in runs of lines."""
        for index in self._lines(start, end):
            line, at = self._flow.lines[index], self._flow.starts[index]
            first, last = max(at, start), min(at + len(line.text), end)
            if first >= last or not self._flow.text[first:last].strip() or self._is_taken(first):
                continue
            heading = line.heading or is_heading(line.text) or is_key_heading(line.text)
            before = self.passages[-1] if self.passages else None
            if before and not heading and not before.heading and before.end >= first - 2:
                before.end = last
            else:
                self.passages.append(Passage(first, last, heading))

    def _is_taken(self, at: int) -> bool:
        index = bisect_left(self._taken, (at + 1, 0)) - 1
        return index >= 0 and at < self._taken[index][1]

    def _number_sections(self) -> None:
        """Count a new section wherever numbering begins anew; give items the topic above them."""
        section, last, topic = 0, 0, ""
        headings = [passage for passage in self.passages if passage.heading]
        headings.sort(key=lambda passage: passage.start)
        at = 0
        for block in sorted(self.blocks, key=lambda block: block.start):
            while at < len(headings) and headings[at].start < block.start:
                title = self._flow.text[headings[at].start : headings[at].end]
                topic = topic if is_key_heading(title) else title
                at += 1
            if block.number is not None:
                section += block.number < last
                last = block.number
            block.section, block.topic = section, topic


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


def _end_at_items(found: list[Note], marks: list[ItemMark]) -> None:
    """Let no note reach over the beginning of an item in the same line."""
    starts = [mark.start for mark in marks if mark.named]
    for note in found:
        index = bisect_left(starts, note.end)
        if index < len(starts):
            note.stop = min(note.stop, starts[index])


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
