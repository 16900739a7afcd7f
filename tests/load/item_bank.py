"""A bank of invented Vietnamese items for measurements: the same seed gives the same bank."""

import random
from collections.abc import Iterator

from quiz.drafts import ItemDraft
from quiz.enums import ItemKind, Level
from tests.load import item_words as words

LEVELS = tuple(Level.values)


def generate_items(count: int, *, seed: int = 1) -> list[ItemDraft]:
    """`count` items, no two of the same stem."""
    made: dict[str, ItemDraft] = {}
    chance = random.Random(seed)
    while len(made) < count:
        draft = _item(chance)
        made.setdefault(draft.stem, draft)
    return list(made.values())


def _document(chance: random.Random) -> str:
    kind, letters = chance.choice(words.KINDS)
    number, year = chance.randint(1, 299), chance.randint(2019, 2026)
    return f"{kind} {number}/{year}/{letters}"


def _clause(chance: random.Random) -> str:
    return f"khoản {chance.randint(1, 9)} Điều {chance.randint(1, 60)}"


def _item(chance: random.Random) -> ItemDraft:
    document = _document(chance)
    clause = _clause(chance)
    person, office = chance.choice(words.PERSONS), chance.choice(words.OFFICES)
    stem = chance.choice(words.STEMS).format(
        act=chance.choice(words.ACTS),
        thing=chance.choice(words.THINGS),
        case=chance.choice(words.CASES),
        office=office,
        Office=office[0].upper() + office[1:],
        person=person,
        Person=person[0].upper() + person[1:],
        place=chance.choice(words.PLACES),
        paper=chance.choice(words.PAPERS),
        document=document,
        clause=clause,
        channel=chance.choice(words.CHANNELS),
    )
    kind, options = _options(chance)
    cited = f"{document}, {clause}" if chance.random() < 0.8 else ""
    return ItemDraft(
        kind=kind,
        stem=stem[0].upper() + stem[1:],
        options=options,
        key=frozenset({chance.randrange(len(options))}),
        topic=chance.choice(words.TOPICS),
        level=chance.choice(LEVELS),
        citation=cited,
    )


def _options(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    form = chance.randrange(4)
    if form == 0:
        return ItemKind.SINGLE, tuple(chance.sample(words.OFFICES, 4))
    if form == 1:
        days = chance.sample(range(1, 46), 4)
        return ItemKind.SINGLE, tuple(f"{day} ngày làm việc" for day in sorted(days))
    if form == 2:
        return ItemKind.SINGLE, tuple(f"Nộp {paper}" for paper in chance.sample(words.PAPERS, 4))
    return ItemKind.TRUE_FALSE, ("Đúng", "Sai")


def paraphrases(items: list[ItemDraft], *, seed: int = 2) -> Iterator[tuple[int, str]]:
    """(place of an item, its stem said another way), for each item that can be said otherwise.

    Words are replaced, an introduction is put before, the part after a comma goes to the front, a
    letter is mistyped, marks are left out: one to three of these.
    """
    chance = random.Random(seed)
    for place, draft in enumerate(items):
        stem = _said_otherwise(draft.stem, chance)
        if stem != draft.stem:
            yield place, stem


def _said_otherwise(stem: str, chance: random.Random) -> str:
    for old, new in words.PARAPHRASES:
        if old in stem and chance.random() < 0.7:
            stem = stem.replace(old, new, 1)
            break
    if chance.random() < 0.3:
        stem = f"Anh/chị hãy cho biết: {stem[0].lower()}{stem[1:]}"
    first, comma, rest = stem.rstrip("?").partition(", ")
    if comma and not rest[0].isupper() and chance.random() < 0.4:
        stem = f"{rest[0].upper()}{rest[1:]} {first[0].lower()}{first[1:]}?"
    if chance.random() < 0.2:
        at = chance.randrange(1, len(stem) - 1)
        if stem[at].isalpha():
            stem = stem[:at] + stem[at + 1 :]
    return stem
