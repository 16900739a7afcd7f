"""Running one statement of the hot path."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from quiz.domain.clock import clock_shift
from quiz.errors import SystemBusy


def run_statement(sql: str, params: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The rows of one statement in autocommit, its clock shifted as in tests.

    Raises SystemBusy when the database is away, or cancelled it after the server's time limit;
    the connection is renewed with the next request.
    """
    try:
        with connection.cursor() as cursor:
            bound: dict[str, Any] = {"shift": clock_shift(), **params}
            cursor.execute(sql, bound)
            return cursor.fetchall()
    except (OperationalError, InterfaceError) as error:
        raise SystemBusy() from error
