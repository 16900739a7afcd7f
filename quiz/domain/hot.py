"""Running one statement of the hot path."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

from quiz.domain.clock import clock_shift
from quiz.errors import SystemBusy


def run_statement(sql: str, params: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The rows of one statement in autocommit, its clock shifted as in tests.

    Raises SystemBusy when the database is away, or cancelled it after the server's time limit;
    the connection is renewed with the next request.
    """
    try:
        with _server_cursor() as cursor:
            bound: dict[str, Any] = {"shift": clock_shift(), **params}
            cursor.execute(sql, bound)
            return cursor.fetchall()
    except (OperationalError, InterfaceError) as error:
        raise SystemBusy() from error


def _server_cursor() -> CursorWrapper:
    """A cursor whose statements the server binds, so that it parses and plans them only once.

    Django's own puts the values into the text, which made the database read and plan a page of SQL
    for every save.
    """
    here: Any = connection  # the stubs know neither name
    here.ensure_connection()
    cursor: Any = ServerBindingCursor
    return here._prepare_cursor(cursor(here.connection))  # noqa: SLF001  (for Django's counting)
