"""Reads over entrants and attempts."""

from datetime import datetime

from django.db import models

from quiz.enums import AttemptState


class EntrantQuerySet(models.QuerySet):
    def may_be_ranked(self) -> "EntrantQuerySet":
        """Entrants not found to be the same person as another entrant."""
        return self.filter(duplicate_of__isnull=True)


class AttemptQuerySet(models.QuerySet):
    def overdue(self, now: datetime) -> "AttemptQuerySet":
        """Attempts still open in the row though their time is over."""
        return self.filter(state=AttemptState.OPEN, deadline_at__lt=now)

    def valid(self) -> "AttemptQuerySet":
        return self.filter(voided_at__isnull=True)
