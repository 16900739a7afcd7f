"""Reads over credits from elsewhere."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.queries.org_unit import units_below
from training.enums import CreditState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CreditQuerySet(models.QuerySet):
    def approved(self) -> "CreditQuerySet":
        return self.filter(state=CreditState.APPROVED)

    def waiting(self) -> "CreditQuerySet":
        return self.filter(state=CreditState.PROPOSED)

    def of_people_seen_by(self, user: "User | AnonymousUser", *roles: str) -> "CreditQuerySet":
        """Credits of people who belong to units in reach of any of `roles`."""
        if not user.is_authenticated:
            return self.none()
        held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
        return self.filter(person__unit__in=units_below(held)) if held else self.none()

    def seen_by(self, user: "User | AnonymousUser", *roles: str) -> "CreditQuerySet":
        """Those, and one's own."""
        if not user.is_authenticated:
            return self.none()
        theirs = self.of_people_seen_by(user, *roles)
        return self.filter(Q(person=user) | Q(pk__in=theirs.values("pk")))
