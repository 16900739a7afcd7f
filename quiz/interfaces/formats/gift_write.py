"""GIFT out. Texts are marked `[plain]`, so that nothing in them is taken for HTML.

Level, citation and the like stand as `[tag:…]` in a comment before the item, where Moodle reads
tags from.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from accounts.errors import Fault
from quiz.drafts import ItemDraft
from quiz.interfaces.excel.items_keys import TRUE_FALSE as TRUE_FALSE_OPTIONS
from quiz.interfaces.formats.categories import write_category
from quiz.interfaces.formats.extras import labels_of
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE, implied_order
from quiz.interfaces.formats.fractions import fractions_of
from quiz.interfaces.formats.media_written import media_told
from quiz.interfaces.formats.writing import item_title, numbered

_SPECIAL = re.compile(r"[\\~=#{}:]")
_MARKER = re.compile(r"\[(?:html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%-?\d")
_IN_TAG = re.compile(r"[\\\]]")


def write_gift(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write the items; pictures and sounds alone are left behind, and told."""
    topic = ""
    for number, draft in numbered(items):
        if draft.topic != topic:
            topic = draft.topic
            target.write(f"$CATEGORY: {write_category(topic)}\n\n".encode())
        target.write("".join(_lines(number, draft)).encode())
    return media_told(items, pictures=False)


def _lines(number: int, draft: ItemDraft) -> Iterator[str]:
    told_kind = _told_kind(draft)
    order = implied_order(told_kind, draft.options)
    tags = [_tag(label) for label in labels_of(draft, told_kind, told_order=order)]
    if tags:
        yield f"// {' '.join(tags)}\n"
    yield f"::{item_title(number)}::[plain]{_escaped(draft.stem)}{{"
    general = f"####{_marked(draft.rationale)}" if draft.rationale else ""
    if told_kind == TRUE_FALSE:
        yield f"{'FALSE' if 1 in draft.key else 'TRUE'}{general}"
    else:
        yield "\n"
        yield from _options(draft)
        yield f"\t{general}\n" if general else ""
    yield "}\n\n"


def _told_kind(draft: ItemDraft) -> str:
    """The kind that the answers alone show."""
    if draft.kind == TRUE_FALSE and draft.options == TRUE_FALSE_OPTIONS:
        return TRUE_FALSE
    return MULTIPLE if draft.kind == MULTIPLE else SINGLE


def _options(draft: ItemDraft) -> Iterator[str]:
    shares = fractions_of(draft.kind, draft.key, len(draft.options))
    for place, option in enumerate(draft.options):
        if draft.kind == MULTIPLE:
            mark = f"~%{shares[place]}%"
        elif place in draft.key:
            mark = "="
        else:  # “%5…” would be taken for a weight of its own
            mark = "~%0%" if _WEIGHT.match(option) else "~"
        yield f"\t{mark}{_marked(option)}\n"


def _tag(label: str) -> str:
    return f"[tag:{_IN_TAG.sub(_with_backslash, label)}]"


def _marked(text: str) -> str:
    """A text that follows the stem's format, unless it begins like a mark of another."""
    return f"{'[plain]' if _MARKER.match(text) else ''}{_escaped(text)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_with_backslash, text).replace("\n", "\\n")


def _with_backslash(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
