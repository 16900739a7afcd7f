"""Reads over contests and rounds."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from accounts.enums import Role
from quiz.enums import ContestState, RoundState
from quiz.queries.item import within_reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ContestQuerySet(models.QuerySet):
    def public(self) -> "ContestQuerySet":
        """Contests that anyone may read about."""
        return self.real().exclude(state=ContestState.DRAFT)

    def real(self) -> "ContestQuerySet":
        """Not the shadows in which contests are rehearsed."""
        return self.filter(rehearses=None)

    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "ContestQuerySet":
        """Contests of units at or below one where `user` holds any of `roles`."""
        return within_reach(
            self.real(), user, "unit_id", roles or (Role.ORGANISER, Role.ADMINISTRATOR)
        )


class RoundQuerySet(models.QuerySet):
    def taking_entries(self, now: datetime) -> "RoundQuerySet":
        """Frozen rounds whose window holds `now`."""
        return self.filter(state=RoundState.FROZEN, opens_at__lte=now, closes_at__gt=now)

    def released(self) -> "RoundQuerySet":
        return self.filter(state=RoundState.RELEASED)
