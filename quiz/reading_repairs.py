"""Which of the proposed changes of a text a person takes, and what the text is then."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from quiz.drafts import ItemDraft
from quiz.readings import Repair

_WORDS = re.compile(r"\s+|\S+")


def field_text(draft: ItemDraft, field: str) -> str:
    """The text a repair speaks of: “stem”, “option:2”, “rationale”, “topic”. Raises KeyError."""
    name, _colon, place = field.partition(":")
    if name == "option":
        return draft.options[int(place)] if int(place) < len(draft.options) else ""
    return {"stem": draft.stem, "rationale": draft.rationale, "topic": draft.topic}[name]


def with_field(draft: ItemDraft, field: str, text: str) -> ItemDraft:
    """The draft with that text in place of what stood there."""
    name, _colon, place = field.partition(":")
    if name != "option":
        return replace(draft, **{name: text})
    options = list(draft.options)
    if int(place) < len(options):
        options[int(place)] = text
    return replace(draft, options=tuple(options))


def with_repairs(
    draft: ItemDraft, repairs: Sequence[Repair], declined: Collection[int]
) -> ItemDraft:
    """The draft as read, with all repairs made but those at the places `declined`.

    Repairs of one field follow one another: each begins from what the one before left. Where one
    is declined, those behind it are made as far as the words they change still stand there.
    """
    for field in dict.fromkeys(repair.field for repair in repairs):
        steps = [(place, each) for place, each in enumerate(repairs) if each.field == field]
        text = steps[0][1].before
        for place, step in steps:
            if place not in declined:
                text = _made(text, step)
        lines = (" ".join(line.split()) for line in text.split("\n"))
        draft = with_field(draft, field, "\n".join(filter(None, lines)))
    return draft


def _made(text: str, repair: Repair) -> str:
    if text == repair.before:
        return repair.after
    for old, new in _changes(repair.before, repair.after):
        text = text.replace(old, new, 1)
    return text


def _changes(before: str, after: str) -> list[tuple[str, str]]:
    """Runs of words taken out, with what came in their place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        ("".join(old[first:last]), "".join(new[start:end]))
        for code, first, last, start, end in codes
        if code in ("replace", "delete")
    ]


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """A change to be shown: pieces (“same”, “gone” or “new”, text) in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[tuple[str, str]] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for code, first, last, start, end in codes:
        if code == "equal":
            pieces.append(("same", "".join(old[first:last])))
            continue
        pieces += [
            (what, text)
            for what, text in (("gone", "".join(old[first:last])), ("new", "".join(new[start:end])))
            if text
        ]
    return pieces
