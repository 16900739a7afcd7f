"""Running one statement of the hot path."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.pq import Format

from quiz.domain.clock import clock_shift
from quiz.errors import SystemBusy


def run_statement(sql: str, params: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The rows of one statement in autocommit, its clock shifted as in tests.

    Raises SystemBusy when the database is away, or cancelled it after the server's time limit;
    the connection is renewed with the next request.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]  # the stubs do not know all its names
    try:
        here.ensure_connection()
        with here.wrap_database_errors, _server_cursor(here) as cursor:
            cursor.execute(sql, {"shift": clock_shift(), **params})
            return cursor.fetchall()
    except (OperationalError, InterfaceError) as error:
        raise SystemBusy() from error


def sql_array(numbers: Iterable[int]) -> str:
    """As PostgreSQL reads it: adapting a list costs as much as the rest of a save."""
    return f"{{{','.join(map(str, numbers))}}}"


def _server_cursor(here: Any) -> Any:
    """A cursor whose statements the server binds, so that it parses and plans them only once.

    Django's own puts the values into the text, which made the database read and plan a page of SQL
    for every save. Values come in binary: moments in text would be read by Django, in Python.
    Django's wrapper is put around it only for who listens (tests that count statements).
    """
    made: Any = ServerBindingCursor
    cursor = made(here.connection)
    cursor.format = Format.BINARY
    if here.execute_wrappers or here.queries_logged:
        return here._prepare_cursor(cursor)  # noqa: SLF001
    return cursor
