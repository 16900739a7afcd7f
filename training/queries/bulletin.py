"""Reads over bulletins and their articles."""

from typing import Self

from accounts.queries.org_unit import units_below
from training.enums import ArticleState, BulletinState
from training.queries.library import OfUnitQuerySet


class BulletinQuerySet(OfUnitQuerySet):
    def public(self) -> Self:
        return self.filter(state=BulletinState.PUBLISHED)


class ArticleQuerySet(OfUnitQuerySet):
    def below_unit(self, unit_id: int) -> Self:
        """Those of a unit and of every unit below it."""
        return self.filter(unit__in=units_below([unit_id]))

    def public(self) -> Self:
        """Those of published issues."""
        return self.filter(bulletin__state=BulletinState.PUBLISHED)

    def waiting(self) -> Self:
        """Sent in and not decided yet, the oldest first."""
        return self.filter(state=ArticleState.SENT).order_by("sent_at", "pk")

    def ready(self) -> Self:
        """Approved and in no issue yet."""
        return self.filter(state=ArticleState.APPROVED, bulletin=None).order_by("decided_at", "pk")
