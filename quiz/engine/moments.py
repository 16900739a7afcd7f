"""Moments as the whole milliseconds since 1970 in UTC that the pure modules compute with."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """What is finer than a millisecond is cut off."""
    return (moment - EPOCH) // MS


def of_ms(ms: int) -> datetime:
    """The moment back, in UTC."""
    return EPOCH + ms * MS
