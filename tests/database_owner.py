"""What somebody can do who owns the database: whatever it likes, past every trigger and key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def as_owner() -> Iterator[Callable[..., None]]:
    """Gives `execute(sql, *values)`; triggers and foreign keys stay out of the way."""
    with connection.cursor() as cursor:

        def execute(sql: str, *values: Any) -> None:
            cursor.execute(sql, values)

        cursor.execute("SET LOCAL session_replication_role = replica")
        yield execute
        cursor.execute("SET LOCAL session_replication_role = origin")
