"""Reads over who holds which role where."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MembershipQuerySet(models.QuerySet):
    def roles_of(self, user: "User | AnonymousUser") -> set[str]:
        """The roles a person holds anywhere."""
        return set(self.filter(user=user).values_list("role", flat=True))
