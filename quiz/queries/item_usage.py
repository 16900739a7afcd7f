"""Reads over the usage of items."""

from django.db import models

from quiz.enums import RoundState


class ItemUsageQuerySet(models.QuerySet):
    def told(self) -> "ItemUsageQuerySet":
        """Usages whose round is sealed: only their figures may be read by anybody."""
        return self.filter(
            pool__round__state__in=[RoundState.SEALED, RoundState.RELEASED], papers__gt=0
        )

    def by_version(self) -> models.QuerySet:
        """A row a version: rounds, papers, drawn, met, answered, correct, summed up."""
        sums = {
            f"all_{name}": models.Sum(name)
            for name in ("papers", "drawn", "met", "answered", "not_reached", "correct")
        }
        rounds = models.Count("pool__round", distinct=True)
        return self.values("version").order_by().annotate(rounds=rounds, **sums)
