"""People enrolled from a workbook: checked in one job, stored in a second that was asked for.

A small file is checked by the request that sent it. The second job reads the file of the first and
compares again, because people may have been enrolled in between.
"""

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, run_if_small
from accounts.errors import UploadGone
from accounts.models import Job, User
from training.domain.enrolment_lists import EnrolmentRow, ListPlan, plan_list, store_list
from training.errors import CourseNotFound
from training.interfaces.excel.enrolment_lists import read_enrolment_list
from training.models import Course

CHECK_LIST, STORE_LIST = "check_enrolments", "store_enrolments"
AT_ONCE = 128 * 1024  # bytes of a workbook that is read within a fraction of a second
SHOWN = 50


def queue_list_check(
    *, course: Course, due_on: date | None, file: File, user: User, now: datetime
) -> Job:
    """Check a list; a small one has been checked when this returns."""
    job = queue_job(
        kind=CHECK_LIST,
        title=_("Kiểm tra danh sách ghi danh: %s") % course.title[:120],
        params={"course": course.pk, "due_on": due_on.isoformat() if due_on else ""},
        user=user,
        now=now,
        upload=file,
    )
    return run_if_small(job=job, size=file.size, at_once=AT_ONCE)


def _course(job: Job) -> Course:
    course = Course.objects.filter(pk=job.params["course"]).first()
    if course is None:
        raise CourseNotFound
    return course


def _rows(job: Job) -> list[EnrolmentRow]:
    if not job.upload:
        raise UploadGone
    with job.upload.open("rb") as file:
        return read_enrolment_list(file)


def check_enrolments(run: JobRun) -> dict[str, Any]:
    """Job “check_enrolments”: what the list would do; with faults none of it."""
    run.progress(0, note=_("Đang đọc tệp"))
    rows = _rows(run.job)
    plan = plan_list(course=_course(run.job), rows=rows, user=run.user, now=run.now)
    return {"rows": len(rows), **_described(plan)}


def _described(plan: ListPlan) -> dict[str, Any]:
    return {
        "new": len(plan.new),
        "moved": len(plan.moved),
        "same": plan.same,
        "new_rows": [[each.person.full_name, each.person.username] for each in plan.new[:SHOWN]],
    }


def queue_list_store(*, checked: Job, next: str, user: User, now: datetime) -> Job:
    """Enrol the list that `checked` found without faults. Raises UploadGone."""
    if not checked.upload:
        raise UploadGone
    params = {"checked": checked.pk, "next": next}
    job = queue_job(kind=STORE_LIST, params=params, user=user, now=now)
    return run_if_small(job=job, size=checked.upload.size, at_once=AT_ONCE)


def store_enrolments(run: JobRun) -> dict[str, Any]:
    """Job “store_enrolments”: the whole list is stored with the job's end, or nothing of it."""
    checked = Job.objects.of(run.user).get(pk=run.params["checked"], kind=CHECK_LIST)
    due_on = checked.params["due_on"]
    plan = store_list(
        course=_course(checked),
        rows=_rows(checked),
        due_on=date.fromisoformat(due_on) if due_on else None,
        user=run.user,
        now=run.now,
    )
    told = {"new": len(plan.new), "moved": len(plan.moved)}
    return {"message": _("Đã ghi danh %(new)s người, đổi hạn của %(moved)s người.") % told}
