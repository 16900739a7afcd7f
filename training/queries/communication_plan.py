"""Reads over communication plans, their tasks and evidence."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrgUnit
from training.queries.library import OfUnitQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CommunicationPlanQuerySet(OfUnitQuerySet):
    def seen_by(self, user: "User | AnonymousUser", *roles: str) -> Self:
        """Those of units in reach, and those from above with a task for a unit in reach."""
        reach = OrgUnit.objects.reached_by(user, *roles).order_by().values("pk")
        return self.filter(Q(unit__in=reach) | Q(tasks__unit__in=reach)).distinct()


class PlanTaskQuerySet(models.QuerySet):
    def seen_by(self, user: "User | AnonymousUser", *roles: str) -> Self:
        """All tasks of plans of units in reach; of plans from above, those of units in reach."""
        reach = OrgUnit.objects.reached_by(user, *roles).order_by().values("pk")
        return self.filter(Q(plan__unit__in=reach) | Q(unit__in=reach))

    def kept_by(self, user: "User | AnonymousUser", *roles: str) -> Self:
        """Those of units at or below one where `user` holds any of `roles`."""
        return self.filter(unit__in=OrgUnit.objects.reached_by(user, *roles))
