"""A diary of a million lines: chained, proven whole in bounded memory, and read page by page.

    python -m tests.load.diary [--lines 1000000]

In a folder and a private PostgreSQL of its own. Prints the seconds of chaining and of the proof,
how much the process's memory grew during the proof, and the slowest of five readings of each page.
"""

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.load.ranking import in_new_installation

UNITS, PEOPLE = 3_000, 500

LINES = """
INSERT INTO accounts_auditentry (at, actor_id, act, subject_kind, subject_id, unit_id, details)
SELECT now() - (%(lines)s - n) * interval '1 minute', u.low + n %% %(people)s,
    (ARRAY['save_item', 'update_unit', 'reveal_numbers', 'set_headcount'])[1 + n %% 4],
    'accounts.orgunit', o.low + n %% %(units)s, o.low + n %% %(units)s,
    jsonb_build_object('count', n %% 100)
FROM generate_series(1, %(lines)s) n, (SELECT min(id) AS low FROM accounts_user) u,
    (SELECT min(id) + 1 AS low FROM accounts_orgunit) o
"""


def fill(lines: int) -> Any:
    """The topmost unit's auditor."""
    from django.db import connection

    from accounts.enums import Role
    from accounts.models import OrgUnit, User
    from tests.people import make_person, make_unit

    root = make_unit("tinh", name="Tỉnh")
    OrgUnit.objects.bulk_create(
        OrgUnit(code=f"dv-{n}", name=f"Xã số {n}", parent=root) for n in range(UNITS)
    )
    User.objects.bulk_create(
        User(username=f"cb-{n}", full_name=f"Cán bộ {n}", unit=root) for n in range(PEOPLE)
    )
    auditor = make_person("kiem.tra", Role.AUDITOR, unit=root)
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"units": UNITS, "people": PEOPLE, "lines": lines})
        print(f"lines: {cursor.rowcount:,}")
        cursor.execute("VACUUM ANALYZE")
    return auditor


def timed(name: str, act: Callable[[], Any]) -> Any:
    began, used = time.perf_counter(), time.process_time()
    result = act()
    took = time.perf_counter() - began
    print(f"{name}: {took:.2f} s ({time.process_time() - used:.2f} s of our CPU)", flush=True)
    return result


def chain_all() -> int:
    from accounts.domain.audit import chain_audit

    linked = 0
    while done := chain_audit():
        linked += done
    return linked


def memory() -> int:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def prove() -> bool:
    from accounts.domain.audit_check import check_diary

    before = memory()
    found = check_diary(anchors=[], whole_file=True)
    print(f"memory: {memory() - before} MB more than the {before} MB before")
    return found.broken is None


def read_pages(auditor: Any) -> None:
    """As the page reads them: fifty lines and one more, in words."""
    from django.utils import timezone

    from accounts.domain.diary import DiaryFilter, describe_lines, read_diary
    from accounts.models import AuditEntry, Membership, OrgUnit
    from tests.people import make_person

    commune = OrgUnit.objects.filter(parent__isnull=False).first()
    local = make_person("kiem.tra.xa", unit=commune)
    Membership.objects.create(user=local, unit=commune, role="auditor")
    today, middle = timezone.localdate(), AuditEntry.objects.count() // 2
    for name, user, wanted, before in (
        ("newest", auditor, DiaryFilter(), None),
        ("the middle", auditor, DiaryFilter(), middle),
        ("one person", auditor, DiaryFilter(person="cb-7"), None),
        ("one act", auditor, DiaryFilter(act="reveal_numbers"), middle),
        ("an act that never was", auditor, DiaryFilter(act="seal_round"), None),
        ("a thing", auditor, DiaryFilter(kind="accounts.orgunit", subject_id=commune.pk), None),
        ("a day long ago", auditor, _day(today - timedelta(days=300)), None),
        ("one commune", local, DiaryFilter(), None),
        ("a person in a commune", local, DiaryFilter(person="cb-7"), None),
    ):
        took = []
        for _reading in range(5):
            began = time.perf_counter()
            entries = read_diary(user=user, wanted=wanted)
            if before is not None:
                entries = entries.filter(pk__lt=before)
            describe_lines(list(entries[:51]))
            took.append(time.perf_counter() - began)
        print(f"page of {name}: {max(took) * 1000:.0f} ms", flush=True)


def _day(day: Any) -> Any:
    from accounts.domain.diary import DiaryFilter

    return DiaryFilter(first=day, last=day)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    options = parser.parse_args()

    def work() -> int:
        auditor = fill(options.lines)
        timed("chained", chain_all)
        whole = timed("proven", prove)
        read_pages(auditor)
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        return 0 if whole else 1

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
