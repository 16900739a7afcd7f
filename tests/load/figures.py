"""Item analysis and unit table of a million entries, against bare SQL over the same rows.

    python -m tests.load.figures [--attempts 1000000] [--runs 3] [--drawn]

In a folder and a private PostgreSQL of its own, fills one round: papers of 20 items, the same for
all or, with `--drawn`, each its own 20 of 60 in its own order; some people with two entries,
duplicates, voided entries, 3,355 units with headcounts. In turn:

* item analysis: `count_usage` (read, tally, store) against one statement that makes the same table
  of item, answer and total from stored answers and items;
* unit table: `participation.by_unit` against a bare GROUP BY of persons and entries by unit.

Both are compared with what the bare statement gives. Prints seconds (by the clock and of CPU, of
this process and of its database session), ratios, and the peak memory of this process.
"""

import argparse
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.load.ranking import FILL, cpu_seconds, in_new_installation

UNITS = 3355
ATTEMPTS_PER_PERSON = 1.4
ATTEMPTS = """
INSERT INTO quiz_attempt (round_id, entrant_id, ordinal, group_id, pool_id, rules_id, seed, secret,
    state, started_at, deadline_at, ended_at, closed_by, answers, writer, revision,
    epoch, journal, voided_at, void_reason, unit_id)
SELECT %(round)s, entrant, ordinal, %(group)s, %(pool)s, %(rules)s, sha256(entrant::text::bytea),
    sha256((entrant || '/' || ordinal)::bytea), 2, started, started + interval '15 minutes',
    started + (60000 + hash %% 840000) * interval '1 millisecond', 1,
    ARRAY(SELECT CASE WHEN abs(hashint8(hash + n)) %% 4 > 0 THEN keys.key
                      ELSE (1 << (abs(hashint8(hash * 31 + n)) %% 4))::int2 END
          FROM unnest((%(keys)s::int2[])[:20]) WITH ORDINALITY AS keys (key, n)),
    1, 21, 0, sha256('journal'), CASE WHEN hash %% 500 = 0 THEN started END, '',
    %(unit)s + hash %% %(units)s
FROM (
    SELECT e.id AS entrant, ordinal, abs(hashint8(e.id * 2 + ordinal))::bigint AS hash,
        %(opens)s + e.id * interval '500 milliseconds' + ordinal * interval '1 hour' AS started
    FROM quiz_entrant e, generate_series(1, 2) AS ordinal
    WHERE e.contest_id = %(contest)s AND (ordinal = 1 OR e.id %% 10 < 4)
) AS made
"""
MARKS = """
INSERT INTO quiz_grade (attempt_id, round_id, score, correct, answered, total, items)
SELECT id, round_id, n, n, 20, 20, CASE WHEN %(drawn)s THEN
    ARRAY(SELECT (id * 7 + slot * 13) %% 60 FROM generate_series(0, 19) AS slot) END
FROM (SELECT id, round_id,
      (SELECT count(*) FROM unnest(answers, (%(keys)s::int2[])[:20]) AS pairs (a, k)
       WHERE a = k) AS n
      FROM quiz_attempt WHERE round_id = %(round)s AND voided_at IS NULL) AS marked
"""
BARE_ITEMS = """
SELECT item, mask, g.correct, count(*)
FROM quiz_attempt a
JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
JOIN quiz_grade g ON g.attempt_id = a.id,
    unnest(a.answers, {items}) AS answered (mask, item)
WHERE a.round_id = %(round)s AND a.voided_at IS NULL AND a.state <> 1 AND a.ordinal = 1
GROUP BY 1, 2, 3
"""
BARE_UNITS = """
SELECT a.unit_id, count(DISTINCT a.entrant_id), count(*)
FROM quiz_attempt a JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
WHERE a.round_id = %(round)s AND a.voided_at IS NULL GROUP BY 1
"""


