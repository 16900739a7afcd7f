"""What of a session somebody attended."""

from datetime import datetime

from training.engine.segments import Mark, union


def attended(
    *, begins: datetime, ends: datetime, came: datetime | None, left: datetime | None
) -> tuple[datetime, datetime] | None:
    """From coming to leaving, within the hours of the session; None without either, or outside."""
    if came is None or left is None:
        return None
    first, last = max(begins, came), min(ends, left)
    return (first, last) if first < last else None


def without(stretch: tuple[Mark, Mark], others: list[tuple[Mark, Mark]]) -> list[tuple[Mark, Mark]]:
    """What of the stretch none of the others covers."""
    begin, end = stretch
    left = []
    for first, last in union(others):
        if begin < first:
            left.append((begin, min(first, end)))
        begin = max(begin, last)
        if begin >= end:
            break
    if begin < end:
        left.append((begin, end))
    return [part for part in left if part[0] < part[1]]
