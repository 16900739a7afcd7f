"""Reads over enrolments."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.queries.org_unit import units_below

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class EnrolmentQuerySet(models.QuerySet):
    def standing(self) -> "EnrolmentQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def unfinished(self) -> "EnrolmentQuerySet":
        """Still to be completed: not completed, exempted or withdrawn."""
        return self.standing().filter(completed_at=None, exempted_at=None)

    def overdue(self, day: date) -> "EnrolmentQuerySet":
        return self.unfinished().filter(due_on__lt=day)

    def seen_by(self, user: "User | AnonymousUser", *roles: str) -> "EnrolmentQuerySet":
        """Enrolments in courses of units in reach, and of people who now belong to units in reach.

        A unit's head so sees their people's courses wherever these are held.
        """
        if not user.is_authenticated:
            return self.none()
        held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
        if not held:
            return self.none()
        reach = units_below(held)
        return self.filter(Q(course__unit__in=reach) | Q(person__unit__in=reach))
