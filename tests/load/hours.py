"""Hours of 1,200 people who have studied all year: who misses what, what to assign, the papers.

    python -m tests.load.hours [--people 1200] [--spans 300]

In a folder and a private PostgreSQL of its own. Stretches are stored as heartbeats leave them;
their days are counted on the first look, as if nobody had ever looked.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.load.ranking import in_new_installation

COURSES = 40
FIRST = datetime(2026, 1, 5, 1, tzinfo=UTC)


def fill(people: int, spans: int) -> Any:
    """The organiser of a unit with `people`, 40 courses of two lessons, a duty of 60 periods."""
    from accounts.enums import Role
    from accounts.models import User
    from tests.factories import make_person, make_unit
    from tests.training.study_world import NOW, lessons_of, make_course, make_duty
    from training.enums import EnrolmentSource
    from training.models import Enrolment, StudySpan, StudyTally

    unit, rng = make_unit(), Random(11)
    organiser = make_person(Role.ORGANISER, unit=unit)
    courses = [
        make_course(
            unit,
            (rng.randrange(20, 90), rng.randrange(20, 90)),
            title=f"Khoá {n}",
            made_by=organiser,
        )
        for n in range(COURSES)
    ]
    lessons = {course.pk: lessons_of(course) for course in courses}
    learners = User.objects.bulk_create(
        User(username=f"cb{n}", full_name=f"Cán bộ {n}", unit=unit) for n in range(people)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            course=course,
            person=person,
            unit=unit,
            source=EnrolmentSource.SELF,
            enrolled_by=person,
            enrolled_at=NOW,
        )
        for person in learners
        for course in rng.sample(courses, 20)
    )
    taken: dict[int, list[Any]] = {}
    for enrolment in Enrolment.objects.all():
        taken.setdefault(enrolment.person_id, []).append(enrolment)

    def stretch(enrolment: Any) -> Any:
        begin = FIRST + timedelta(days=rng.randrange(320), seconds=rng.randrange(30_000))
        return StudySpan(
            enrolment=enrolment,
            lesson=rng.choice(lessons[enrolment.course_id]),
            tab="a",
            began_at=begin,
            ended_at=begin + timedelta(seconds=rng.randrange(60, 1500)),
        )

    for person in learners:
        StudySpan.objects.bulk_create(stretch(rng.choice(taken[person.pk])) for _ in range(spans))
    StudyTally.objects.bulk_create(StudyTally(person=person, beats=1) for person in learners)
    make_duty(unit, organiser, yearly=Decimal(60))
    return organiser


def told(what: str, act: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    made = act()
    print(f"{what}: {time.perf_counter() - began:.2f} s", flush=True)
    return made


def measure(organiser: Any) -> None:
    from django.core.files.storage import default_storage

    from accounts.domain.jobs import run_job
    from accounts.models import Job
    from training.domain.gaps import plan_gaps
    from training.domain.hours import read_hours
    from training.domain.hours_people import people_in_view
    from training.interfaces.excel.hours import queue_hours
    from training.interfaces.pdf.study_record_jobs import queue_records

    people = list(people_in_view(user=organiser))
    print(f"{len(people):,} people")
    told(
        "days counted from all stretches, hours read", lambda: read_hours(people=people, year=2026)
    )
    told("hours read again", lambda: read_hours(people=people, year=2026))
    day = date(2026, 11, 30)
    plans = told("shortest sets", lambda: plan_gaps(people=people, year=2026, day=day))
    print(f"{len(plans):,} miss something, {sum(len(p.courses) for p in plans):,} enrolments")
    asked = {"unit": None, "year": 2026, "user": organiser, "now": datetime.now(UTC), "back": ""}
    link = "https://thi.example.vn/lam-viec/tap-huan/gio-hoc/PERSON/?nam=2026"
    for what, job in (
        ("workbook", queue_hours(**asked)),
        ("papers of the year (job)", queue_records(**asked, link=link)),
    ):
        told(what, lambda job=job: run_job(job_id=job.pk))
        done = Job.objects.get(pk=job.pk)
        print(f"{done.state}: {done.file_name}, {default_storage.size(done.file.name):,} bytes")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1200)
    parser.add_argument("--spans", type=int, default=300)
    options = parser.parse_args()

    def work() -> int:
        measure(fill(options.people, options.spans))
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        return 0

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
