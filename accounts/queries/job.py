"""Reads over long-running jobs."""

from datetime import datetime, timedelta

from django.db import models

from accounts.enums import JobState

# A running job touches its row every few seconds; silent longer than this, its worker is gone.
HEARTBEAT_TIMEOUT = timedelta(seconds=20)


class JobQuerySet(models.QuerySet):
    def of(self, user) -> "JobQuerySet":
        return self.filter(created_by=user)

    def silent(self, now: datetime) -> "JobQuerySet":
        """Running jobs whose worker has stopped saying so."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=now - HEARTBEAT_TIMEOUT)

    def forgotten(self, now: datetime) -> "JobQuerySet":
        """Queued jobs whose message was lost on the way to the worker."""
        return self.filter(state=JobState.QUEUED, queued_at__lt=now - HEARTBEAT_TIMEOUT)
