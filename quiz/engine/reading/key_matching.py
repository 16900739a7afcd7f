"""Which answer of a list belongs to which item, also where numbering begins anew."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quiz.engine.reading.key_lists import KeyList

_ORIGINAL = re.compile(r"(?:đề|bản|câu)?\s*gốc\W*", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:đáp án(?: đúng)?|đ/?a|phương án(?: đúng)?|trả lời|key|answer)?\W*", re.IGNORECASE
)

SURE, BY_SECTION, TWICE = 100, 90, 40


class Place(NamedTuple):
    """An item's section (from 0, a new one wherever numbers begin anew) and its number."""

    section: int
    number: int


class Found(NamedTuple):
    """The answer as written, and how firmly it belongs to the item."""

    written: str
    strength: int


def chosen_lists(lists: Sequence[KeyList], name: str = "") -> list[KeyList]:
    """The lists of one paper: those called `name`, or the original's; [] if only a person can say.

    Columns of several printed papers (“Mã 001”, “Mã 002”) mix the options, so none of them is
    taken for the file's own unless it is named.
    """
    if name:
        return [each for each in lists if each.name == name]
    for wanted in (_ORIGINAL, _PLAIN):
        if found := [each for each in lists if wanted.fullmatch(each.name)]:
            return found
    names = {each.name for each in lists}
    return [*lists] if len(names) == 1 else []


def match_keys(
    places: Sequence[Place], lists: Sequence[KeyList], following: Sequence[int] | None = None
) -> dict[Place, Found]:
    """The answers for the items at `places`.

    `following[i]` is the last section that begins before `lists[i]` in the same file. A list right
    behind its section belongs to it, if there is more than one; else the parts of the lists are
    taken in order when there are as many as sections; numbers that never repeat need neither. An
    item that two answers claim keeps the first with little strength; one that none claims is
    missing.
    """
    sections = sorted({place.section for place in places})
    numbers = [place.number for place in places]
    if len(set(numbers)) == len(numbers):
        return _by_number(places, lists)
    parts = [part for each in lists for part in each.sections()]
    if following is not None and 1 < len(lists) == len(parts) == len(set(following)):
        return _by_parts(places, dict(zip(following, parts, strict=True)), SURE)
    if len(parts) == len(sections):
        return _by_parts(places, dict(zip(sections, parts, strict=True)), BY_SECTION)
    return {}


def _by_number(places: Sequence[Place], lists: Sequence[KeyList]) -> dict[Place, Found]:
    answers: dict[int, Found] = {}
    for each in lists:
        for number, written in each.entries:
            known = answers.get(number)
            if known and known.written.strip().lower() != written.strip().lower():
                answers[number] = Found(known.written, TWICE)
            else:
                answers.setdefault(number, Found(written, SURE))
    return {place: answers[place.number] for place in places if place.number in answers}


def _by_parts(
    places: Sequence[Place], parts: dict[int, dict[int, str]], strength: int
) -> dict[Place, Found]:
    counted = dict.fromkeys(places, 0)
    for place in places:
        counted[place] += 1
    return {
        place: Found(parts[place.section][place.number], strength if counted[place] == 1 else TWICE)
        for place in places
        if place.number in parts.get(place.section, {})
    }
