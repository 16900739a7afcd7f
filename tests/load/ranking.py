"""Ranking a million attempts, against the bare window function over the same rows.

    python -m tests.load.ranking [--attempts 1000000] [--runs 3]

In a folder and a private PostgreSQL of its own, fills the real tables with one round: two attempts
for some, of which the best counts, with duplicates, voided attempts and predictions. Then, in turn:

* bare: `INSERT … SELECT rank() OVER` of every attempt by score, prediction error and time, into a
  table of the same columns that has no index and no constraint;
* ranking: what the platform does, `ranking_statement`, into the real table.

Prints the medians and their ratio; exit code 1 if the ratio is 2 or more.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
LIMIT = 2.0
ATTEMPTS_PER_PERSON = 1.4

FILL = {
    "entrants": """
INSERT INTO quiz_entrant (contest_id, group_id, request_key, code_digest, full_name, folded_name,
    sort_name, birth_precision, sex, phone, phone_index, national_id, national_id_index, email,
    address, staff_code, identity_index, registered_at, may_win)
SELECT %(contest)s, %(group)s, gen_random_uuid(), sha256(n::text::bytea), 'Người dự thi ' || n,
    'nguoi du thi ' || n, 'nguoi du thi ' || n, 3, '', '', '', '', '', '', '', '', '',
    %(opens)s + n * interval '1 millisecond', true
FROM generate_series(1, %(persons)s) AS n
""",
    "duplicates": """
UPDATE quiz_entrant e SET duplicate_of_id = e.id - 1
WHERE e.contest_id = %(contest)s AND e.id %% 100 = 0
""",
    "attempts": """
INSERT INTO quiz_attempt (round_id, entrant_id, ordinal, group_id, pool_id, rules_id, seed, secret,
    state, started_at, deadline_at, ended_at, closed_by, answers, prediction, writer, revision,
    epoch, journal, voided_at, void_reason)
SELECT %(round)s, entrant, ordinal, %(group)s, %(pool)s, %(rules)s, sha256(entrant::text::bytea),
    sha256((entrant || '/' || ordinal)::bytea), 2, started, started + interval '15 minutes',
    started + (60000 + hash %% 840000) * interval '1 millisecond', 1,
    array_fill(1::int2, ARRAY[20]), (hash / 7 %% 100000)::numeric, 1, 21, 0, sha256('journal'),
    CASE WHEN hash %% 500 = 0 THEN started END, ''
FROM (
    SELECT e.id AS entrant, ordinal, abs(hashint8(e.id * 2 + ordinal))::bigint AS hash,
        %(opens)s + e.id * interval '1 millisecond' + ordinal * interval '1 hour' AS started
    FROM quiz_entrant e, generate_series(1, 2) AS ordinal
    WHERE e.contest_id = %(contest)s AND (ordinal = 1 OR e.id %% 10 < 4)
) AS made
""",
    "marks": """
INSERT INTO quiz_grade (attempt_id, round_id, score, correct, answered, total)
SELECT id, round_id, right_ones, right_ones, 20, 20
FROM (SELECT id, round_id, 20 - abs(hashint8(id)) %% 8 AS right_ones FROM quiz_attempt
      WHERE round_id = %(round)s AND voided_at IS NULL) AS marked
""",
}
BARE_TABLE = "CREATE TABLE bare_standing (LIKE quiz_standing INCLUDING IDENTITY)"
BARE = """
INSERT INTO bare_standing (round_id, group_id, entrant_id, attempt_id, rank, tied, score, correct,
    total, prediction, prediction_error, duration_ms, ended_at, attempts_used)
SELECT round_id, group_id, entrant_id, attempt_id,
    rank() OVER (PARTITION BY group_id ORDER BY score DESC, prediction_error, duration_ms),
    false, score, correct, total, prediction, prediction_error, duration_ms, ended_at, 1
