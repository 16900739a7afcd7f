"""Ten times more people than can be served, for two minutes: `python -m tests.load.rush`.

    python -m tests.load.rush [--seconds 120] [--times 10] [--workers 2] [--threads 1]

The recipe's PostgreSQL, Redis and web processes share all cores of this machine but the last; the
crowd has that one to itself, so that it takes nothing from what it measures. First as many as
--clients enter one after the other without a pause: that is the capacity. Then people arrive by
schedule, --times as many as the capacity, whatever is answered; the refused come back as the page's
sender does. Prints what was served and refused and writes it to var/bench/rush.json.
"""

import argparse
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.acknowledged import Known, faults_in
from tests.config.clusters import manage, running_cluster
from tests.load.bench import SETTINGS, web_server
from tests.load.crowd import SHEETS, Crowd, Person, Seen
from tests.load.entry import children_of, open_contest
from tests.load.watching import counted_connections, spending, spread
from tests.services import private_redis
from tests.stack import ROOT

KILL_AFTER = 3.0
ANSWERS = [tuple(json.loads(sheet)["answers"]) for sheet in SHEETS]


def known(person: Person) -> Known:
    """What the person may rely on; a set sent but not answered may have arrived or not."""
    at, under_way = person.acknowledged, person.step in range(3, 3 + len(SHEETS))
    return Known(
        name=f"Người Dự Thi {person.number}",
        started=person.step > 2,
        answers=ANSWERS[at - 1] if at else None,
        unanswered=[ANSWERS[at]] if under_way and at < len(ANSWERS) else [],
        submitted=person.submitted,
        submit_unanswered=under_way and at == len(ANSWERS) - 1,
    )


def poisson(rate: float, seconds: float, seed: int) -> Iterator[float]:
    """Moments of people who come independently of each other."""
    dice, moment = random.Random(seed), 0.0
    while (moment := moment + dice.expovariate(rate)) < seconds:
        yield moment


def report(seen: Seen, *, seconds: float, capacity: float) -> dict[str, Any]:
    in_time = sum(1 for moment in seen.finished if moment <= seconds)
    told = [after for _step, _status, after in seen.refused]
    waves = [
        count / seen.waiting[second]
        for second, count in seen.retries.items()
        if second < seconds and seen.waiting[second] >= 100
    ]
    refused: dict[str, int] = {}
    for (step, status, _after), count in seen.refused.items():
        name = f"{status} {step}"
        refused[name] = refused.get(name, 0) + count
    return {
        "entries_per_second": round(in_time / seconds, 1),
        "goodput": round(in_time / seconds / capacity, 3),
        "accepted_saves_ms": spread(seen.times["save"]),
        "accepted": {step: len(times) for step, times in seen.times.items()},
        "accepted_ms": {step: spread(times) for step, times in seen.times.items()},
        "refused": refused,
        "retry_after_seconds": [min(told), max(told)] if told else [],
        "largest_second_of_retries": round(max(waves, default=0), 4),
        "cut_off": seen.cut_off,
        "strange": {f"{status} {step}": n for (step, status), n in seen.strange.items()},
    }


