"""Certificates of a course that 5,000 people completed: issued, set and packed by the job.

    python -m tests.load.certificates [--people 5000]

In a folder and a private PostgreSQL of its own. Prints how long the job took, what the worker's
memory grew by at its peak, and the size of the archive.
"""

import argparse
import os
import platform
import resource
import sys
import time
from typing import Any

from tests.load.ranking import in_new_installation
from tests.load.training_report import PEOPLE

ENROLMENTS = """
INSERT INTO training_enrolment (course_id, person_id, unit_id, ordinal, source, enrolled_by_id,
    enrolled_at, completed_at, exempt_reason)
SELECT %(course)s, person.id, person.unit_id, 1, 'unit', %(by)s, now() - interval '60 days', now(),
    ''
FROM accounts_user person WHERE person.username LIKE 'cb%%'
"""


def fill(people: int) -> tuple[Any, Any]:
    """The organiser, and a course that so many people completed."""
    from django.db import connection

    from accounts.enums import Role
    from tests.people import make_person, make_unit
    from tests.training.enrolment_world import make_course

    unit = make_unit("tinh", name="Tỉnh")
    organiser = make_person("to-chuc", Role.ORGANISER, unit=unit)
    course = make_course(unit, organiser)
    bound = {"units": [unit.pk], "people": people, "course": course.pk, "by": organiser.pk}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, bound)
        cursor.execute(ENROLMENTS, bound)
        cursor.execute("VACUUM ANALYZE")
    return organiser, course


def peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(organiser: Any, course: Any) -> int:
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from accounts.domain.jobs import run_job
    from accounts.enums import JobState
    from training.domain.certificates import issue_missing
    from training.interfaces.pdf.certificate import queue_certificates

    began, before = time.perf_counter(), peak_megabytes()
    issued = issue_missing(course=course, user=organiser, now=timezone.now())
    print(f"issued {len(issued):,}: {time.perf_counter() - began:.1f} s", flush=True)
    link = "https://thi.example.vn/giay-hoan-thanh/"
    job = queue_certificates(course=course, link=link, user=organiser, now=timezone.now(), back="")
    began = time.perf_counter()
    done = run_job(job_id=job.pk)
    assert done is not None
    print(f"{done.state}, set and packed: {time.perf_counter() - began:.1f} s")
    print(f"memory: {before} MB before, {peak_megabytes()} MB at its peak")
    print(f"{done.file_name}: {default_storage.size(str(done.file.name)):,} bytes")
    return int(done.state != JobState.DONE)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=5_000)
    options = parser.parse_args()

    def work() -> int:
        failed = measure(*fill(options.people))
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        return failed

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
