"""Cutting a flow into items: their stems, options and notes, and what lies between them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quiz.engine.reading.blocks import Block, Passage
from quiz.engine.reading.extents import Extents
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.items_found import true_marks
from quiz.engine.reading.markers import ItemMark, OptionMark, item_marks, option_marks
from quiz.engine.reading.notes import Note, bare_keys, notes
from quiz.engine.reading.option_lists import option_lists
from quiz.engine.reading.passages import Passages, number_sections
from quiz.engine.reading.plain_options import Option, Span, plain_options


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
        self._extents = Extents(flow)
        self._passages = Passages(flow, self._extents, self._taken)
        self.blocks: list[Block] = []

    def cut(self) -> tuple[list[Block], list[Passage]]:
        options = self._without(self._options, self._notes)
        marks = true_marks(self._marks, options, len(self._flow.text))
        self._option_starts = [mark.start for mark in options]
        self._free_options = options
        self._note_starts = [note.start for note in self._notes]
        at = 0
        for mark, start, end in self._segments(marks):
            if at < start:
                self._passages.add(at, start)
            self._segment(mark, start, end)
            at = end
        self._passages.add(at, len(self._flow.text))
        number_sections(self._flow, self.blocks, self._passages.found)
        return self.blocks, self._passages.found

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
                stem_start = self._passages.behind_headings(start, options[0].start)
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
            self._passages.add(start, end)
            return
        block = Block(mark.number, mark.named, start, end, body)
        stop = self._extents.end_of_text(body, end)
        self._take_notes(block, start, end)
        single = [
            each
            for each in self._free_options[
                bisect_left(self._option_starts, start) : bisect_left(self._option_starts, end)
            ]
            if each.leads or each.start == body
        ]
        if options := plain_options(self._flow, body, block.first_note(body, end)):
            block.options = options
            block.stem = block.outside(body, options[0].marker[0])
            stop = options[-1].text[1]
        elif len(single) == 1:
            at = single[0]
            stop = self._extents.end_of_text(at.end, block.first_note(at.end, end))
            block.options = [Option(at.letter, (at.start, at.end), (at.end, stop), at.starred)]
            block.stem = block.outside(body, at.start)
        else:
            block.stem = block.outside(body, stop)
        self._close(block, max(stop, body))
        self.blocks.append(block)

    def _fill(self, block: Block, stem_start: int, marks: list[OptionMark], end: int) -> None:
        self._take_notes(block, block.start, end, marks[-1].end)
        block.stem = block.outside(stem_start, marks[0].start)
        ends = [*(mark.start for mark in marks[1:]), end]
        for mark, next_mark in zip(marks, ends, strict=True):
            stop = block.first_note(mark.end, next_mark)
            if mark is marks[-1]:
                stop = self._extents.end_of_text(mark.end, stop)
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

    def _close(self, block: Block, at: int) -> None:
        """End the block behind its last text or note; what is left is a passage."""
        for note in block.notes:
            if note.kind in {"why", "cite"} and note.start >= at:
                following = block.first_note(note.stop, block.end)
                note.stop = self._extents.end_of_text(note.end, following, explains=True)
            elif note.kind == "key" and note.start >= at:
                following = block.first_note(note.stop, block.end)
                at_explanation = self._extents.explanation(note.stop, following)
                if at_explanation:
                    stop = self._extents.end_of_text(at_explanation, following, explains=True)
                    block.notes.append(Note("why", at_explanation, at_explanation, stop))
        block.notes.sort(key=lambda note: note.start)
        rest = [at, *(note.stop for note in block.notes if note.stop > at)]
        end = block.end
        block.end = self._extents.behind_page_numbers(max(rest), end)
        at = max(at, block.end) if block.end > max(rest) else at
        gaps = sorted((note.start, note.stop) for note in block.notes if note.stop > at)
        for first, last in gaps:
            if first > at:
                block.loose += self._extents.left_over(at, first)
            at = max(at, last)
        self._passages.add(at, end)

    def _next_stem(self, last: OptionMark, following: int) -> int:
        """Where the stem of the next, unnumbered item begins between its options and these."""
        stop = self._first_free(self._extents.end_of_text(last.end, following), following)
        if stop < following:
            return stop
        index = self._flow.index_at(following - 1)
        return max(last.end, self._flow.starts[index])

    def _first_free(self, start: int, end: int) -> int:
        """Behind the notes that follow, at the head of the next line with words."""
        for note in (*self._notes, *self._bare):
            if start <= note.start < end and not self._flow.text[start : note.start].strip():
                start = note.stop
        for index in self._extents.lines(start, end):
            at = self._flow.starts[index]
            if at >= start and self._flow.lines[index].text.strip() and at < end:
                return at
        return end


def _end_at_items(found: list[Note], marks: list[ItemMark]) -> None:
    """Let no note reach over the beginning of an item in the same line."""
    starts = [mark.start for mark in marks if mark.named]
    for note in found:
        index = bisect_left(starts, note.end)
        if index < len(starts):
            note.stop = min(note.stop, starts[index])
