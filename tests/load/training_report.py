"""The report of training over 20,000 people who take ten courses each.

    python -m tests.load.training_report [--people 20000] [--courses 10] [--runs 5]

In a folder and a private PostgreSQL of its own, fills 200 units with people and enrolments (a third
done, some late, some exempt) and quiz tries of one course, and asks for the report, for who is late
and for the people of one course as a browser does. Prints the medians; exit code 1 if one takes a
second or more.
"""

import argparse
import os
import platform
import sys
import time
from datetime import timedelta
from typing import Any

from tests.load.ranking import in_new_installation
from tests.load.unit_lead import timed

LIMIT = 1.0
UNITS = 200
PEOPLE = """
INSERT INTO accounts_user (username, password, full_name, unit_id, email, phone, phone_index,
    phone_verified, email_verified, is_active, inactive_reason, joined_at)
SELECT 'cb' || n, '', 'Cán bộ ' || n,
    (%(units)s::bigint[])[1 + n %% cardinality(%(units)s::bigint[])],
    '', '', '', false, false, true, '', now()
FROM generate_series(1, %(people)s) AS n
"""
ENROLMENTS = """
INSERT INTO training_enrolment (course_id, person_id, unit_id, ordinal, source, enrolled_by_id,
    enrolled_at, due_on, completed_at, exempted_at, exempted_by_id, exempt_reason)
SELECT course, person.id, person.unit_id, 1, 'unit', %(by)s, now() - interval '60 days',
    current_date + (person.id + course)::int %% 90 - 30,
    CASE WHEN (person.id + course) %% 3 = 0 THEN now() - interval '1 day' END,
    CASE WHEN (person.id + course) %% 47 = 1 AND (person.id + course) %% 3 <> 0 THEN now() END,
    CASE WHEN (person.id + course) %% 47 = 1 AND (person.id + course) %% 3 <> 0 THEN %(by)s END,
    CASE WHEN (person.id + course) %% 47 = 1 AND (person.id + course) %% 3 <> 0 THEN 'Miễn'
         ELSE '' END
FROM accounts_user person, unnest(%(courses)s::bigint[]) AS course
WHERE person.username LIKE 'cb%%'
"""
TRIES = """
INSERT INTO training_quiztry (enrolment_id, lesson_id, ordinal, seed, draw_version, paper, answers,
    began_at, ended_at, score)
SELECT held.id, %(lesson)s, 1, '', 1, %(paper)s::jsonb, %(answers)s::jsonb, now(), now(), 100
FROM training_enrolment held WHERE held.course_id = %(course)s
"""


def fill(people: int, courses: int) -> tuple[Any, Any]:
    """The organiser of everything, and a course."""
    import json

    from django.db import connection
    from django.utils import timezone

    from accounts.enums import Role
    from accounts.models import OrgUnit
    from quiz.domain.banks import create_bank
    from quiz.domain.items import add_items
    from tests.factories import make_draft
    from tests.people import make_person, make_unit
    from tests.training.enrolment_world import make_course
    from training.domain.weak_clauses import gather_clauses
    from training.models import CourseModule, Lesson

    top = make_unit("tinh", name="Tỉnh")
    for number in range(UNITS):
        make_unit(f"dv-{number}", name=f"Đơn vị {number}", parent=top)
    organiser = make_person("to-chuc", Role.ORGANISER, unit=top)
    made = [make_course(top, organiser, f"khoa-{n}", title=f"Khoá {n}") for n in range(courses)]
    module = CourseModule.objects.create(course=made[0], position=1, title="Phần")
    lesson = Lesson.objects.create(module=module, position=1, title="Kiểm tra", kind="quiz")
    bank = create_bank(name="Ngân hàng", unit=top, user=organiser)
    drafts = [make_draft(n, citation=f"Điều {n} Nghị định 118/2025/NĐ-CP") for n in range(1, 11)]
    versions = add_items(bank=bank, drafts=drafts, author=organiser)
    values = {
        "units": list(OrgUnit.objects.filter(parent=top).values_list("pk", flat=True)),
        "people": people,
        "by": organiser.pk,
        "courses": [course.pk for course in made],
        "course": made[0].pk,
        "lesson": lesson.pk,
        "paper": json.dumps([[version.pk, [0, 1, 2, 3]] for version in versions]),
        "answers": json.dumps([1] * len(versions)),
    }
    with connection.cursor() as cursor:
        for name, statement in (("people", PEOPLE), ("enrolments", ENROLMENTS), ("tries", TRIES)):
            cursor.execute(statement, values)
            print(f"{name}: {cursor.rowcount:,}", flush=True)
        cursor.execute("VACUUM ANALYZE")
    began = time.perf_counter()
    tens = gather_clauses(now=timezone.now() + timedelta(hours=1))
    print(f"{tens:,} tens of clauses gathered: {time.perf_counter() - began:.2f} s", flush=True)
    return organiser, made[0]


def ask(organiser: Any, course: Any, runs: int) -> float:
    """The slowest median in seconds."""
    from django.test import Client
    from django.urls import reverse

    from config.run.preparation import collect_static

    collect_static()
    client = Client()
    client.force_login(organiser)
    pages = {
        "report": reverse("w-training-report"),
        "report of a unit of 100": reverse("w-training-report") + "?unit=dv-1",
        "first page of training": reverse("w-training"),
        "report by program": reverse("api-training-report"),
        "who is late": reverse("w-late"),
        "courses": reverse("w-enrolments"),
        "people of a course": reverse("w-course-people", args=[course.pk]),
        "late in a course": reverse("w-course-people", args=[course.pk]) + "?state=late",
    }
    slowest = 0.0
    for what, url in pages.items():
        assert client.get(url).status_code == 200, url
        slowest = max(slowest, timed(what, runs, lambda url=url: client.get(url)))
    return slowest


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--courses", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()

    def work() -> int:
        slowest = ask(*fill(options.people, options.courses), options.runs)
        print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
        return int(slowest >= LIMIT)

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
