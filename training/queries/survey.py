"""Reads over surveys and their figures."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Max, Q

from accounts.models import OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet, units_above

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class SurveyQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "SurveyQuerySet":
        """Surveys of units at or below one where `user` holds any of `roles`."""
        return self.filter(unit__in=OrgUnit.objects.reached_by(user, *roles))

    def asked_within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "SurveyQuerySet":
        """Also surveys from above, that desks in reach put to people too."""
        if not user.is_authenticated:
            return self.none()
        held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
        from_above = Q(unit_id__in=units_above(held))
        return self.filter(from_above | Q(unit__in=OrgUnit.objects.reached_by(user, *roles)))


class SurveyPotQuerySet(models.QuerySet):
    def past(self) -> "SurveyPotQuerySet":
        """Pots of versions that nobody is asked any more: they can't become full."""
        newest = self.annotate(newest=Max("version__survey__versions__number"))
        return newest.filter(newest__gt=F("version__number"))


class SurveyFiguresQuerySet(models.QuerySet):
    def between(self, first: date, last: date) -> "SurveyFiguresQuerySet":
        """Of the months from `first` to `last`, both their first days."""
        return self.filter(month__gte=first, month__lte=last)

    def at(self, units: OrgUnitQuerySet) -> "SurveyFiguresQuerySet":
        return self.filter(unit__in=units)
