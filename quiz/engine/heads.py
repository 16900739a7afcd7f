"""Heads: what the tree of a round's entries was at some moment, promised before anyone can see it.

A head holds every entry that had ended by its moment, in the order of the tree. It is published as
H("head", N ‖ canon(document)) with N 32 secret random bytes, so that it hides how many entered and
which; `previous` chains it to the head before, the first one to the round's commitment. Opened
later, it proves that each of those entries still is in the tree, unchanged.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
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
    counts = [list(column) for column in zip(*kinds, strict=True)]
    opened: list[int] = []
    behind = counts.pop() if counts else []
    free = 0
    for index in range(len(counts) - 1, -1, -1):
        if index not in closed and all(n == 0 or n >= fewest for n in behind):
            free += not opened and not any(behind)
            opened.insert(0, index)
            behind = counts[index]
        else:
            behind = [a + b for a, b in zip(behind, counts[index], strict=True)]
    # What is before the first of them is a stretch of time too.
    while len(opened) > free and any(0 < n < fewest for n in behind):
        first, *opened = opened
        until = opened[0] if opened else len(counts) - 1
        for index in range(first + 1, until + 1):
            behind = [a + b for a, b in zip(behind, counts[index], strict=True)]
    return opened
