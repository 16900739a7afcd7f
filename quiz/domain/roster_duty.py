"""How far a unit is with its compulsory list, as far as the person who asks may know.

Page, print, reminder, letters and certificate all begin with `sight_of`. While a count decides
prizes it gives whoever wants to stay eligible the names on their own unit's list who had not
entered by the last midnight, and nothing about any other unit; opening more is asked for, recorded
and takes the right to a prize away (`count_secrecy.open_counts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from accounts.domain.days import midnight
from accounts.enums import Role
from accounts.errors import NotFound
from accounts.models import Membership, OrgUnit, RosterEntry, User
from quiz.domain.count_secrecy import counts_are_opened, counts_are_secret
from quiz.enums import ContestState, RoundState
from quiz.errors import CountsSecret
from quiz.models import Round
from quiz.permissions import led_units, may_run_contest
from quiz.queries.roster_duty import ListCount, ListedPerson, Scope, look_over, missing_of

FIRST = 100  # names told at once


@dataclass(frozen=True)
class Sight:
    """What one person may see of a unit's list in a round.

    `below`: people of the units below too, and figures by unit. `before`: entries begun later are
    not told; None is live.
    """

    round: Round
    unit: OrgUnit
    below: bool
    before: datetime | None

    @cached_property
    def scope(self) -> Scope:
        units = [self.unit.pk]
        if self.below:
            units = list(OrgUnit.objects.below(units).values_list("pk", flat=True))
        return Scope(self.round.pk, self.round.contest.roster_id or 0, units, self.before)


@dataclass(frozen=True)
class UnitDone:
    """“47/50”, and how many of the unit (and, for a part, of the units below it) are exempt."""

    unit: OrgUnit
    listed: int
    done: int
    exempt: int

    @property
    def missing(self) -> int:
        return self.listed - self.done

    @property
    def complete(self) -> bool:
        return self.listed > 0 and self.missing == 0


def last_midnight(now: datetime) -> datetime:
    """The last moment at which a day began in Viet Nam."""
    return midnight(timezone.localdate(now))


def sight_of(*, user: User, round: Round, unit: OrgUnit, now: datetime) -> Sight:
    """What the person may see. Raises NotFound out of reach, CountsSecret where opening is asked.

    In reach are the leads of the unit or of one above it, and whoever runs the contest.
    """
    contest = round.contest
    leads = led_units(user).filter(pk=unit.pk).exists()
    if contest.roster_id is None or round.state == RoundState.DRAFT:
        raise NotFound
    if not leads and not may_run_contest(user, contest):
        raise NotFound
    if not counts_are_secret(contest=contest) or counts_are_opened(user=user, contest=contest):
        return Sight(round, unit, below=True, before=None)
    own = Membership.objects.filter(user=user, unit=unit, role=Role.UNIT_LEAD)
    if not own.exists():
        raise CountsSecret
    return Sight(round, unit, below=False, before=last_midnight(now))


@dataclass(frozen=True)
class Duty:
    """The whole and its parts, and the first of the missing and of the exempt, by unit and name."""

    whole: UnitDone
    parts: list[UnitDone]
    missing: list[ListedPerson]
    exempt: list[ListedPerson]


def read_duty(*, sight: Sight, first: int = FIRST, offset: int = 0) -> Duty:
    """How far the unit is. Missing people are told from `offset` on, `first` of them.

    Parts are the unit itself and each unit right below it with all below that, where units below
    may be seen; those without anybody on the list are left out.
    """
    found = look_over(sight.scope, first=first, offset=offset)
    whole = _sum(sight.unit, found.counts)
    parts = _parts(sight, found.counts) if sight.below else []
    return Duty(whole, parts if len(parts) > 1 else [], found.missing, found.exempt)


def _parts(sight: Sight, counts: Sequence[ListCount]) -> list[UnitDone]:
    tree = OrgUnit.objects.below([sight.unit.pk])
    parents = dict(tree.values_list("pk", "parent_id"))
    children = OrgUnit.objects.filter(parent=sight.unit).order_by("sort_name", "code")
    parts = {unit.pk: unit for unit in (sight.unit, *children)}
    rows: dict[int, list[ListCount]] = {pk: [] for pk in parts}
    for count in counts:
        rows[_part_of(count.unit_id, parents, parts)].append(count)
    return [_sum(parts[pk], held) for pk, held in rows.items() if held]


def _part_of(unit_id: int, parents: dict[int, int | None], parts: dict[int, OrgUnit]) -> int:
    while unit_id not in parts:
        unit_id = parents[unit_id] or 0
    return unit_id


def _sum(unit: OrgUnit, counts: Sequence[ListCount]) -> UnitDone:
    return UnitDone(
        unit,
        sum(count.listed for count in counts),
        sum(count.done for count in counts),
        sum(count.exempt for count in counts),
    )


def missing_people(*, sight: Sight, limit: int | None = None) -> list[ListedPerson]:
    """Who has to enter and has not, as far as may be known, by unit and name."""
    return missing_of(sight.scope, limit=limit)


def duties_of(*, user: User) -> list[tuple[Round, OrgUnit]]:
    """The lists a lead answers for: the newest round of each contest and the unit, no figures.

    Under each contest the units the person leads themselves, whose people (or those of units
    below) are on its list.
    """
    held = OrgUnit.objects.filter(memberships__user=user, memberships__role=Role.UNIT_LEAD)
    own = list(held.order_by("sort_name", "code"))
    if not own:
        return []
    rounds = Round.objects.exclude(state=RoundState.DRAFT).exclude(contest__roster=None)
    rounds = rounds.exclude(contest__state=ContestState.ARCHIVED)
    newest = rounds.order_by("contest_id", "-number").distinct("contest_id")
    found = [
        (round, unit)
        for round in newest.select_related("contest")
        for unit in own
        if _is_listed(round.contest.roster_id, unit)
    ]
    return sorted(found, key=lambda pair: pair[0].closes_at, reverse=True)


def _is_listed(roster_id: int | None, unit: OrgUnit) -> bool:
    """Whether the list names anybody at or below the unit."""
    people = RosterEntry.objects.filter(roster=roster_id)
    return people.filter(unit__in=OrgUnit.objects.below([unit.pk])).exists()
