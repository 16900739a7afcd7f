"""Running one statement of the hot path."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from quiz.domain.clock import clock_shift
from quiz.errors import SystemBusy


def run_statement(sql: str, params: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The rows of one statement in autocommit, its clock shifted as in tests.

    Raises SystemBusy when it was cancelled after the server's time limit.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"shift": clock_shift(), **params})
            return cursor.fetchall()
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SystemBusy() from error
        raise
