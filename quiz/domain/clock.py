"""The one clock: the database's `now()` in the statement, shifted only by tests.

Every hot statement binds `clock_shift()`; it is zero outside tests. The web machine's clock decides
nothing: `read_now` serves texts such as "mở sau 2 giờ".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

_shift = {"by": timedelta(0)}

# The first member of a hot statement's WITH: moments are kept to the millisecond, because that is
# what is committed and published.
CLOCK_CTE = "clock AS (SELECT date_trunc('milliseconds', now() + %(shift)s::interval) AS at)"


def clock_shift() -> timedelta:
    """What the hot statements add to the database's clock."""
    return _shift["by"]


def read_now() -> datetime:
    """About the database's moment, for texts only."""
    return timezone.now() + clock_shift()


@contextmanager
def shifted_clock(by: timedelta) -> Iterator[None]:
    """For tests: within the block it is `by` later (or earlier) for every thread."""
    before, _shift["by"] = _shift["by"], _shift["by"] + by
    try:
        yield
    finally:
        _shift["by"] = before
