"""From the lines of any free text to what was found in it."""

from collections.abc import Sequence
from dataclasses import replace

from accounts.errors import Fault
from quiz.engine.reading.answer_blocks import apart, words
from quiz.engine.reading.blocks import Block, Passage
from quiz.engine.reading.cutting import cut
from quiz.engine.reading.essays import asks_for_an_essay, speaks_of_marking
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.key_lists import KeyList, key_lists
from quiz.engine.reading.key_matching import Found, Place, chosen_lists, match_keys
from quiz.engine.reading.looks import signs_by_looks
from quiz.engine.reading.markers import is_key_heading
from quiz.interfaces.formats.item_drafting import draft_item
from quiz.interfaces.formats.naming import label_of, place_of_line, topic_of
from quiz.interfaces.formats.refusals import TooManyItems
from quiz.interfaces.formats.text_sentences import fault, passage
from quiz.interfaces.formats.texts import MOST_ITEMS
from quiz.readings import Reading, ReadItem

_LONG_ANSWER = 300  # characters behind “Đáp án:”; an option is shorter


def reading_of(
    flow: Flow, *, format: str, lists: Sequence[KeyList] = (), notices: Sequence[Fault] = ()
) -> Reading:
    """What a flow holds. `lists` are the answer tables its reader found, with their stretches.

    Raises TooManyItems.
    """
    found = [*lists, *key_lists(flow)]
    found.sort(key=lambda each: each.start)
    blocks, passages = cut(flow, [(each.start, each.end) for each in found])
    if len(blocks) > MOST_ITEMS:
        raise TooManyItems
    reading = _Assembler(flow, format, found, blocks, passages).reading()
    return replace(reading, notices=(*notices, *reading.notices))


class _Assembler:
    def __init__(
        self,
        flow: Flow,
        format: str,
        lists: list[KeyList],
        blocks: list[Block],
        passages: list[Passage],
    ) -> None:
        self._flow, self._format, self._lists = flow, format, lists
        self._passages = passages
        self._skipped: list[tuple[int, Fault]] = []
        self._notices: list[tuple[int, Fault]] = []
        self._blocks, answers = apart(flow, blocks)
        self._lists += answers
        self._looks = signs_by_looks(flow, self._blocks)

    def reading(self) -> Reading:
        told = self._told()
        self._borrow_stems()
        items: list[ReadItem] = []
        for block, looks in zip(self._blocks, self._looks, strict=True):
            code = self._unsupported(block, bool(looks) or _place(block) in told)
            if code:
                self._skip(code, block)
            else:
                items.append(draft_item(self._flow, block, looks, told.get(_place(block))))
        self._report_passages()
        if not items and not self._skipped:
            self._skipped.append((0, fault("no_items", self._format)))
        return Reading(
            self._format,
            tuple(items),
            tuple(each for _at, each in sorted(self._skipped, key=lambda pair: pair[0])),
            tuple(each for _at, each in sorted(self._notices, key=lambda pair: pair[0])),
        )

    def _borrow_stems(self) -> None:
        """Give options without a stem the passage above them: “Chọn từ có trọng âm khác …”."""
        above = sorted(
            (each for each in self._passages if not each.heading), key=lambda each: each.start
        )
        last_stem = 0
        for block in self._blocks:
            if block.stem:
                last_stem = block.start
            elif len(block.options) > 1:
                near = [each for each in above if last_stem <= each.start < block.start]
                if near:
                    block.stem, block.borrowed = [(near[-1].start, near[-1].end)], True

    def _told(self) -> dict[Place, Found]:
        """The answers of the lists in the file, by item; each list is reported."""
        if not self._lists:
            return {}
        lists = chosen_lists(self._lists)
        numbered = [block for block in self._blocks if block.number is not None]
        told: dict[Place, Found] = {}
        if not lists:
            code, what = "several_papers", ", ".join(dict.fromkeys(e.name for e in self._lists))
        elif not numbered:
            code, what = "only_answers", ""
        else:
            following = [
                max((b.section for b in numbered if b.start < each.start), default=0)
                for each in lists
            ]
            told = match_keys([_place(block) for block in numbered], lists, following)
            code, what = "key_list_used" if told else "key_list_unmatched", ""
        for each in {(each.start, each.end): each for each in self._lists}.values():
            self._note(code, each, what or len(each.entries))
        return told

    def _note(self, code: str, each: KeyList, what: object) -> None:
        place = place_of_line(each.line)
        source = self._flow.source(each.start, each.end)
        said = passage(code, place, source, what, row=each.line)
        (self._notices if code == "key_list_used" else self._skipped).append((each.start, said))

    def _unsupported(self, block: Block, has_sign: bool) -> str:
        """The code of why a block is no item that can be taken; "" when it is one."""
        keys = [note for note in block.notes if note.kind in {"key", "cell"}]
        answer = words(self._flow, keys[0].end, keys[0].until) if keys else ""
        if len(block.options) > 1:
            text = self._flow.text[block.start : block.end]
            is_essay = not keys and not has_sign and speaks_of_marking(text)
            return "essay_item" if is_essay else ""
        if block.options or (keys and len(answer) <= _LONG_ANSWER):
            return ""
        text = self._flow.text[block.start : block.end]
        return "essay_item" if keys or asks_for_an_essay(text) else "no_options"

    def _skip(self, code: str, block: Block) -> None:
        line = self._flow.lines[self._flow.index_at(block.start)].place
        source = self._flow.source(block.start, block.end).rstrip()
        place = label_of(block) or place_of_line(line)
        self._skipped.append((block.start, passage(code, place, source, row=line)))

    def _report_passages(self) -> None:
        """Tell what belongs to no item; what stands between the answers of a list is told there."""
        told = [(each.start, each.end) for each in self._lists]
        for each in self._passages:
            if any(start <= each.start and each.end <= end for start, end in told):
                continue
            line = self._flow.lines[self._flow.index_at(each.start)].place
            source = self._flow.source(each.start, each.end)
            place = place_of_line(line)
            if each.heading and not is_key_heading(source):
                what = topic_of(self._flow.text[each.start : each.end])
                said = passage("heading_as_topic", place, source, what, row=line)
                self._notices.append((each.start, said))
            else:
                self._skipped.append((each.start, passage("left_out", place, source, row=line)))


def _place(block: Block) -> Place:
    return Place(block.section, -1 if block.number is None else block.number)
