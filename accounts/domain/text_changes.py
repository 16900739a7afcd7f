"""What a new version of a text changes, word by word."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"


class Passage(NamedTuple):
    """Words in a row that stayed, came or went."""

    kind: str
    text: str


def text_changes(*, before: str, after: str) -> list[Passage]:
    """The passages in reading order; what went stands before what came in its place."""
    old, new = before.split(), after.split()
    return list(_passages(old, new))


def _passages(old: list[str], new: list[str]) -> Iterator[Passage]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield Passage(SAME, " ".join(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Passage(REMOVED, " ".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Passage(ADDED, " ".join(new[new_from:new_to]))
