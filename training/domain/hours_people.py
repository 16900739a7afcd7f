"""Whose hours are looked at: people in reach, of one unit and below, found by their words."""

from django.db.models import QuerySet

from accounts.models import OrgUnit, User
from accounts.text import fold
from training.permissions import people_seen


def people_in_view(*, user: User, unit_id: int | None = None, words: str = "") -> QuerySet[User]:
    """Active people whose hours `user` may see, by name; `unit_id` narrows to it and below."""
    people = people_seen(user).select_related("unit")
    if unit_id is not None:
        people = people.filter(unit__in=OrgUnit.objects.below([unit_id]))
    if words.strip():
        wanted = fold(words).split()
        rows = people.values_list("pk", "full_name", "username")
        found = [pk for pk, *texts in rows if all(word in fold(" ".join(texts)) for word in wanted)]
        people = people.filter(pk__in=found)
    return people.order_by("full_name", "pk")
