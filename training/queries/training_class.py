"""Reads over classes held in a room."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.queries.org_unit import units_above
from quiz.queries.item import within_reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class TrainingClassQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "TrainingClassQuerySet":
        """Classes of units at or below one where `user` holds any of `roles`."""
        return within_reach(self, user, "unit_id", roles)

    def for_person(self, user: "User") -> "TrainingClassQuerySet":
        """Those the person is invited to, and the open ones of their unit and those above it."""
        invited = Q(invitees__person=user)
        if user.unit_id is not None:
            invited |= Q(is_open=True, unit__in=units_above([user.unit_id]))
        return self.filter(invited).distinct()
