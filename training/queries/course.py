"""Reads over courses."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from quiz.queries.item import within_reach
from training.enums import CourseState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CourseQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "CourseQuerySet":
        """Courses of units at or below one where `user` holds any of `roles`."""
        return within_reach(self, user, "unit_id", roles)

    def running_on(self, day: date) -> "CourseQuerySet":
        """Published courses whose days hold `day`."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gt=day),
            state=CourseState.PUBLISHED,
        )

    def for_units(self, unit_ids: list[int]) -> "CourseQuerySet":
        """Courses whose audience a person of a unit is in, given the unit's id and all above it."""
        return self.filter(unit__in=unit_ids)
