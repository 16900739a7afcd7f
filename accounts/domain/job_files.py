"""Files of jobs are for fetching, not for keeping: they hold what only their owner may see."""

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.models import Job

KEPT = timedelta(days=30)


def clear_job_files(*, now: datetime) -> int:
    """Delete uploads and results of jobs that ended 30 days ago; returns how many jobs."""
    old = Job.objects.filter(~Q(file="") | ~Q(upload=""), finished_at__lt=now - KEPT)
    cleared = 0
    for job in old.iterator():
        for field in (job.file, job.upload):
            if field:
                field.delete(save=False)
        Job.objects.filter(pk=job.pk).update(file="", upload="")
        cleared += 1
    return cleared
