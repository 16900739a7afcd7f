"""What the statistics of items cost at the seal, which draws every paper anyway.

    python -m tests.load.item_usage [--attempts 25000] [--runs 3]

Fills a round of 20 items out of a bank of 60 and walks its leaves in turn as the seal does: bare
(draw, commit, root) and with the answers counted beside. Prints the medians, their ratio, and the
memory that Python holds while it counts.
"""

import argparse
import statistics
import sys
import time
import tracemalloc
from typing import Any

from tests.load.ranking import FILL, in_new_installation


def make_sealed_round(attempts: int) -> Any:
    from django.db import connection

    from quiz.rules.document import BlueprintRow
    from tests.factories import make_draft, make_open_contest, make_rules

    made = make_open_contest(
        rules=make_rules(paper={"blueprint": [BlueprintRow(count=20)]}),
        drafts=[make_draft(number) for number in range(1, 61)],
    )
    values = {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": made.round.pools.get().pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": attempts,
    }
    with connection.cursor() as cursor:
        for name in ("entrants", "attempts"):
            cursor.execute(FILL[name], values)
            print(f"{name}: {cursor.rowcount:,}")
        cursor.execute("VACUUM ANALYZE")
    return made.round


def walk(round: Any, *, counting: bool) -> float:
    """Seconds of this process's CPU for one pass over the leaves."""
    from django.utils import timezone

    from quiz.domain.leaves import iterate_leaves
    from quiz.domain.rule_sets import rules_of_round
    from quiz.domain.usage_counting import UsageCount
    from quiz.engine import merkle

    began = time.process_time()
    usage = UsageCount(round=round, entry=rules_of_round(round=round).entry) if counting else None

    def leaves() -> Any:
        for attempt, values, leaf in iterate_leaves(round=round):
            if usage:
                usage.count(attempt, values)
            yield leaf

    merkle.root(leaves())
    if usage:
        usage.store(now=timezone.now())
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=25_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()

    def work() -> int:
        round = make_sealed_round(options.attempts)
        seconds: dict[bool, list[float]] = {False: [], True: []}
        for _run in range(options.runs):
            for counting, taken in seconds.items():
                taken.append(walk(round, counting=counting))
        bare, counted = (statistics.median(taken) for taken in seconds.values())
        print(f"bare {bare:.2f} s, counting {counted:.2f} s of CPU, ratio {counted / bare:.3f}")
        tracemalloc.start()
        walk(round, counting=True)
        print(f"peak of Python's memory while counting: {tracemalloc.get_traced_memory()[1]:,} B")
        return 0

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
