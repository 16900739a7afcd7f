"""One block of a file as a drafted item, its key with all that speaks for it."""

from collections.abc import Sequence
from dataclasses import replace

from accounts.errors import Fault
from quiz.drafts import ItemDraft, draft_faults
from quiz.engine.reading.answers import read_answer
from quiz.engine.reading.believing import Sign, weigh
from quiz.engine.reading.blocks import Block
from quiz.engine.reading.essays import speaks_of_marking
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.key_matching import Found
from quiz.engine.reading.markers import inline_key
from quiz.engine.reading.notes import Note
from quiz.engine.reading.patterns import IN_BRACKETS, LETTERED
from quiz.engine.reading.plain_options import Span
from quiz.engine.text_repair import mend_text
from quiz.enums import ItemKind
from quiz.interfaces.excel.items_keys import TRUE_FALSE, is_true_false, read_key, says_true_or_false
from quiz.interfaces.excel.items_values import mentions_others, read_level
from quiz.interfaces.formats.naming import (
    label_of,
    option_name,
    place_of_line,
    stem_name,
    topic_of,
)
from quiz.interfaces.formats.text_sentences import fault
from quiz.readings import Evidence, Mark, ReadItem, Repair
from quiz.repairs import repairs_of

_ONLY_OPTION = 60
_SHORT = 80  # characters of evidence shown
_EDGES = " \t\n:.;*_–—-"


def draft_item(flow: Flow, block: Block, looks: Sequence[Sign], told: Found | None) -> ReadItem:
    """The item of a block; `told` is its answer in a list at the end of the file."""
    return _Item(flow, block).read(looks, told)


def told_sign(told: Found, letters: Sequence[str], options: Sequence[str], mark: Mark) -> Sign:
    """What the answer of a list says about an item; no places when it can't be understood."""
    answer = read_answer(told.written, letters, options)
    return Sign(mark, answer.places, min(answer.strength, told.strength), told.written)


