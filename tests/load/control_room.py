"""What watching a round of 1,000,000 attempts costs, a tenth of them in progress.

    python -m tests.load.control_room [--attempts 1000000] [--open 100000] [--runs 20]

In a folder and a private PostgreSQL of its own: the worker's first sample, samples with 2,800
attempts more each (ten seconds of a million an hour), and the page's and the API's refresh with an
hour of samples stored. Prints database time and time in all; exit code 1 if a refresh spends 50 ms
or more in the database.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.load.flat import fill
from tests.load.ranking import in_new_installation

LIMIT_MS = 50.0
TEN_SECONDS = 2_800
GOING = """
UPDATE quiz_attempt SET state = 1, ended_at = NULL, closed_by = NULL, started_at = now(),
    deadline_at = now() + interval '10 minutes'
WHERE id > (SELECT max(id) FROM quiz_attempt) - %s
"""


def measured(work: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds in the database and in all."""
    from django.db import connection

    inside = 0.0

    def note(execute: Callable[..., Any], *asked: Any) -> Any:
        nonlocal inside
        began = time.perf_counter()
        try:
            return execute(*asked)
        finally:
            inside += time.perf_counter() - began

    began = time.perf_counter()
    with connection.execute_wrapper(note):
        work()
    return inside * 1000, (time.perf_counter() - began) * 1000


def tell(what: str, runs: list[tuple[float, float]]) -> float:
    database, whole = (statistics.median(run[part] for run in runs) for part in (0, 1))
    most = max(run[0] for run in runs)
    print(
        f"{what}: database {database:.1f} ms (most {most:.1f}), in all {whole:.1f} ms", flush=True
    )
    return database


def run(sql: str, *values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def watch(attempts: int, going: int, runs: int) -> int:
    from django.urls import reverse
    from django.utils import timezone

    from config.run.preparation import collect_static
    from quiz.domain.control_room import read_control_room
    from quiz.domain.round_sampling import sample_open_rounds
    from quiz.models import RoundSample
    from tests.factories import make_open_contest
    from tests.frontend.contest_pages import browser_of

    collect_static()
    made, began = make_open_contest(), timezone.now()
    fill(made, attempts, then="SELECT 1")
    run(GOING, going)
    run("VACUUM ANALYZE")
    tell("first sample", [measured(lambda: sample_open_rounds(now=began))])
    samples = []
    for turn in range(1, 6):
        fill(made, TEN_SECONDS, then="SELECT 1")
        run(GOING, TEN_SECONDS)
        now = began + turn * timedelta(minutes=2)
        samples.append(measured(lambda now=now: sample_open_rounds(now=now)))
    tell(f"sample with {TEN_SECONDS:,} new", samples)
    last = RoundSample.objects.order_by("-at")[0]
    for turn in range(1, 361):
        last.pk, last.at = None, began - turn * timedelta(seconds=10)
        last.save(force_insert=True)
    refreshed = [
        measured(
            lambda: read_control_room(round=made.round, user=made.organiser, now=timezone.now())
        )
        for _turn in range(runs)
    ]
    database = tell("figures of a refresh", refreshed)
    browser = browser_of(made.organiser)
    for what, address in (
        ("page", reverse("w-control-room", args=[made.contest.pk, made.round.pk])),
        ("API", reverse("api-work-round-live", args=[made.round.pk])),
    ):
        browser.get(address)
        seen = [measured(lambda address=address: browser.get(address)) for _turn in range(runs)]
        database = max(database, tell(what, seen))
    return int(database >= LIMIT_MS)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    return in_new_installation(lambda: watch(options.attempts, options.open, options.runs))


if __name__ == "__main__":
    sys.exit(main())
