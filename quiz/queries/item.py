"""Reads over banks and items."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db import models

from accounts.enums import Role
from accounts.queries.org_unit import units_below
from accounts.text import fold
from quiz.enums import ItemState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Q = TypeVar("Q", bound=models.QuerySet)


class ItemBankQuerySet(models.QuerySet):
    def within_reach_of(self, user: "User | AnonymousUser", *roles: str) -> "ItemBankQuerySet":
        """Banks of units at or below one where `user` holds any of `roles`."""
        wanted = roles or (
            Role.AUTHOR,
            Role.REVIEWER,
            Role.ORGANISER,
            Role.ADMINISTRATOR,
        )
        return within_reach(self, user, "unit_id", wanted)


class ItemVersionQuerySet(models.QuerySet):
    def approved(self) -> "ItemVersionQuerySet":
        return self.filter(state=ItemState.APPROVED)

    def current(self) -> "ItemVersionQuerySet":
        """The newest version of each item."""
        return self.filter(pk=models.F("item__current_id"))

    def matching(self, text: str) -> "ItemVersionQuerySet":
        """Versions whose folded stem, options, topic or citation hold every word of `text`."""
        versions = self
        for word in fold(text).split():
            versions = versions.filter(search_text__contains=word)
        return versions

    def unchecked(self) -> "ItemVersionQuerySet":
        """Versions that cite a document whose validity is still to be checked."""
        return self.filter(citations__document__needs_check=True).distinct()

    def out_of_force(self, on: date) -> "ItemVersionQuerySet":
        """Versions that cite what is out of force on a day, and nobody decided about it."""
        ended = {"citations__ends_on__lte": on, "citations__settled_by": None}
        return self.filter(**ended).distinct()


_VersionManager = models.Manager.from_queryset(ItemVersionQuerySet)


class ItemVersionManager(_VersionManager):
    """Versions without what only the search reads of them."""

    def get_queryset(self) -> ItemVersionQuerySet:
        versions: ItemVersionQuerySet = ItemVersionQuerySet(self.model, using=self._db)
        return versions.defer("search_text", "search_vector")


def within_reach(
    queryset: Q, user: "User | AnonymousUser", unit_field: str, roles: Iterable[str]
) -> Q:
    """Rows whose unit lies at or below one where `user` holds any of `roles`."""
    if not user.is_authenticated:
        return queryset.none()
    held = list(user.memberships.filter(role__in=roles).values_list("unit_id", flat=True))
    return queryset.filter(**{unit_field + "__in": units_below(held)}) if held else queryset.none()
