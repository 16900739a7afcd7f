"""How many approved items a bank holds, by topic and level: what blueprints are checked against."""

from collections.abc import Mapping

from django.db.models import Count

from quiz.enums import ItemState
from quiz.models import Contest, ItemBank, ItemVersion

Cell = tuple[str | None, str | None]


def count_approved(*, bank: ItemBank) -> dict[Cell, int]:
    """{(topic name or None, level or None): items whose newest version is approved}."""
    rows = (
        ItemVersion.objects.current()
        .filter(item__bank=bank, state=ItemState.APPROVED)
        .values_list("topic__name", "level")
        .annotate(count=Count("pk"))
        .order_by("topic__name", "level")
    )
    return {(topic, level or None): count for topic, level, count in rows}


def count_by_group(*, contest: Contest) -> Mapping[str, Mapping[Cell, int]]:
    """`count_approved` of each group's bank, by group code; {} where no bank is chosen."""
    return {
        group.code: count_approved(bank=group.bank) if group.bank else {}
        for group in contest.groups.select_related("bank")
    }
