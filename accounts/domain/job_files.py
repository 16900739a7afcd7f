"""What a job read and made is for fetching, not for keeping: it may hold people's data."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Job

KEPT = timedelta(days=30)
EMPTY = {
    "file": "",
    "file_name": "",
    "upload": "",
    "params": {},
    "result": {},
    "faults": [],
    "error": "",
    "note": "",
}


def jobs_that_hold() -> QuerySet[Job]:
    """Jobs of which more is left than that they ran."""
    return Job.objects.exclude(Q(**EMPTY))


def jobs_to_clear(now: datetime) -> QuerySet[Job]:
    return jobs_that_hold().filter(finished_at__lt=now - KEPT)


def clear_job_files(*, jobs: QuerySet[Job]) -> int:
    """Delete uploads and results of these jobs; that and when each ran stays. Returns how many."""
    cleared = 0
    for job in jobs.iterator():
        for field in (job.file, job.upload):
            if field:
                field.delete(save=False)
        Job.objects.filter(pk=job.pk).update(**EMPTY)
        cleared += 1
    return cleared
