"""Who knows a bank's keys can't win by them.

Whoever writes or approves items knows their keys; whoever is shown keys, on a page, through the
API or by fixing the papers, is noted once per bank. All of them may play and never win in a round
that closed after they knew.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from accounts.domain.audit import record_act
from accounts.models import RosterEntry, User
from accounts.text import fold
from quiz.models import ItemBank, ItemVersion, KeyOpening, Round


@transaction.atomic
def open_keys(*, bank: ItemBank, user: User) -> bool:
    """Note that `user` is shown keys of `bank`; whether it is the first time."""
    _opening, created = KeyOpening.objects.get_or_create(bank=bank, user=user)
    if created:
        record_act(actor=user, act="open_keys", subject=bank, unit_id=bank.unit_id)
    return created


def has_opened_keys(*, bank: ItemBank, user: User) -> bool:
    """Whether the person has been shown keys of the bank, or wrote or approved items of it."""
    mine = ItemVersion.objects.filter(Q(author=user) | Q(approved_by=user), item__bank=bank)
    return KeyOpening.objects.filter(bank=bank, user=user).exists() or mine.exists()


@dataclass(frozen=True)
class Knower:
    """Somebody who knows keys of a bank: since when, and by what (shown, wrote, approved)."""

    user: User
    since: datetime
    by: tuple[str, ...]


def people_who_know(*, bank: ItemBank) -> list[Knower]:
    """Everyone who wrote, approved or was shown keys of the bank, the latest first."""
    moments: dict[int, dict[str, datetime]] = {}
    versions = ItemVersion.objects.filter(item__bank=bank).order_by()
    sources = (
        ("shown", KeyOpening.objects.filter(bank=bank).values_list("user", "opened_at")),
        ("wrote", versions.values_list("author").annotate(Min("created_at"))),
        (
            "approved",
            versions.exclude(approved_by=None)
            .values_list("approved_by")
            .annotate(Min("approved_at")),
        ),
    )
    for by, rows in sources:
        for user, moment in rows:
            moments.setdefault(user, {})[by] = moment
    people = User.objects.select_related("unit").in_bulk(list(moments))
    known = [Knower(people[pk], min(by.values()), tuple(by)) for pk, by in moments.items()]
    return sorted(known, key=lambda knower: (knower.since, knower.user.pk), reverse=True)


def banks_of_round(*, round: Round) -> set[int]:
    """The banks its papers are drawn from: those of its groups, and of what was frozen."""
    banks = set(round.contest.groups.exclude(bank=None).values_list("bank", flat=True))
    for document in round.pools.values_list("document", flat=True):
        versions = ItemVersion.objects.filter(
            pk__in=[item["version"] for item in document["items"]]
        )
        banks |= set(versions.values_list("item__bank", flat=True))
    return banks


def note_keys_of_round(*, round: Round, user: User) -> None:
    """`user` is shown a key of the round: that counts as having seen keys of its banks."""
    for bank in ItemBank.objects.filter(pk__in=banks_of_round(round=round)):
        open_keys(bank=bank, user=user)


def people_who_knew_keys(*, round: Round) -> QuerySet[User]:
    """Everyone who knew keys of the round's banks before it closed."""
    banks = banks_of_round(round=round)
    written = ItemVersion.objects.filter(item__bank__in=banks, created_at__lt=round.closes_at)
    opened = KeyOpening.objects.filter(bank__in=banks, opened_at__lt=round.closes_at)
    return User.objects.filter(
        Q(pk__in=opened.values("user"))
        | Q(pk__in=written.values("author"))
        | Q(pk__in=written.exclude(approved_by=None).values("approved_by"))
    )


def entrants_among(*, people: QuerySet[User]) -> Q:
    """Entrants that are one of `people`: by staff code, typed or on the compulsory list; else by
    name and birth date, where the list knows it; else by name and unit. A name alone would bar
    namesakes.
    """
    named = Q(pk__in=())
    rows = list(people.values_list("username", "full_name", "unit"))
    for staff_code, full_name, unit in rows:
        named |= Q(staff_code__iexact=staff_code)
        if unit is not None:
            named |= Q(folded_name=fold(full_name), unit=unit, staff_code="")
    listed = RosterEntry.objects.filter(staff_code__in=[code for code, _name, _unit in rows])
    for entry in listed:
        named |= Q(roster_entry=entry.pk)
        if entry.birth_date is not None:
            named |= Q(folded_name=entry.folded_name, birth_date=entry.birth_date)
    return named
