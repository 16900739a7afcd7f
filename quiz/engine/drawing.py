"""Drawing an attempt's paper from the pool and its seed: published, so anyone can draw it again.

Version 1, in words. Numbers come from three streams, named "items", "order" and "options". Block c
of a stream is SHA-256("minhthi/1/draw" ‖ NUL ‖ seed ‖ name ‖ c as 4 bytes, big-endian), read as
eight big-endian 32-bit words. A number below n is the next word w with w < 2³² − (2³² mod n),
taken mod n; a word not below that bound is passed over, so every number is equally likely.

Choosing k of a list is the Fisher–Yates shuffle (Knuth, The Art of Computer Programming, vol. 2,
3.4.2, algorithm P) from the front, stopped after k: for i = 0 … k − 1 swap entry i with entry
i + (number below length − i). Shuffling is the same with k = length − 1.

1. Rows of the blueprint with fewer items come first (equal ones in their order). From each, out of
   its items not yet drawn, `count` are chosen (stream "items").
2. The chosen items stand in the order of the rows and, in a row, of its list. If items are to be
   shuffled, this list is (stream "order").
3. If options are to be shuffled, the ids 0 … m − 1 of each item in turn are, unless its order is
   fixed (stream "options").
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

DRAW_VERSION = 1
_WORDS = struct.Struct(">8I")
_RANGE = 2**32


class DrawError(ValueError):
    """The pool can't give every paper: a row too small, an unknown item, a wrong version."""


class Slot(NamedTuple):
    """`item_ref`: place of the item in the pool. `option_order`: stable option ids as shown."""

    item_ref: int
    option_order: tuple[int, ...]


Paper = tuple[Slot, ...]


@dataclass(frozen=True)
class BlueprintRow:
    """`count` of these items, given as places in the pool, in canonical order."""

    items: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class PoolForDraw:
    """What drawing needs of a pool: the rows and, by place, option counts and fixed orders.

    Raises `DrawError` unless every row has enough items whatever earlier rows took from it.
    """

    rows: tuple[BlueprintRow, ...]
    option_counts: tuple[int, ...]
    fixed_order: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.option_counts) != len(self.fixed_order):
            raise DrawError("option_counts and fixed_order differ in length")
        for row in self.rows:
            if row.count < 0 or len(set(row.items)) != len(row.items):
                raise DrawError("a row draws fewer than none, or names an item twice")
            if any(not 0 <= item < len(self.option_counts) for item in row.items):
                raise DrawError("a row names an item that is not in the pool")
        short = self.short_row()
        if short is not None:
            raise DrawError(f"row {short} can run out of items")

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """The rows' places in the order they draw: the most particular first."""
        return tuple(sorted(range(len(self.rows)), key=lambda i: len(self.rows[i].items)))

    @cached_property
    def overlaps(self) -> bool:
        """Whether an item stands in several rows."""
        items = [item for row in self.rows for item in row.items]
        return len(set(items)) != len(items)

    def short_row(self) -> int | None:
        """The first row that could run out of items, by its place; None if none can."""
        for turn, place in enumerate(self.turns):
            row = self.rows[place]
            left = len(row.items)
            for earlier in self.turns[:turn]:
                other = self.rows[earlier]
                left -= min(other.count, len(set(row.items) & set(other.items)))
            if left < row.count:
                return place
        return None


def read_pool(document: Mapping[str, Any]) -> PoolForDraw:
    """The drawing side of a frozen pool document (`quiz.models.Pool`). Raises `DrawError`."""
    if document.get("draw_version") != DRAW_VERSION:
        raise DrawError(f"unknown draw version {document.get('draw_version')!r}")
    return PoolForDraw(
        rows=tuple(BlueprintRow(tuple(r["items"]), r["count"]) for r in document["rows"]),
        option_counts=tuple(len(item["options"]) for item in document["items"]),
        fixed_order=tuple(bool(item["fixed_order"]) for item in document["items"]),
    )


def draw_paper(
    pool: PoolForDraw, seed: bytes, *, shuffle_items: bool, shuffle_options: bool
) -> Paper:
    """The paper of one attempt: the same for the same arguments, on any machine, for ever.

    `seed` is random and of one length in a round, so that no two streams meet.
    """
    chosen = _choose_items(pool, number_stream(seed, b"items"))
    if shuffle_items:
        _choose(chosen, len(chosen) - 1, number_stream(seed, b"order"))
    if not shuffle_options:
        return tuple(Slot(item, tuple(range(pool.option_counts[item]))) for item in chosen)
    words = number_stream(seed, b"options")
    paper = []
    for item in chosen:
        order = list(range(pool.option_counts[item]))
        if not pool.fixed_order[item]:
            _choose(order, len(order) - 1, words)
        paper.append(Slot(item, tuple(order)))
    return tuple(paper)


def number_stream(seed: bytes, name: bytes) -> Iterator[int]:
    """The 32-bit words of a stream, one after another, without end."""
    start = hashlib.sha256(b"minhthi/1/draw\0" + seed + name)
    for counter in count():
        block = start.copy()
        block.update(counter.to_bytes(4, "big"))
        yield from _WORDS.unpack(block.digest())


def _choose_items(pool: PoolForDraw, words: Iterator[int]) -> list[int]:
    drawn: dict[int, list[int]] = {}
    taken: set[int] = set()
    for place in pool.turns:
        row = pool.rows[place]
        free = [item for item in row.items if item not in taken] if pool.overlaps else row.items
        positions = list(range(len(free)))
        _choose(positions, row.count, words)
        drawn[place] = [free[position] for position in sorted(positions[: row.count])]
        if pool.overlaps:
            taken.update(drawn[place])
    return [item for place in range(len(pool.rows)) for item in drawn[place]]


def _choose(values: list[int], wanted: int, words: Iterator[int]) -> None:
    """Bring `wanted` random entries to the front, in random order."""
    length = len(values)
    for i in range(wanted):
        left = length - i
        bound = _RANGE - _RANGE % left
        word = next(words)
        while word >= bound:
            word = next(words)
        j = i + word % left
        values[i], values[j] = values[j], values[i]
