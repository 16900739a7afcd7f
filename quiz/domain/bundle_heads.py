"""The heads of a round as its public bundle shows them, and which entry stands in which.

All are listed; opened are those between which no stretch of time tells an entry from fewer than
five that the bundle shows alike, and those that hold everything. One that held a leaf changed since
(more time was given) stays closed: opening it would say whose entry that was.
"""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.crypto import open_text
from quiz.engine.canonical import plain
from quiz.engine.heads import heads_to_open
from quiz.engine.hiding import FEWEST
from quiz.models import Head, ReopenedLeaf, Round

EVERYTHING = "everything"


@dataclass(frozen=True)
class BundleHeads:
    """`rows`: all heads, as `heads.json` has them. `opened`: (moment, number) of those opened."""

    rows: list[dict[str, Any]]
    opened: list[tuple[datetime, int]]

    def first(self, ended: datetime | None) -> dict[str, int]:
        """{"head": the first opened head that holds what ended then}; {} if none does."""
        if ended is None:
            return {}
        at = bisect_left(self.opened, (ended, 0))
        return {"head": self.opened[at][1]} if at < len(self.opened) else {}


def promised_heads(*, round: Round) -> dict[str, Any] | None:
    """What a release says of its round's heads; None if there are none."""
    last = round.heads.order_by("-number").first()
    return None if last is None else {"count": last.number, "last": last.digest}


def bundle_heads(
    *,
    round: Round,
    shown: Iterable[tuple[Hashable | None, datetime | None]],
    fewest: int = FEWEST,
    opened_before: Collection[int] | None = None,
) -> BundleHeads:
    """`shown`: for each entry what it is shown alike with (None: it needs no hiding, being opened
    itself or not at all) and when it ended. `fewest`: 0 for whoever may see everything.
    `opened_before`: the numbers that the round's earlier releases opened; another would cut their
    stretches of time into smaller ones.
    """
    heads = list(round.heads.order_by("number"))
    moments = [head.at for head in heads]
    kinds: dict[Hashable, list[int]] = {}
    for kind, ended in shown:
        if heads and ended is not None:
            at = bisect_left(moments, ended)
            for told in (EVERYTHING, *([] if kind is None else [kind])):
                kinds.setdefault(told, [0] * (len(heads) + 1))[at] += 1
    kinds.setdefault(EVERYTHING, [0] * (len(heads) + 1))
    changed = _changed_since(round)
    if opened_before is None:
        opened = set(heads_to_open(kinds.values(), closed=changed, fewest=fewest))
    else:
        opened = {at for at, head in enumerate(heads) if head.number in opened_before} - changed
    rows = [_row(head, opened=at in opened) for at, head in enumerate(heads)]
    return BundleHeads(rows, [(heads[at].at, heads[at].number) for at in sorted(opened)])


def _changed_since(round: Round) -> set[int]:
    """The heads, by index, that held a leaf which is no longer in the tree."""
    ranges = ReopenedLeaf.objects.filter(attempt__round=round).values_list("first", "last")
    return {number - 1 for first, last in ranges for number in range(first, last + 1)}


def _row(head: Head, *, opened: bool) -> dict[str, Any]:
    told = {"number": head.number, "at": head.at, "previous": head.previous, "digest": head.digest}
    if opened:
        told |= {"nonce": open_text(head.nonce), "root": head.root, "size": head.size}
    return plain(told)
