"""The unit lead's page of a unit with 20,000 people on the list, in a round of 1,000,000 attempts.

    python -m tests.load.unit_lead [--attempts 1000000] [--listed 20000] [--runs 5]

In a folder and a private PostgreSQL of its own, fills the real tables with one round, in which two
thirds of the listed have entered, links them as registrations do, and asks for the page as a
browser does, of the whole unit (with units below) and of one unit in it. Then the same list is
compared and stored once more from a workbook's rows, and the matches are sought.

Prints the medians; exit code 1 if the page takes a second or more.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.load.ranking import FILL, cpu_seconds, in_new_installation

LIMIT = 1.0
UNITS = 200
LISTED = """
INSERT INTO accounts_rosterentry (roster_id, unit_id, full_name, folded_name, staff_code,
    birth_date, birth_precision, group_code, exemption)
SELECT %(roster)s, (%(units)s::bigint[])[1 + n %% cardinality(%(units)s::bigint[])],
    'Cán bộ ' || n, 'can bo ' || n, 'CB' || n, date '1980-01-01' + n %% 9000, 3, '',
    CASE WHEN n %% 47 = 0 THEN 'Nghỉ thai sản' ELSE '' END
FROM generate_series(1, %(listed)s) AS n
"""
# Two of three listed have entered with their code; of the others some without it.
LINK = """
UPDATE quiz_entrant e SET roster_entry_id = r.id, staff_code = r.staff_code
FROM accounts_rosterentry r, (SELECT min(id) AS least FROM quiz_entrant) AS first
WHERE r.roster_id = %(roster)s AND r.id %% 3 <> 0
    AND e.id = first.least + 30 * (r.id - (SELECT min(id) FROM accounts_rosterentry))
"""
NAMESAKES = """
UPDATE quiz_entrant e SET folded_name = r.folded_name, birth_date = r.birth_date
FROM accounts_rosterentry r, (SELECT min(id) AS least FROM quiz_entrant) AS first
WHERE r.roster_id = %(roster)s AND r.id %% 9 = 0
    AND e.id = first.least + 30 * (r.id - (SELECT min(id) FROM accounts_rosterentry))
"""


def fill(attempts: int, listed: int) -> tuple[Any, Any, Any]:
    """The contest, the unit with everybody below it, and its lead."""
    from django.db import connection

    from accounts.enums import Role
    from accounts.models import OrgUnit, Roster
    from tests.factories import make_open_contest
    from tests.people import make_person, make_unit

    top = make_unit("tinh", name="Tỉnh")
    for number in range(UNITS):
        make_unit(f"dv-{number}", name=f"Đơn vị {number}", parent=top)
    made = make_open_contest(unit=top)
    roster = Roster.objects.create(name="Bắt buộc", unit=top, as_of=date(2026, 1, 1))
    made.contest.roster = roster
    made.contest.save()
    below = list(OrgUnit.objects.filter(parent=top).values_list("pk", flat=True))
    values = {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": made.round.pools.get().pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": round(attempts / 1.4),
        "roster": roster.pk,
        "units": below,
        "listed": listed,
    }
    steps = {"listed": LISTED, **FILL, "linked": LINK, "namesakes": NAMESAKES}
    with connection.cursor() as cursor:
        for name, statement in steps.items():
            if name == "marks":
                continue
            cursor.execute(statement, values)
            print(f"{name}: {cursor.rowcount:,}", flush=True)
        cursor.execute("VACUUM ANALYZE")
    return made, top, make_person("lead", Role.UNIT_LEAD, unit=top)


def timed(what: str, runs: int, act: Callable[[], Any]) -> float:
    """Median seconds of `runs` calls after one that fills the caches; says their CPU as well."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [server] = cursor.fetchone()
    act()
    seconds, used = [], time.process_time() + cpu_seconds(server)
    for _run in range(runs):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    spent = (time.process_time() + cpu_seconds(server) - used) / runs
    median = statistics.median(seconds)
    print(
        f"{what}: {median * 1000:,.0f} ms (worst {max(seconds) * 1000:,.0f}), "
        f"{spent * 1000:,.0f} ms of CPU",
        flush=True,
    )
    return median


def ask_pages(made: Any, top: Any, lead: Any, runs: int) -> float:
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    from config.run.preparation import collect_static

    setup_test_environment()  # so that a page tells what it was drawn from
    collect_static()
    client = Client()
    client.force_login(lead)
    unit = top.children.first()
    slowest = 0.0
    for what, asked in (("page, everybody", top), ("page, one unit of it", unit)):
        url = reverse("w-duty-unit", args=[made.round.pk, asked.pk])
        page = client.get(url)
        whole = page.context["whole"]
        print(f"{page.status_code}: {whole.done:,}/{whole.listed:,}, {whole.exempt:,} exempt")
        slowest = max(slowest, timed(what, runs, lambda url=url: client.get(url)))
    return slowest


def work_on_lists(made: Any, listed: int) -> None:
    from accounts.domain.roster_rows import RosterRow
    from accounts.domain.rosters import store_rows
    from quiz.domain.roster_matching import find_matches

    roster = made.contest.roster
    rows = [
        RosterRow(
            str(place),
            entry.full_name,
            entry.unit.code,
            entry.staff_code,
            entry.birth_date.strftime("%d/%m/%Y"),
            "",
            entry.exemption,
        )
        for place, entry in enumerate(roster.entries.select_related("unit"))
    ]
    began = time.perf_counter()
    found = store_rows(roster=roster, rows=rows, user=None)
    print(f"{listed:,} rows compared and stored again: {time.perf_counter() - began:.1f} s")
    assert (found.same, len(found.new), len(found.changed)) == (listed, 0, 0)
    began = time.perf_counter()
    count = find_matches(contest=made.contest, user=made.organiser)
    print(f"{count:,} matches found in {time.perf_counter() - began:.1f} s")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--listed", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()

    def work() -> int:
        made, top, lead = fill(options.attempts, options.listed)
        slowest = ask_pages(made, top, lead, options.runs)
        work_on_lists(made, options.listed)
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        print(f"slowest page: {slowest:.2f} s, bound {LIMIT} s")
        return int(slowest >= LIMIT)

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
