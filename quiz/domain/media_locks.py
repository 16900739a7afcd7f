"""Keeping a picture against throwing the same one away: by a lock of its content.

Who keeps takes the lock with others who keep, whatever the order, and holds it until its row is
committed. Who throws away takes it alone, sees every row there is, and only then unlinks the bytes.
"""

from django.db import connection


def hold_content(sha256: str) -> None:
    """Until the transaction ends nobody throws these bytes away."""
    _lock("pg_advisory_xact_lock_shared", sha256)


def own_content(sha256: str) -> None:
    """Until the transaction ends nobody begins or goes on keeping these bytes."""
    _lock("pg_advisory_xact_lock", sha256)


def _lock(function: str, sha256: str) -> None:
    key = int.from_bytes(bytes.fromhex(sha256)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])
