"""Marks: each item is compiled once into a table from mask to marks, then only looked up.

A mask has bit `1 << id` set for each stable option id chosen; 0 is omitted. Marking of an item
worth p points whose key has k options, of which an answer has r and w others:

* all or nothing: p if the answer is the key, else 0;
* partial: max(0, r − w) / k × p, rounded down to hundredths. Guessing everything earns nothing.

A wrong key found after the close is put right by a remedy the rules name: the key replaced, a
second key accepted beside the first, the mark given to all, or the item dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from quiz.engine.drawing import Slot

MAX_OPTIONS = 8

Kind = Literal["single", "multiple", "true_false"]
Marking = Literal["all_or_nothing", "partial"]


class ScoringError(ValueError):
    """An item that can't be marked: no key, a key outside the options, odd points."""


class RemedyKind(StrEnum):
    REPLACE = "replace"
    ACCEPT_BOTH = "accept_both"
    MARKS_TO_ALL = "marks_to_all"
    DROP = "drop"


@dataclass(frozen=True)
class Remedy:
    """`key_mask`: the new key under REPLACE, the second one under ACCEPT_BOTH, else unused."""

    kind: RemedyKind
    key_mask: int = 0


class MarkTable(dict[int, Decimal]):
    """Marks by valid mask. `full`: marks of a right answer. `counts`: False if dropped."""

    __slots__ = ("counts", "full")

    def __init__(self, marks: dict[int, Decimal], *, full: Decimal, counts: bool) -> None:
        super().__init__(marks)
        self.full = full
        self.counts = counts


@dataclass(frozen=True, slots=True)
class ScoredPaper:
    """`correct`: items with full marks; `answered`: not omitted; both of `total` that count."""

    score: Decimal
    correct: int
    answered: int
    total: int

    @property
    def all_correct(self) -> bool:
        return 0 < self.correct == self.total


def compile_item(
    *,
    kind: Kind,
    key_mask: int,
    option_count: int,
    points: Decimal,
    marking: Marking,
    remedy: Remedy | None = None,
) -> MarkTable:
    """The marks of every valid answer, `omitted` included. Raises `ScoringError`.

    Of a single choice or true/false item the valid answers are one option or none; a mask that is
    not in the table (the page can't send it) earns 0.
    """
    hundredths = _hundredths(points)
    keys = _keys_after(remedy, key_mask)
    for key in keys:
        _check_key(kind, key, option_count)
    full = _as_marks(hundredths)
    masks = _valid_masks(kind, option_count)
    if remedy is not None and remedy.kind is RemedyKind.DROP:
        return MarkTable(dict.fromkeys(masks, Decimal(0)), full=full, counts=False)
    if remedy is not None and remedy.kind is RemedyKind.MARKS_TO_ALL:
        return MarkTable(dict.fromkeys(masks, full), full=full, counts=True)
    marks = {mask: max(_marks(mask, key, hundredths, marking) for key in keys) for mask in masks}
    return MarkTable(marks, full=full, counts=True)


def score_paper(
    paper: Sequence[Slot], masks: Sequence[int], tables: Sequence[MarkTable]
) -> ScoredPaper:
    """The result of one attempt: one mask per slot, one table per place in the pool.

    Raises `ScoringError` if masks and slots differ in number.
    """
    if len(paper) != len(masks):
        raise ScoringError(f"{len(masks)} masks for {len(paper)} slots")
    score = Decimal("0.00")
    correct = answered = total = 0
    for slot, mask in zip(paper, masks, strict=True):
        table = tables[slot.item_ref]
        if not table.counts:
            continue
        total += 1
        answered += mask != 0
        marks = table.get(mask)
        if marks is not None:
            score += marks
            correct += marks == table.full
    return ScoredPaper(score=score, correct=correct, answered=answered, total=total)


def _keys_after(remedy: Remedy | None, key_mask: int) -> list[int]:
    if remedy is None:
        return [key_mask]
    match RemedyKind(remedy.kind):
        case RemedyKind.REPLACE:
            return [remedy.key_mask]
        case RemedyKind.ACCEPT_BOTH:
            return [key_mask, remedy.key_mask]
        case _:
            return [key_mask]


def _check_key(kind: Kind, key: int, option_count: int) -> None:
    if kind not in ("single", "multiple", "true_false"):
        raise ScoringError(f"unknown kind of item: {kind!r}")
    if not 2 <= option_count <= MAX_OPTIONS:
        raise ScoringError(f"an item has 2 to {MAX_OPTIONS} options, not {option_count}")
    if not 0 < key < 1 << option_count:
        raise ScoringError(f"the key {key} is empty or names an option that does not exist")
    if kind != "multiple" and key.bit_count() != 1:
        raise ScoringError(f"an item of kind {kind} has one right option")


def _valid_masks(kind: Kind, option_count: int) -> list[int]:
    if kind == "multiple":
        return list(range(1 << option_count))
    return [0, *(1 << option for option in range(option_count))]


def _marks(mask: int, key: int, hundredths: int, marking: Marking) -> Decimal:
    if mask == key:
        return _as_marks(hundredths)
    if marking == "all_or_nothing":
        return _as_marks(0)
    if marking != "partial":
        raise ScoringError(f"unknown marking: {marking!r}")
    right, wrong = (mask & key).bit_count(), (mask & ~key).bit_count()
    return _as_marks(max(0, right - wrong) * hundredths // key.bit_count())


def _hundredths(points: Decimal) -> int:
    hundredths = points * 100
    if hundredths <= 0 or hundredths != int(hundredths):
        raise ScoringError(f"points are positive with at most two decimals, not {points}")
    return int(hundredths)


def _as_marks(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
