"""Reading a text in a test, and what of it is compared."""

import io

from quiz.interfaces.formats.text import read_text
from quiz.readings import Reading, ReadItem


def read(text: str | bytes) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_text(io.BytesIO(data), name="cau-hoi.txt")


def keys(reading: Reading) -> list[str]:
    """The keys as letters: “A”, “AC”, "" for none."""
    return ["".join("ABCDEFGH"[p] for p in sorted(i.draft.key)) for i in reading.items]


def shapes(reading: Reading) -> list[tuple[str, tuple[str, ...], str]]:
    """(stem, options, key) of each item."""
    return [
        (item.draft.stem, item.draft.options, key)
        for item, key in zip(reading.items, keys(reading), strict=True)
    ]


def only(reading: Reading) -> ReadItem:
    (item,) = reading.items
    return item
