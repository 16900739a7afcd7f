"""Reads over enrolments."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from accounts.queries.org_unit import units_below
from training.enums import EnrolmentStanding

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

    def newest(self) -> "EnrolmentQuerySet":
        """Of each person and course the last time that was not withdrawn."""
        mine = {"course": OuterRef("course"), "person": OuterRef("person")}
        later = type(self)(self.model).standing().filter(**mine, ordinal__gt=OuterRef("ordinal"))
        return self.standing().filter(~Exists(later))

    def with_standing(self, day: date) -> "EnrolmentQuerySet":
        """Adds `standing_now`, an EnrolmentStanding: where each is on that day."""
        ended = [
            When(withdrawn_at__isnull=False, then=Value(EnrolmentStanding.WITHDRAWN)),
            When(completed_at__isnull=False, then=Value(EnrolmentStanding.DONE)),
            When(exempted_at__isnull=False, then=Value(EnrolmentStanding.EXEMPT)),
            When(due_on__lt=day, then=Value(EnrolmentStanding.LATE)),
            When(started_at__isnull=False, then=Value(EnrolmentStanding.LEARNING)),
        ]
        default = Value(EnrolmentStanding.WAITING)
        return self.annotate(
            standing_now=Case(*ended, default=default, output_field=models.CharField())
        )

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
