"""A migrated, empty database kept beside those of the tests, so that the next run copies it."""

import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

PREFIX = "migrated_"


def use_migrated() -> None:
    """Have the test database copied from the kept one, if it is of these migrations."""
    if _is_kept():
        connection.settings_dict["TEST"]["TEMPLATE"] = _name()


def keep_migrated() -> None:
    """Keep a copy of the test database that was just made, in the place of older ones."""
    if _is_kept():
        return
    raise_sequences()
    made = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        if not _is_left(cursor, made):
            return
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        cursor.execute(f'CREATE DATABASE "{_name()}" TEMPLATE "{made}"')


def raise_sequences() -> None:
    """Begin every table's numbers beyond 1,000, and each elsewhere.

    So a page that prints a row's number as people read it (1.234) where a program reads it fails,
    and so does code that takes the number of one table for that of another.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,"
            " 1000 + 100 * row_number() OVER (ORDER BY sequencename)) FROM pg_sequences"
        )


def _is_left(cursor: Any, name: str) -> bool:
    """Whether nobody is connected any more: a session ends a moment after its client is gone."""
    for _ in range(100):
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            return True
        time.sleep(0.05)
    return False


def _is_kept() -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name()])
        return cursor.fetchone() is not None


def _name() -> str:
    """By all migrations there are, whatever they are called, and what is done here."""
    digest = sha256(Path(__file__).read_bytes())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(file.read_bytes())
    return PREFIX + digest.hexdigest()[:16]
