"""Who can be asked to publish a release."""

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import OrgUnit, User
from quiz.models import Release

APPROVING = (Role.ORGANISER, Role.ADMINISTRATOR)


def release_approvers(*, release: Release) -> QuerySet[User]:
    """Active people with a fitting role at the contest's unit or above, but its submitter."""
    unit_ids = _unit_and_above(release.contest.unit)
    people = User.objects.filter(
        is_active=True, memberships__unit__in=unit_ids, memberships__role__in=APPROVING
    )
    return people.exclude(pk=release.submitted_by_id).distinct().order_by("full_name", "pk")


def _unit_and_above(unit: OrgUnit) -> list[int]:
    """A chain of a few units."""
    chain: list[int] = []
    above: OrgUnit | None = unit
    while above is not None:
        chain.append(above.pk)
        above = above.parent
    return chain
