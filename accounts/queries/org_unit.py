"""Reads over the tree of units."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from accounts.text import search_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

_BELOW = """
WITH RECURSIVE below AS (
    SELECT id FROM accounts_orgunit WHERE id = ANY(%s)
    UNION
    SELECT unit.id FROM accounts_orgunit unit JOIN below ON unit.parent_id = below.id
) SELECT id FROM below
"""

_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM accounts_orgunit WHERE id = ANY(%s)
    UNION
    SELECT unit.id, unit.parent_id
    FROM accounts_orgunit unit JOIN above ON unit.id = above.parent_id
) SELECT id FROM above
"""


def units_below(root_ids: Iterable[int]) -> RawSQL:
    """A subquery of the ids of these units and every unit below them."""
    return RawSQL(_BELOW, [list(root_ids)])  # noqa: S611  (a constant; ids are bound)


def units_above(unit_ids: Iterable[int]) -> RawSQL:
    """A subquery of the ids of these units and every unit above them."""
    return RawSQL(_ABOVE, [list(unit_ids)])  # noqa: S611  (a constant; ids are bound)


class OrgUnitQuerySet(models.QuerySet):
    def below(self, root_ids: Iterable[int]) -> "OrgUnitQuerySet":
        """These units and every unit below them."""
        return self.filter(pk__in=units_below(root_ids))

    def valid_on(self, day: date) -> "OrgUnitQuerySet":
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def matching(self, text: str) -> "OrgUnitQuerySet":
        """Units whose folded name, alias or parent's name holds every word of `text`.

        Commas part words and are not looked for: “xã Hòa Tân, huyện Tây Hòa”.
        """
        units = self
        for word in search_words(text):
            units = units.filter(search_text__contains=word)
        return units

    def tops(self) -> "OrgUnitQuerySet":
        """Those of these units whose parent is not among them."""
        return self.exclude(parent__in=self.order_by().values("pk"))

    def tops_with_children(self) -> "OrgUnitQuerySet":
        """The topmost of these units and those right below: where a way down begins."""
        tops = list(self.tops().values_list("pk", flat=True))
        return self.filter(Q(pk__in=tops) | Q(parent__in=tops))

    def with_counts(self) -> "OrgUnitQuerySet":
        """Adds `below` (units right below) and `persons` (people who sign in)."""
        below = Count("children", distinct=True)
        persons = Count("people", distinct=True)
        rows = self.select_related("parent").annotate(below=below, persons=persons)
        return rows.order_by("sort_name", "code")

    def reached_by(self, user: "User | AnonymousUser", *roles: str) -> "OrgUnitQuerySet":
        """Units at or below one where `user` holds any of `roles`."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.filter(role__in=roles).values_list("unit_id", flat=True)
        return self.below(held) if held else self.none()
