"""Proposed repairs of an item's texts, whatever format it was read from."""

from collections.abc import Iterator
from dataclasses import replace

from quiz.engine.text_repair import mend_text, without_letter_prefixes
from quiz.readings import ReadItem, Repair, RepairKind

# A prefix taken off may lay bare what has to be mended, and the other way round.
PASSES = 3


def propose_repairs(item: ReadItem) -> ReadItem:
    """The item with every text mended, and a repair for each change.

    Repairs already there are kept, and an item that needs none comes back as it is, so doing it
    twice is doing it once.
    """
    for _ in range(PASSES):
        mended = _mend_once(item)
        if mended is item:
            break
        item = mended
    return item


def _mend_once(item: ReadItem) -> ReadItem:
    found: list[Repair] = []
    draft = item.draft
    texts = {}
    for field in ("stem", "rationale", "topic"):
        texts[field] = _mended(getattr(draft, field), field, found)
    options = tuple(
        _mended(option, f"option:{place}", found) for place, option in enumerate(draft.options)
    )
    found += _bare_options(options)
    options = without_letter_prefixes(options) or options
    if (
        not found
        and options == draft.options
        and all(getattr(draft, field) == text for field, text in texts.items())
    ):
        return item
    mended = replace(draft, **texts, options=options)
    return replace(item, draft=mended, repairs=(*item.repairs, *found))


def _mended(text: str, field: str, found: list[Repair]) -> str:
    mended, steps = mend_text(text)
    found += repairs_of(steps, field)
    return mended


def repairs_of(steps: tuple[tuple[str, str, str], ...], field: str) -> Iterator[Repair]:
    """Steps of `mend_text` as repairs of the field."""
    for kind, before, after in steps:
        yield Repair(RepairKind(kind), field, before, after)


def _bare_options(options: tuple[str, ...]) -> Iterator[Repair]:
    bare = without_letter_prefixes(options)
    for place, (before, after) in enumerate(zip(options, bare or (), strict=False)):
        yield Repair(RepairKind.LETTER_PREFIX, f"option:{place}", before, after)
