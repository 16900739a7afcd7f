"""Reads over who holds which role where."""

from django.db import models


class MembershipQuerySet(models.QuerySet):
    def roles_of(self, user) -> set[str]:
        """The roles a person holds anywhere."""
        return set(self.filter(user=user).values_list("role", flat=True))
