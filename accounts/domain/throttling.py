"""Limits on acts that send or test a secret; they hold over all processes, without Redis.

A key that has used its limit up gets its turns back one by one, evenly over the window, so that a
stranger who keeps trying can't keep the owner out for longer than one share of it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.crypto import keyed_digest
from accounts.errors import TooManyRequests
from accounts.models import Throttle

# One UPDATE per turn: of two that race for the last turn the second finds the row moved on.
_TAKE = """
INSERT INTO accounts_throttle AS held (digest, free_at)
VALUES (%(digest)s, %(now)s + %(share)s)
ON CONFLICT (digest) DO UPDATE
   SET free_at = greatest(held.free_at, %(now)s) + %(share)s
 WHERE greatest(held.free_at, %(now)s) + %(share)s <= %(now)s + %(window)s
RETURNING true
"""


def take_turn(
    *, purpose: str, key: str, limit: int, seconds: int, now: datetime | None = None
) -> None:
    """Count one turn of `key`. Raises TooManyRequests once it had `limit` turns in the window.

    Refused turns count for nothing. `key` may be a phone or an address: only its keyed digest is
    stored. Call it outside a transaction, else what is counted is lost with what is undone.
    """
    now = now or timezone.now()
    window = timedelta(seconds=seconds)
    digest = _digest(purpose, key)
    # Rounded down, so that `limit` turns of one moment fit in the window to the microsecond.
    share = window // limit
    values: dict[str, Any] = {"digest": digest, "now": now, "share": share, "window": window}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone() is not None:
            return
    free_at = Throttle.objects.filter(pk=digest).values_list("free_at", flat=True).first()
    wait = (free_at or now) + share - now - window
    raise TooManyRequests(hint=_hint(wait), wait_seconds=max(1, _whole_seconds(wait)))


def _digest(purpose: str, key: str) -> bytes:
    return keyed_digest("throttle:" + purpose, key.encode())


def _whole_seconds(wait: timedelta) -> int:
    return -(-wait // timedelta(seconds=1))


def _hint(wait: timedelta) -> str:
    seconds = max(1, _whole_seconds(wait))
    if seconds < 60:
        return _("Chờ một phút rồi thử lại.")
    minutes = -(-seconds // 60)
    return ngettext("Thử lại sau %(count)s phút.", "Thử lại sau %(count)s phút.", minutes) % {
        "count": minutes
    }


def give_back_turn(*, purpose: str, key: str, limit: int, seconds: int) -> None:
    """Undo one `take_turn` of the same limit: what it let through did no harm."""
    share = timedelta(seconds=seconds) // limit
    Throttle.objects.filter(pk=_digest(purpose, key)).update(free_at=F("free_at") - share)
