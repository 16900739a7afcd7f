"""Reads over screens and playlists."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.models import OrgUnit
from accounts.queries.org_unit import units_above

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PlaylistQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "PlaylistQuerySet":
        return self.filter(unit__in=OrgUnit.objects.reached_by(user, *roles))

    def for_screens_of(self, user: "User | AnonymousUser", *roles: str) -> "PlaylistQuerySet":
        """Those in reach, and those from above: a province's films run in its communes too."""
        if not user.is_authenticated:
            return self.none()
        held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
        own = Q(unit__in=OrgUnit.objects.reached_by(user, *roles))
        return self.filter(own | Q(unit_id__in=units_above(held)))


class ScreenQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "ScreenQuerySet":
        return self.filter(unit__in=OrgUnit.objects.reached_by(user, *roles))

    def running(self) -> "ScreenQuerySet":
        return self.filter(revoked_at=None)
