"""Whether entering costs the same whatever is stored: the pages each hot statement touches.

    python -m tests.load.flat [--few 10000] [--many 1000000]

In a folder and a private PostgreSQL of its own, fills the real tables with one round of that many
attempts, then explains register, start, save and submit of new entrants with EXPLAIN (ANALYZE,
BUFFERS), as planned anew and as planned once for all (prepared statements). Prints a table; exit
code 1 if a statement touches over two pages more among many than among few, or scans a table.
"""

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable
from typing import Any

from tests.load.plans import MODES, Plan, plans_of
from tests.load.ranking import FILL, in_new_installation

ALLOWED_MORE = 2
ENTRANTS = 9
ACTS = ("register", "start", "save", "submit")


def explained(made: Any, mode: str, *, entrants: int = ENTRANTS) -> dict[str, list[Plan]]:
    """The plans of whole entries, by act."""
    plans: dict[str, list[Plan]] = {act: [] for act in ACTS}
    for _entrant in range(entrants):
        explain_entry(made, mode, plans)
    return plans


def explain_entry(made: Any, mode: str, plans: dict[str, list[Plan]]) -> None:
    from quiz.domain.attempts import save_attempt, submit_attempt
    from tests.factories import answers_input, register, start

    def explain(act: str, work: Callable[[], Any]) -> Any:
        answers: list[Any] = []
        plans[act] += plans_of(lambda: answers.append(work()), mode=mode)
        return answers[0]

    who = explain("register", lambda: register(made))
    sitting = explain("start", lambda: start(made, who))
    first = answers_input(sitting, [1] * len(sitting.row.answers))
    saved = explain("save", lambda: save_attempt(token=sitting.token, given=first))
    last = answers_input(saved, [2] * len(sitting.row.answers))
    explain("submit", lambda: submit_attempt(token=sitting.token, given=last))


def fill(made: Any, attempts: int, *, then: str = "VACUUM ANALYZE") -> None:
    """More entrants, each with a submitted attempt, until there are about so many."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM quiz_entrant")
        there, last = cursor.fetchone()
        values = {
            "contest": made.contest.pk,
            "round": made.round.pk,
            "group": made.groups[0].pk,
            "pool": made.round.pools.get().pk,
            "rules": made.round.rules_id,
            "opens": made.round.opens_at,
            "from": there + 1,
            "persons": attempts,
            "last": last,
        }
        entrants = FILL["entrants"].replace("generate_series(1,", "generate_series(%(from)s,")
        cursor.execute(entrants, values)
        once = "e.id > %(last)s AND ordinal = 1"
        cursor.execute(FILL["attempts"].partition("(ordinal = 1")[0] + f"{once}) AS made", values)
        cursor.execute(then)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    options = parser.parse_args()

    def work() -> int:
        from tests.factories import make_open_contest, make_rules, register, start

        made = make_open_contest(rules=make_rules(entry={"attempts_per_round": 2}))
        start(made, register(made))
        seen: dict[tuple[str, str], list[list[Plan]]] = {}
        for attempts in (options.few, options.many):
            fill(made, attempts)
            print(f"{attempts:,} attempts are stored", flush=True)
            for mode in MODES:
                for act, plans in explained(made, mode).items():
                    seen.setdefault((act, mode), []).append(plans)
        print(f"{platform.machine()}, {os.cpu_count()} CPUs")
        return report(seen)

    return in_new_installation(work)


def scanned(plans: list[Plan]) -> set[str]:
    """The growing tables read from end to end; others hold a few rows, rightly read so."""
    from quiz.domain.growing_tables import GROWING

    return {table for plan in plans for table in plan.scanned if table in GROWING}


def pages(plans: list[Plan]) -> float:
    return statistics.median(plan.pages for plan in plans)


def report(seen: dict[tuple[str, str], list[list[Plan]]]) -> int:
    """Print pages among few and among many; 1 if a statement is not flat."""
    worst = 0
    for (act, mode), (few, many) in seen.items():
        more, tables = pages(many) - pages(few), scanned(few + many)
        flat = more <= ALLOWED_MORE and not tables
        worst |= int(not flat)
        print(
            f"{act:9} {mode:19} {pages(few):5.0f} {pages(many):5.0f} {more:+4.0f}"
            f"  scanned: {', '.join(sorted(tables)) or 'none'}{'' if flat else '  NOT FLAT'}"
        )
    return worst


if __name__ == "__main__":
    sys.exit(main())
