"""Reads over requests about personal data."""

from datetime import datetime

from django.db import models

from accounts.enums import DataRequestState


class DataRequestQuerySet(models.QuerySet):
    def waiting(self) -> "DataRequestQuerySet":
        return self.filter(state=DataRequestState.OPEN)

    def overdue(self, now: datetime) -> "DataRequestQuerySet":
        return self.waiting().filter(due_at__lt=now)

    def about(self, subject_kind: str, subject_id: int) -> "DataRequestQuerySet":
        """One subject's, the newest first."""
        return self.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-pk")
