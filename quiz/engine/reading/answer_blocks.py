"""Blocks that only answer: “Câu 1. Đáp án đúng là: C. …” has a number and a key, but no stem."""

from collections.abc import Sequence

from quiz.engine.reading.blocks import Block
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.key_lists import KeyEntry, KeyList
from quiz.engine.reading.patterns import LETTERS_ONLY


def apart(flow: Flow, blocks: Sequence[Block]) -> tuple[list[Block], list[KeyList]]:
    """The blocks that ask something, their sections counted anew, and the lists of answers."""
    kept: list[Block] = []
    lists: list[KeyList] = []
    answering = False
    for block in blocks:
        written = _answer_of(flow, block)
        if written is None or block.number is None:
            kept.append(block)
            answering = False
            continue
        if not answering:
            lists.append(KeyList())
            answering = True
        _add(flow, lists[-1], block, written)
    _number_sections(kept)
    return kept, lists


def _add(flow: Flow, answers: KeyList, block: Block, written: str) -> None:
    if not answers.entries:
        answers.start = block.start
        answers.line = flow.lines[flow.index_at(block.start)].place
    answers.end = block.end
    answers.entries.append(KeyEntry(block.number or 0, written))


def _answer_of(flow: Flow, block: Block) -> str | None:
    """The answer in a block that has no stem and at most one option; None for an item."""
    stem = " ".join(words(flow, *span) for span in block.stem)
    if len(block.options) > 1 or (stem and (block.options or not LETTERS_ONLY.fullmatch(stem))):
        return None
    said = [stem] if stem else []
    if block.options:
        option = block.options[0]
        said = [option.letter, words(flow, *option.text)]
    for note in block.notes:
        if (note.kind == "key" and not said) or note.kind == "why":
            said.append(words(flow, note.end, note.until))
    return ". ".join(filter(None, said)) if said else None


def words(flow: Flow, start: int, end: int) -> str:
    """The stretch without what stands at its edges."""
    return flow.text[start:end].strip(" \t\n.:")


def _number_sections(blocks: Sequence[Block]) -> None:
    section = last = 0
    for block in blocks:
        if block.number is not None:
            section += block.number < last
            last = block.number
        block.section = section
