"""What a machine spends while it is measured."""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.config.clusters import Cluster
from tests.load.entry import cpu_seconds


@contextmanager
def counted_connections(cluster: Cluster) -> Iterator[list[int]]:
    """How many connections PostgreSQL has, twice a second."""
    peaks, stop = [0], threading.Event()
    query = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"

    def look() -> None:
        with cluster.connect() as connection:
            connection.autocommit = True
            while not stop.wait(0.5):
                row = connection.execute(query).fetchone()
                peaks.append(int(row[0]) if row else 0)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield peaks
    stop.set()
    watcher.join()


@contextmanager
def spending(web: int, database: int) -> Iterator[dict[str, float]]:
    """The seconds of CPU that web processes, database and crowd spend in the block."""

    def now() -> dict[str, float]:
        own = time.process_time()
        return {"web": cpu_seconds(web), "database": cpu_seconds(database), "crowd": own}

    spent, before = {}, now()
    yield spent
    spent |= {name: round(seconds - before[name], 2) for name, seconds in now().items()}


def spread(times: list[float]) -> dict[str, float]:
    """p50, p95 and p99 in ms."""
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return {
        name: round(cuts[n - 1] * 1000, 1) for name, n in (("p50", 50), ("p95", 95), ("p99", 99))
    }
