"""Heads: what the tree of a round's entries was at some moment, promised before anyone can see it.

A head holds every entry that had ended by its moment, in the order of the tree. It is published as
H("head", N ‖ canon(document)) with N 32 secret random bytes, so that it hides how many entered and
which; `previous` chains it to the head before, the first one to the round's commitment. Opened
later, it proves that each of those entries still is in the tree, unchanged.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from quiz.engine.canonical import H, canon
from quiz.engine.hiding import FEWEST

NONCE_BYTES = 32
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# After the close a head may wait for those still at work; their moments are whole marks of the
# clock, which tell of the last entry no more than that.
MARK = timedelta(minutes=5)


def head_document(
    *, number: int, at: datetime, root: str, size: int, previous: str
) -> dict[str, Any]:
    """`number` from 1 in the round; `root` and `size` of the tree of what had ended by `at`."""
    return {"number": number, "at": at, "root": root, "size": size, "previous": previous}


def head_digest(nonce: bytes, document: Mapping[str, Any]) -> str:
    """What is published, 64 hexadecimal digits. Raises ValueError for a nonce of another length."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"expected {NONCE_BYTES} bytes, got {len(nonce)}")
    return H("head", nonce + canon(document)).hex()


def newest_moment(*, opens_at: datetime, closes_at: datetime, now: datetime) -> datetime | None:
    """The last moment up to `now` of which there is a head: midnights in Viet Nam while the round
    is open, and the close. None before the first of them.
    """
    if now >= closes_at:
        return closes_at
    midnight = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(closes_at.tzinfo) if midnight > opens_at else None


def mark_after(moment: datetime) -> datetime:
    """The next whole five minutes, `moment` itself if it is one."""
    over = (moment - datetime(2000, 1, 1, tzinfo=moment.tzinfo)) % MARK
    return moment + (MARK - over if over else timedelta())


def heads_to_open(
    kinds: Iterable[Sequence[int]], *, closed: Collection[int] = (), fewest: int = FEWEST
) -> list[int]:
    """Which of n heads a public bundle may open, by index, so that the time between two of them
    tells no entry from fewer than `fewest` of its kind.

    `kinds`: for each kind of entry (those a bundle shows alike) how many first stand in head
    0 … n−1 and, last, in none. A head that holds everything tells nothing and is opened in any
    case; those in `closed` never are.
    """
    sums = [list(accumulate(kind, initial=0)) for kind in kinds]
    count = len(sums[0]) - 2 if sums else 0

    def says_nothing(after: int, until: int) -> bool:
        """Of the entries that first stand in a head behind `after`, up to `until`."""
        found = [kind[until + 1] - kind[after + 1] for kind in sums]
        return all(n == 0 or n >= fewest for n in found)

    ways: dict[int, list[int]] = {-1: []}  # the longest list of heads that ends in this one
    for head in range(count):
        before = [ways[last] for last in ways if says_nothing(last, head)]
        if head not in closed and before:
            ways[head] = [*max(before, key=len), head]
    whole = [heads for last, heads in ways.items() if says_nothing(last, count)]
    free = [
        head
        for head in range(count)
        if head not in closed and not any(kind[count + 1] - kind[head + 1] for kind in sums)
    ]
    return max([free, *whole], key=len)
