"""What a complete entry costs the server, beside the floor: `make bench`.

    python -m tests.load.bench [--entries 1000] [--clients 8] [--runs 5]

Starts the recipe's PostgreSQL (fsync and synchronous_commit on), Redis and web processes in a
folder of its own, and the bare handler of `tests.load.floor` on the same kind of web server and the
same database. Runs alternate between the two; the driver's CPU is not counted. Each entry: contest
page, register, start with 20 items, four saves, submit, receipt. Beside it the same entry on the
pages, as phones make it, in twelve requests. Prints medians and their spread and writes them to
var/bench/latest.json.
"""

import argparse
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.run.processes import wait_until
from tests.config.clusters import Cluster, manage, running_cluster
from tests.config.deploy_files import command_of, rendered
from tests.load.entry import Entrant, Phone, cpu_seconds, drive, open_contest
from tests.services import private_redis
from tests.stack import ROOT, free_port

ROUND_ROBIN = ("product", "pages", "floor")
SETTINGS = """
shared_preload_libraries = 'pg_stat_statements'
fsync = on
synchronous_commit = on
jit = off
shared_buffers = 256MB
max_wal_size = 2GB
"""


@dataclass(frozen=True)
class Run:
    """One run: CPU in ms and bytes of WAL per entry, statements per entry, ms of each step.

    `queries`: query id → how often each entry runs it; what runs now and then is left out.
    """

    server_cpu_ms_per_entry: float
    db_cpu_ms_per_entry: float
    entries_per_second: float
    sql_statements_per_entry: float
    wal_bytes_per_entry: float
    steps: dict[str, dict[str, float]]
    queries: dict[int, int]


class FloorEntrant(Entrant):
    """The same nine requests to the bare handler, with the same answers."""

    def enter(self, contest_code: str, _round_id: int, number: int) -> None:
        self.page("contest", f"/cuoc-thi/{contest_code}/")
        who = self.post("register", "/register", {"full_name": f"Người Dự Thi {number}"})
        attempt = self.post("start", "/start", who)
        for turn, answers in enumerate(self.answer_sets()):
            step = "save" if turn < 4 else "submit"
            sheet = {"base": turn, "answers": answers} | attempt
            assert self.post(step, f"/{step}", sheet)["done"], "the statement refused"
        self.post("receipt", "/receipt", attempt)


ENTRANTS: dict[str, type[Entrant]] = {
    "product": Entrant,
    "pages": Phone,
    "floor": FloorEntrant,
}


class Bench:
    """Both servers on one database, and what they and the database have spent."""

    def __init__(self, cluster: Cluster, servers: dict[str, tuple[int, str]]) -> None:
        self.cluster, self.servers = cluster, servers
        self.database_pid = int((cluster.server.data / "postmaster.pid").read_text().split()[0])
        self.admin = cluster.connect()
        self.admin.autocommit = True
        self.entered = 0

    def run(self, name: str, contest: tuple[str, int], entries: int, clients: int) -> Run:
        pid, url = self.servers[name]
        entrant = ENTRANTS[name]
        numbers = range(self.entered, self.entered + entries)
        self.entered += entries
        self.admin.execute("CHECKPOINT")
        self.admin.execute("SELECT pg_stat_statements_reset()")
        spent, written = self._spent(pid), self._wal()
        began = time.perf_counter()
        times = drive(url, contest, entries=numbers, clients=clients, entrant=entrant)
        seconds = time.perf_counter() - began
        web, database = (
            after - before for after, before in zip(self._spent(pid), spent, strict=True)
        )
        calls = self._calls(entries)
        return Run(
            server_cpu_ms_per_entry=(web + database) / entries * 1000,
            db_cpu_ms_per_entry=database / entries * 1000,
            entries_per_second=entries / seconds,
            sql_statements_per_entry=sum(calls.values()) / entries,
            wal_bytes_per_entry=(self._wal() - written) / entries,
            steps={step: _cuts(taken) for step, taken in times.items()},
            queries={
                query: round(count / entries)
                for query, count in calls.items()
                if round(count / entries)
            },
        )

    def _spent(self, web_pid: int) -> tuple[float, float]:
        return cpu_seconds(web_pid), cpu_seconds(self.database_pid)

    def _wal(self) -> int:
        row = self.admin.execute("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn").fetchone()
        return int(row[0])

    def _calls(self, entries: int) -> dict[int, int]:
        """Statements of the entries by query id; our own questions and settings are left out."""
        rows = self.admin.execute(
            "SELECT queryid, sum(calls) FROM pg_stat_statements WHERE query ILIKE '%%quiz\\_%%'"
            " OR query ILIKE '%%accounts\\_%%' GROUP BY 1 HAVING sum(calls) > 1"
        ).fetchall()
        return {int(query): int(calls) for query, calls in rows}