class _Item:
    def __init__(self, flow: Flow, block: Block) -> None:
        self._flow = flow
        self._block = block
        self._repairs: list[Repair] = []
        self._notices: list[Fault] = []
        self._signs: list[Sign] = []
        self._citations: list[str] = []
        self._rationale: list[str] = []
        line = flow.lines[flow.index_at(block.start)]
        self._row = line.place
        self.label = label_of(block)

    def read(self, looks: Sequence[Sign], told: Found | None) -> ReadItem:
        stem = self._text(self._block.stem, "stem").lstrip(".:) ")
        options = self._options()
        self._take_notes(options)
        options = self._by_answer_alone(options)
        self._signs += self._shown(looks)
        if told:
            letters = [option.letter for option in self._block.options]
            self._signs.append(told_sign(told, letters, options, Mark.ANSWER_TABLE))
            self._explain(read_answer(told.written, letters, options).rest)
        self._signs = [sign for sign in self._signs if sign.places]
        places, confidence = weigh(self._signs)
        draft = self._draft(stem, options, places)
        self._look_closer(draft, confidence)
        return ReadItem(
            draft=draft,
            source=self._flow.source(self._block.start, self._block.end).rstrip(),
            label=self.label,
            evidence=tuple(
                Evidence(Mark(sign.mark), sign.places, sign.text) for sign in self._signs
            ),
            confidence=confidence,
            repairs=tuple(self._repairs),
            faults=tuple(
                replace(each, place=self._place, row=self._row) for each in draft_faults(draft)
            ),
            notices=tuple(self._notices),
        )

    @property
    def _place(self) -> str:
        return self.label or place_of_line(self._row)

    def _text(self, spans: Sequence[Span], field: str) -> str:
        """The mended text of some stretches; what was mended is noted under the field's name."""
        flow = self._flow
        raw = "\n".join(flow.raw(*span) for span in spans)
        decoded = raw
        if any(flow.is_legacy(*span) for span in spans):
            decoded = "\n".join(flow.text[first:last] for first, last in spans)
        text, steps = mend_text(raw, decoded=decoded)
        if steps and field:
            self._repairs += repairs_of(steps, field)
        return " ".join(text.split())

    def _options(self) -> list[str]:
        options = []
        for place, option in enumerate(self._block.options):
            text = self._text([option.text], f"option:{place}")
            if found := inline_key(text):
                first, last, basis = found
                self._signs.append(
                    Sign(Mark.INLINE, frozenset([place]), 100, text[first:last].strip())
                )
                text = f"{text[:first].rstrip()} {text[last:].lstrip()}".strip()
                if basis:
                    self._citations.append(basis)
            options.append(text)
        inline = [sign for sign in self._signs if sign.mark == Mark.INLINE]
        if len(inline) > 1:
            places = frozenset().union(*(sign.places for sign in inline))
            together = Sign(Mark.INLINE, places, 90, "; ".join(sign.text for sign in inline))
            self._signs = [together] if len(places) < len(options) else []
        return options

    def _take_notes(self, options: list[str]) -> None:
        for note in self._block.notes:
            value = self._text([(note.end, note.until)], "rationale" if note.kind == "why" else "")
            if note.kind in {"key", "cell"}:
                self._take_key(note, value, options)
            elif note.kind == "why":
                self._rationale.append(value)
            elif note.kind == "cite":
                self._citations.append(value.strip(_EDGES))

    def _take_key(self, note: Note, value: str, options: list[str]) -> None:
        answer = read_answer(value, [option.letter for option in self._block.options], options)
        seen = self._text([(note.start, note.stop)], "")[:_SHORT]
        mark = Mark.OPTION_TEXT if answer.by_text else Mark.ANSWER_LINE
        if note.kind == "cell":
            mark = Mark.TABLE_COLUMN
        if answer.places:
            self._signs.append(Sign(mark, answer.places, answer.strength, seen))
            self._explain(answer.rest)

    def _explain(self, rest: str) -> None:
        """Keep what stands behind a key, unless it only says how it is marked."""
        if rest and not speaks_of_marking(rest):
            self._rationale.append(rest)

    def _by_answer_alone(self, options: list[str]) -> list[str]:
        """The options of an item that prints none, or only the right one."""
        keys = [note for note in self._block.notes if note.kind in {"key", "cell"}]
        if len(options) > 1 or (not options and not keys):
            return options
        value = self._text([(keys[0].end, keys[0].until)], "") if keys else ""
        if not options and says_true_or_false(value):
            place = read_key(value, TRUE_FALSE).places
            self._signs = [Sign(Mark.ANSWER_LINE, place, 100, value)]
            return [*TRUE_FALSE]
        if options:
            self._signs = [
                Sign(Mark.ONLY_OPTION, frozenset([0]), _ONLY_OPTION, options[0][:_SHORT])
            ]
        elif len(value) > 2:
            bare = LETTERED.sub("", value).strip()
            self._signs = [Sign(Mark.ONLY_OPTION, frozenset([0]), _ONLY_OPTION, value[:_SHORT])]
            self._rationale.clear()
            return [bare]
        return options

    def _shown(self, looks: Sequence[Sign]) -> list[Sign]:
        """The signs of the looks, with the beginnings of the options that stand out."""
        shown = []
        for sign in looks:
            spans = [self._block.options[place] for place in sorted(sign.places)]
            text = "; ".join(
                self._flow.source(option.marker[0], option.text[1]).strip()[:_SHORT]
                for option in spans
            )
            shown.append(sign._replace(text=text))
        return shown

    def _draft(self, stem: str, options: list[str], places: frozenset[int]) -> ItemDraft:
        kind = ItemKind.SINGLE.value
        if is_true_false(options):
            kind = ItemKind.TRUE_FALSE.value
        elif len(places) > 1:
            kind = ItemKind.MULTIPLE.value
            self._notice("read_as_multiple")
        fixed = kind == ItemKind.TRUE_FALSE.value
        if not fixed and mentions_others(options):
            fixed = True
            self._notice("order_fixed")
        return ItemDraft(
            kind=kind,
            stem=stem,
            options=tuple(options),
            key=places,
            fixed_order=fixed,
            topic=self._topic(),
            level=self._level(),
            rationale=" ".join(filter(None, self._rationale)),
            citation="; ".join(filter(None, self._citations)),
            row=self._row,
        )

    def _topic(self) -> str:
        own = [note for note in self._block.notes if note.kind == "topic"]
        if own:
            return self._text([(own[-1].end, own[-1].until)], "topic")
        return topic_of(self._block.topic)

    def _level(self) -> str:
        marker = self._flow.text[self._block.start : self._block.body]
        bracket = IN_BRACKETS.search(marker)
        found = (read_level(bracket[1])[0] or "") if bracket else ""
        for note in self._block.notes:
            if note.kind == "level":
                value = self._text([(note.end, note.until)], "").strip(_EDGES)
                level, _mapped = read_level(value)
                if level is None:
                    self._notice("level_unknown", value)
                found = level or found
        return found

    def _look_closer(self, draft: ItemDraft, confidence: int) -> None:
        if any(sign.places != draft.key for sign in self._signs):
            self._notice("evidence_disagrees")
        if self._block.borrowed:
            self._notice("stem_from_above")
        if self._block.crooked:
            self._notice("letters_out_of_order")
        if self._block.number is None:
            self._notice("number_missing")
        if self._block.loose:
            text = self._text(self._block.loose, "")[:_SHORT]
            self._notice("left_out_inside", text)
        for where, code in self._extras():
            self._notice(code, where)

    def _extras(self) -> list[tuple[str, str]]:
        """(where, code) of each picture or formula in the block."""
        found = []
        for line, _first, _last in self._flow.pieces(self._block.start, self._block.end):
            if line.pictures:
                found.append((self._where(line.place), "has_picture"))
            if line.formulas:
                found.append((self._where(line.place), "has_formula"))
        return [*dict.fromkeys(found)]

    def _where(self, place: int) -> str:
        for option in self._block.options:
            first = self._flow.lines[self._flow.index_at(option.marker[0])].place
            last = self._flow.lines[
                self._flow.index_at(max(option.text[0], option.text[1] - 1))
            ].place
            if first <= place <= last:
                return option_name(option.letter)
        return stem_name()

    def _notice(self, code: str, what: str = "") -> None:
        self._notices.append(fault(code, self._place, what, row=self._row))