def make_round(attempts: int, *, drawn: bool) -> tuple[Any, dict[str, Any]]:
    """The round with its rows, and what the statements bind."""
    from django.db import connection

    from accounts.models import Headcount, OrgUnit
    from quiz.rules.document import BlueprintRow
    from tests.factories import make_draft, make_open_contest, make_rules

    items = range(1, 61 if drawn else 21)
    paper = {"shuffle_items": False, "blueprint": [], "fixed_items": list(items)}
    own_paper = {"blueprint": [BlueprintRow(count=20)]}
    rules = make_rules(paper=own_paper if drawn else paper)
    made = make_open_contest(rules=rules, drafts=[make_draft(number) for number in items])
    pool = made.round.pools.select_related("key").get()
    units = OrgUnit.objects.bulk_create(
        OrgUnit(code=f"load-{n}", name=f"Đơn vị {n}", sort_name=f"{n:05}") for n in range(UNITS)
    )
    Headcount.objects.bulk_create(
        Headcount(unit=unit, on_date="2026-01-01", count=300) for unit in units
    )
    bound = {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": pool.pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": round(attempts / ATTEMPTS_PER_PERSON),
        "keys": pool.key.masks,
        "drawn": drawn,
        "unit": units[0].pk,
        "units": UNITS,
    }
    with connection.cursor() as cursor:
        for name, statement in {
            "entrants": FILL["entrants"],
            "duplicates": FILL["duplicates"],
            "attempts": ATTEMPTS,
            "marks": MARKS,
        }.items():
            cursor.execute(statement, bound)
            print(f"{name}: {cursor.rowcount:,}", flush=True)
        cursor.execute("UPDATE quiz_round SET state = 'closed' WHERE id = %(round)s", bound)
        cursor.execute("VACUUM ANALYZE")
    made.round.refresh_from_db()
    return made, bound


def works(made: Any, bound: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    """What is measured, by name; each gives what can be compared."""
    from django.db import connection
    from django.utils import timezone

    from quiz.domain.usage_counting import count_usage
    from quiz.models import ItemUsage
    from quiz.queries.participation import by_unit

    def bare(statement: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, bound)
            return cursor.fetchall()

    def items() -> list[int]:
        count_usage(round=made.round, now=timezone.now())
        return sorted(ItemUsage.objects.values_list("met", flat=True))

    items_of_paper = (
        "g.items" if bound["drawn"] else "ARRAY[{}]".format(",".join(map(str, range(20))))
    )

    def bare_items() -> list[int]:
        met: dict[int, int] = {}
        for item, _mask, _total, n in bare(BARE_ITEMS.format(items=items_of_paper)):
            met[item] = met.get(item, 0) + n
        return sorted(met.values())

    def units() -> list[tuple[Any, ...]]:
        day = timezone.localdate(made.round.closes_at)
        rows = by_unit([made.round.pk], roster_id=None, day=day)
        return sorted((row.unit_id, row.persons, row.entries) for row in rows)

    return {
        "bare items": bare_items,
        "item analysis": items,
        "bare units": lambda: sorted(bare(BARE_UNITS)),
        "unit table": units,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--drawn", action="store_true")
    options = parser.parse_args()

    def work() -> int:
        from django.db import connection

        made, bound = make_round(options.attempts, drawn=options.drawn)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [server] = cursor.fetchone()
        seconds: dict[str, list[tuple[float, float]]] = {}
        results: dict[str, Any] = {}
        for _run in range(options.runs):
            for name, act in works(made, bound).items():
                clock, used = time.perf_counter(), cpu_seconds(server) + time.process_time()
                results[name] = act()
                took = time.perf_counter() - clock
                used = cpu_seconds(server) + time.process_time() - used
                seconds.setdefault(name, []).append((took, used))
                print(f"{name}: {took:.1f} s, {used:.1f} of CPU", flush=True)
        assert results["item analysis"] == results["bare items"]
        assert results["unit table"] == results["bare units"]
        median = {
            name: [statistics.median(column) for column in zip(*rows, strict=True)]
            for name, rows in seconds.items()
        }
        for name, beside in (("item analysis", "bare items"), ("unit table", "bare units")):
            clock, cpu = (a / b for a, b in zip(median[name], median[beside], strict=True))
            print(f"{name}: {clock:.2f} times the bare statement, {cpu:.2f} by CPU")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of this process: {peak:.0f} MB")
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        return 0

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
