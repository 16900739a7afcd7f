"""Reads over contests and rounds."""

from datetime import datetime

from django.db import models

from accounts.enums import Role
from quiz.enums import ContestState, RoundState
from quiz.queries.item import within_reach


class ContestQuerySet(models.QuerySet):
    def public(self) -> "ContestQuerySet":
        """Contests that anyone may read about."""
        return self.exclude(state=ContestState.DRAFT)

    def within_reach_of(self, user, *roles: str) -> "ContestQuerySet":
        """Contests of units at or below one where `user` holds any of `roles`."""
        return within_reach(self, user, "unit_id", roles or (Role.ORGANISER, Role.ADMINISTRATOR))


class RoundQuerySet(models.QuerySet):
    def taking_entries(self, now: datetime) -> "RoundQuerySet":
        """Frozen rounds whose window holds `now`."""
        return self.filter(state=RoundState.FROZEN, opens_at__lte=now, closes_at__gt=now)

    def released(self) -> "RoundQuerySet":
        return self.filter(state=RoundState.RELEASED)
