"""Real connections on a real PostgreSQL: every racer is a thread with its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tests.factories import OpenContest, make_open_contest

Act = Callable[[], Any]


def race(*acts: Act) -> list[Any]:
    """All acts at once, each on its own connection; results or the exceptions raised, in order."""
    gate = Barrier(len(acts))

    def run(act: Act) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return act()
        except Exception as error:  # noqa: BLE001  (the test says which errors are right)
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def made(transactional_db: None) -> OpenContest:
    return make_open_contest()
