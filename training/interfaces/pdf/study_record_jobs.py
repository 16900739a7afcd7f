"""Study records of a unit as a job: one PDF, or files of TOGETHER people in an archive."""

import zipfile
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, OrgUnit, User
from training.domain.hours_evidence import read_records
from training.domain.hours_people import people_in_view
from training.interfaces.pdf.study_record import write_study_records

RECORDS_JOB = "study_records"
# Set together: more would keep the worker's heartbeat waiting.
TOGETHER = 50


def queue_records(
    *, unit: OrgUnit | None, year: int, link: str, user: User, now: datetime, back: str
) -> Job:
    """`link`: a person's page of evidence, with “PERSON” in the place of their number."""
    params = {"unit": unit.pk if unit else None, "year": year, "link": link, "next": back}
    return queue_job(kind=RECORDS_JOB, params=params, user=user, now=now)


def print_records(run: JobRun) -> dict[str, Any]:
    """Job “study_records” of {"unit", "year", "link"}: of all whose hours the person may see."""
    year = run.params["year"]
    people = list(people_in_view(user=run.user, unit_id=run.params["unit"]))
    name = f"phieu-boi-duong-{year}"
    if len(people) <= TOGETHER:
        with run.new_file(f"{name}.pdf") as file:
            file.write(_pages(run, people))
    else:
        with run.new_file(f"{name}.zip") as file, zipfile.ZipFile(file, "w") as archive:
            for start in range(0, len(people), TOGETHER):
                run.progress(start, len(people), _("Đang dựng phiếu"))
                part = people[start : start + TOGETHER]
                place = f"{name}-{start + 1:04d}-{start + len(part):04d}.pdf"
                archive.writestr(place, _pages(run, part))
    run.progress(len(people), len(people))
    count = len(people)
    record_act(actor=run.user, act="print_records", subject=run.user, year=year, count=count)
    return {"message": _("Đã dựng %(count)s phiếu.") % {"count": count}}


def _pages(run: JobRun, people: list[User]) -> bytes:
    links = [run.params["link"].replace("PERSON", str(person.pk)) for person in people]
    records = read_records(people=people, year=run.params["year"])
    return write_study_records(records=records, links=links, made_at=run.now)
