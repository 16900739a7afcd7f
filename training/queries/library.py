"""Reads over the library."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from quiz.queries.item import within_reach
from training.enums import InquiryState, MaterialState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class OfUnitQuerySet(models.QuerySet):
    """Of things that belong to a unit."""

    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> Self:
        """Those of units at or below one where `user` holds any of `roles`."""
        return within_reach(self, user, "unit_id", roles)


class MaterialQuerySet(OfUnitQuerySet):
    def public(self) -> Self:
        """What anyone may read."""
        return self.filter(state=MaterialState.PUBLISHED)

    def out_of_force(self, on: date) -> Self:
        """Those that are over, or cite what is out of force on a day."""
        over = Q(valid_to__lte=on) | Q(citations__ends_on__lte=on)
        return self.filter(over).distinct()


class InquiryQuerySet(OfUnitQuerySet):
    def public(self) -> Self:
        """Those with a published answer, the newest first."""
        return self.filter(state=InquiryState.PUBLISHED).order_by("-decided_at", "-pk")

    def untold(self) -> Self:
        """Decided, and whoever asked left a contact and has not been written to."""
        decided = self.filter(state__in=(InquiryState.PUBLISHED, InquiryState.REFUSED))
        return decided.filter(told_at=None).exclude(contact=b"")
