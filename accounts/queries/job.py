"""Reads over long-running jobs."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from accounts.enums import JobState

if TYPE_CHECKING:
    from accounts.models import User


def silence() -> timedelta:
    """How long a running job may say nothing before its worker counts as gone."""
    return timedelta(seconds=settings.JOB_SILENCE_SECONDS)


class JobQuerySet(models.QuerySet):
    def of(self, user: "User") -> "JobQuerySet":
        return self.filter(created_by=user)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def silent(self, now: datetime) -> "JobQuerySet":
        """Running jobs whose worker has stopped saying so."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=now - silence())

    def forgotten(self, now: datetime) -> "JobQuerySet":
        """Queued jobs whose message was lost on the way to the worker."""
        return self.filter(state=JobState.QUEUED, queued_at__lt=now - silence())

    def held_by(self, *, job_id: int, run: int) -> "JobQuerySet":
        """The job, as long as this run of it is the one that counts."""
        return self.filter(pk=job_id, run=run, state=JobState.RUNNING)