FROM (
    SELECT a.round_id, a.group_id, a.entrant_id, a.id AS attempt_id, g.score, g.correct, g.total,
        a.prediction, abs(a.prediction - %(actual)s) AS prediction_error, a.ended_at,
        (extract(epoch FROM a.ended_at - a.started_at) * 1000)::bigint AS duration_ms
    FROM quiz_attempt a JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE a.round_id = %(round)s
) AS facts
"""


def make_round(attempts: int) -> Any:
    """One frozen round and its rows; returns what `make_open_contest` does."""
    from django.db import connection

    from quiz.rules.document import Criterion, PredictionRules
    from tests.factories import make_open_contest, make_rules

    kinds = ("score", "prediction_error", "duration", "lot")
    made = make_open_contest(
        rules=make_rules(
            entry={"attempts_per_round": 2, "prediction": PredictionRules(who="all_correct")},
            result={"chain": [Criterion(kind=k, precision="ms") for k in kinds]},
        )
    )
    pool = made.round.pools.get()
    values = {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": pool.pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": round(attempts / ATTEMPTS_PER_PERSON),
    }
    with connection.cursor() as cursor:
        for name, statement in FILL.items():
            cursor.execute(statement, values)
            print(f"{name}: {cursor.rowcount:,}")
        cursor.execute(BARE_TABLE)
        cursor.execute("VACUUM ANALYZE")
    return made


def statements(made: Any) -> dict[str, tuple[str, dict[str, Any], str]]:
    """Name → (statement, what it binds, the table it fills)."""
    from quiz.domain.ranking import ranking_parameters, ranking_statement
    from quiz.domain.rule_sets import rules_of_round

    actual = Decimal(50_000)
    rules = rules_of_round(round=made.round)
    assert rules is not None
    bound = ranking_parameters(
        round_id=made.round.pk, values={made.groups[0].pk: actual}, lot={}, decision={}
    )
    return {
        "bare": (BARE, {"round": made.round.pk, "actual": actual}, "bare_standing"),
        "ranking": (ranking_statement(rules, settled=()), bound, "quiz_standing"),
    }


def measure(made: Any, runs: int, explain: bool) -> dict[str, list[tuple[float, float]]]:
    """(seconds, seconds of CPU) of each run, the two in turn so that both meet the same machine."""
    from django.db import connection, transaction

    from quiz.domain.ranking import SORT_IN_MEMORY

    seconds: dict[str, list[tuple[float, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [server] = cursor.fetchone()
        for _run in range(runs):
            for name, (statement, bound, table) in statements(made).items():
                cursor.execute(f"TRUNCATE {table}")
                cursor.execute("CHECKPOINT")
                with transaction.atomic():
                    cursor.execute(SORT_IN_MEMORY)
                    began, used = time.perf_counter(), cpu_seconds(server)
                    cursor.execute(statement, bound)
                    rows = cursor.rowcount
                took = time.perf_counter() - began, cpu_seconds(server) - used
                seconds.setdefault(name, []).append(took)
                print(
                    f"{name}: {rows:,} rows in {took[0]:.2f} s ({took[1]:.2f} of CPU)", flush=True
                )
        for name, (statement, bound, table) in statements(made).items() if explain else ():
            cursor.execute(f"TRUNCATE {table}")
            with transaction.atomic():
                cursor.execute(SORT_IN_MEMORY)
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", bound)
                print(name, *(row[0] for row in cursor.fetchall()), sep="\n")
    return seconds


def cpu_seconds(pid: int) -> float:
    """What a process has spent of the CPU: other programs on the machine hardly change it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_new_installation(work: Callable[[], Result]) -> Result:
    """Run `work` with Django over an empty database of its own."""
    with tempfile.TemporaryDirectory(prefix="ranking-") as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        from config.postgres import using_postgres

        with using_postgres(Path(folder)):
            call_command("migrate", verbosity=0)
            return work()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args()

    def work() -> int:
        seconds = measure(make_round(options.attempts), options.runs, options.explain)
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        ratios = []
        for what, times in (("by the clock", 0), ("of CPU", 1)):
            bare, ranking = (
                statistics.median(run[times] for run in seconds[name])
                for name in ("bare", "ranking")
            )
            ratios.append(ranking / bare)
            print(f"{what}: bare {bare:.2f} s, ranking {ranking:.2f} s, ratio {ratios[-1]:.2f}")
        return int(ratios[0] >= LIMIT)

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