def _cuts(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": cuts[49], "p95_ms": cuts[94], "p99_ms": cuts[98]}


def write_facts(contest: tuple[str, int], dsn: str, page: str, file: Path) -> None:
    """What the bare handler needs to run the product's statements on the open round."""
    from quiz.domain.attempt_rows import READ_ATTEMPT
    from quiz.domain.attempt_sql import SAVE, START, SUBMIT
    from quiz.domain.frozen import frozen_round
    from quiz.domain.registration import REGISTER

    frozen = frozen_round(contest[1])
    entry, pool = frozen.rules.entry, next(iter(frozen.pools.values()))
    facts = {
        "dsn": dsn,
        "page": page,
        "sql": {
            "register": REGISTER,
            "start": START,
            "save": SAVE,
            "submit": SUBMIT,
            "read": READ_ATTEMPT,
        },
        "round": {
            "id": frozen.id,
            "contest": frozen.contest_id,
            "commitment": frozen.commitment,
            "consent_text": frozen.consent_text_id,
            "minimum_age": entry.minimum_age,
            "grace_ms": frozen.grace_ms,
            "attempts": entry.attempts_per_round,
            "limit": entry.time_limit_seconds,
            "last_start": entry.at_close == "last_start",
            "group": pool.group_id,
            "pool": pool.id,
            "slots": pool.slots,
        },
    }
    file.write_text(json.dumps(facts), encoding="utf-8")


@contextmanager
def web_server(
    name: str,
    application: str,
    folder: Path,
    environment: dict[str, str],
    *,
    workers: int = 2,
    threads: int = 1,
    command: str = "",
) -> Iterator[tuple[int, str]]:
    """The recipe's web processes with `application`: their parent's pid and their address.

    `command` is another web server's, with {port} and {workers} in it.
    """
    port = free_port()
    values = {"CONFIG_DIR": str(folder), "WEB_WORKERS": str(workers), "WEB_PORT": str(port)}
    words = [sys.executable, *command_of(rendered("systemd/minhthi-web.service", **values))[1:-1]]
    words[words.index("--blocking-threads") + 1] = str(threads)
    if command:
        words = shlex.split(command.format(port=port, workers=workers))
    url = f"http://127.0.0.1:{port}"
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*words, application],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
        )
    try:
        assert wait_until(lambda: _answers(url), seconds=60), f"{name} did not start"
        yield process.pid, url
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        Entrant(url, defaultdict(list)).page("ready", "/")
    except OSError:
        return False
    return True


def measure(options: argparse.Namespace) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in ROUND_ROBIN}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        var_dir = folder / "var"
        cluster = stack.enter_context(running_cluster(var_dir, settings=SETTINGS))
        environment = {
            "VAR_DIR": str(var_dir),
            "DATABASE_URL": cluster.url,
            "REDIS_URL": stack.enter_context(private_redis(folder)),
            "ENTRY_ADDRESS_LIMIT": "10000000",
        }
        for command in ("migrate", "prepare"):
            manage(command, **environment)
        os.environ |= environment
        contest = open_contest(var_dir)
        product = stack.enter_context(
            web_server("product", "config.wsgi:application", folder, environment)
        )
        page = Entrant(product[1], defaultdict(list)).page("page", f"/cuoc-thi/{contest[0]}/")
        facts = folder / "facts.json"
        write_facts(contest, cluster.url, page.decode(), facts)
        floor_environment = environment | {"FLOOR_FACTS": str(facts)}
        floor = stack.enter_context(
            web_server("floor", "tests.load.floor:application", folder, floor_environment)
        )
        with cluster.connect() as admin:
            admin.execute("CREATE EXTENSION pg_stat_statements")
        servers = {"product": product, "pages": product, "floor": floor}
        bench = Bench(cluster, servers)
        for name in ROUND_ROBIN:
            bench.run(name, contest, 100, options.clients)
        for turn in range(options.runs):
            for name in ROUND_ROBIN if turn % 2 == 0 else reversed(ROUND_ROBIN):
                run = bench.run(name, contest, options.entries, options.clients)
                runs[name].append(run)
                print(
                    f"{name}: {run.server_cpu_ms_per_entry:.2f} ms, {run.entries_per_second:.0f}/s"
                )
    return runs


def summarise(runs: dict[str, list[Run]], options: argparse.Namespace) -> dict[str, Any]:
    """Medians over the runs with the lowest and highest beside them."""
    product, pages, floor = (runs[name] for name in ROUND_ROBIN)
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    figures: dict[str, Any] = {
        name: statistics.median(getattr(run, name) for run in product)
        for name in asdict(product[0])
        if name not in ("steps", "queries")
    }

    def spread(of: Callable[[Run], float], chosen: list[Run]) -> list[float]:
        return [min(map(of, chosen)), max(map(of, chosen))]

    cost: Callable[[Run], float] = lambda run: run.server_cpu_ms_per_entry  # noqa: E731
    ratios = [
        ours.server_cpu_ms_per_entry / bare.server_cpu_ms_per_entry
        for ours, bare in zip(product, floor, strict=True)
    ]
    differing = [
        {"query": query, "product": ours.queries.get(query), "floor": bare.queries.get(query)}
        for ours, bare in zip(product, floor, strict=True)
        for query in ours.queries.keys() | bare.queries.keys()
        if ours.queries.get(query) != bare.queries.get(query)
    ]
    return {
        "git_commit": commit,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
        "runs": options.runs,
        "entries_per_run": options.entries,
        **figures,
        "server_cpu_ms_spread": spread(cost, product),
        "floor_cpu_ms_per_entry": statistics.median(map(cost, floor)),
        "floor_cpu_ms_spread": spread(cost, floor),
        "ratio_to_floor": statistics.median(ratios),
        "ratio_spread": [min(ratios), max(ratios)],
        "same_statements": not differing,
        "differing_statements": differing,
        "steps": _median_steps(product),
        "pages": {
            "server_cpu_ms_per_entry": statistics.median(map(cost, pages)),
            "server_cpu_ms_spread": spread(cost, pages),
            "steps": _median_steps(pages),
        },
    }


def _median_steps(runs: list[Run]) -> dict[str, dict[str, float]]:
    return {
        step: {cut: statistics.median(run.steps[step][cut] for run in runs) for cut in cuts}
        for step, cuts in runs[0].steps.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    result = {"started_at": started_at} | summarise(measure(options), options)
    file = ROOT / "var" / "bench" / "latest.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2), encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