def measure(options: argparse.Namespace) -> dict[str, Any]:
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, cores[:-1])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(running_cluster(folder / "var", settings=SETTINGS))
        environment = {
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": cluster.url,
            "REDIS_URL": stack.enter_context(private_redis(folder)),
            "ENTRY_ADDRESS_LIMIT": "100000000",
            "ENTRY_TOTAL_LIMIT": "100000000",
        }
        for command in ("migrate", "prepare"):
            manage(command, **environment)
        os.environ |= environment
        contest = open_contest(folder / "var")
        pid, url = stack.enter_context(
            web_server(
                "product",
                "config.wsgi:application",
                folder,
                environment,
                workers=options.workers,
                threads=options.threads,
                command=options.command,
            )
        )
        if len(cores) > 1:
            os.sched_setaffinity(0, cores[-1:])
        port = int(url.rpartition(":")[2])
        database = int((cluster.server.data / "postmaster.pid").read_text().split()[0])
        with spending(pid, database) as spent_before:
            measured = _capacity(port, contest, options)
        capacity = measured["entries_per_second"]
        print(json.dumps({"capacity": measured}), flush=True)
        killed, known_by_then = _kill_one(pid, port, contest, measured["persons"], options)
        print(json.dumps({"killed": killed}), flush=True)
        crowd = _crowd(port, contest, options.connections, known_by_then)
        rate = capacity * options.times
        with counted_connections(cluster) as peaks, spending(pid, database) as spent:
            crowd.run(poisson(rate, options.seconds, 1), seconds=options.seconds)
        people = crowd.persons[known_by_then:]
        with cluster.connect() as connection:
            lost = faults_in(connection, map(known, people))
            limit = connection.execute("SHOW max_connections").fetchone()
    return {
        "capacity": measured,
        "killed": killed,
        "offered_per_second": round(rate, 1),
        "seconds": options.seconds,
        "people": len(people),
        **report(crowd.seen, seconds=options.seconds, capacity=capacity),
        "acknowledged_lost": len(lost),
        "lost": lost[:5],
        "cpu_seconds": spent,
        "capacity_cpu_seconds": spent_before,
        "connections": {"peak": max(peaks), "limit": int(limit[0]) if limit else 0},
        "workers": options.workers,
        "threads": options.threads,
    }


def _capacity(port: int, contest: tuple[str, int], options: argparse.Namespace) -> dict[str, Any]:
    crowd = Crowd(port, contest, connections=options.clients)
    at_once = iter([0.0] * options.clients)
    crowd.run(at_once, seconds=options.warm_up, again=True)
    persons, crowd.seen = len(crowd.persons), Seen()
    crowd.run(iter([0.0] * options.clients), seconds=options.capacity_seconds, again=True)
    return {
        "entries_per_second": round(len(crowd.seen.finished) / options.capacity_seconds, 1),
        "persons": len(crowd.persons),
        "warm_up_persons": persons,
        "accepted_saves_ms": spread(crowd.seen.times["save"]),
        "refused": sum(crowd.seen.refused.values()),
    }


def _crowd(port: int, contest: tuple[str, int], connections: int, names_taken: int) -> Crowd:
    crowd = Crowd(port, contest, connections=connections)
    crowd.persons = [Person(-1)] * names_taken
    return crowd


def _kill_one(
    pid: int, port: int, contest: tuple[str, int], names_taken: int, options: argparse.Namespace
) -> tuple[dict[str, Any], int]:
    """`kill -9` of one web process under as much load as it bears; what the clients see of it."""
    crowd = _crowd(port, contest, options.clients, names_taken)
    seen: dict[str, Any] = {}

    def strike() -> None:
        time.sleep(KILL_AFTER)
        before = children_of(pid)
        os.kill(before[-1], signal.SIGKILL)
        began = time.monotonic()
        while len(set(children_of(pid)) - {before[-1]}) < len(before):
            time.sleep(0.01)
        seen["replaced_after_seconds"] = round(time.monotonic() - began, 2)

    killer = threading.Thread(target=strike)
    killer.start()
    crowd.run(iter([0.0] * options.clients), seconds=3 * KILL_AFTER, again=True)
    killer.join()
    seconds = Counter(int(moment) for moment in crowd.seen.finished)
    seen["requests_cut_off"] = crowd.seen.cut_off
    seen["strange"] = {str(name): count for name, count in crowd.seen.strange.items()}
    seen["entries_each_second"] = [seconds[second] for second in range(int(3 * KILL_AFTER))]
    return seen, len(crowd.persons)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--times", type=float, default=10)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--connections", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--command", default="", help="another web server's, with {port}")
    parser.add_argument("--warm-up", type=float, default=6)
    parser.add_argument("--capacity-seconds", type=float, default=15)
    result = measure(parser.parse_args())
    file = ROOT / "var" / "bench" / "rush.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, indent=2), encoding="utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
