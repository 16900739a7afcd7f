"""Prizes from a ranking: tier by tier, one per person, and never a tie cut silently."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Literal, Protocol

from quiz.engine.ranking import Ranked

RESERVE = "reserve"
MOVED_UP = "moved_up"

PerPerson = Literal["year", "contest", "round", "none"]
Capacity = list[tuple[str, int]]


class SkipReason(StrEnum):
    MAY_NOT_WIN = "may_not_win"
    ALREADY_AWARDED = "already_awarded"


class Tier(Protocol):
    """What awarding reads of a prize tier; those of the rule document have it too."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Award:
    """`tier` is a tier's code, or `RESERVE`; `place` counts from 1 among prizes or reserves.

    `note` is "" or MOVED_UP: a better prize than the rank alone gives, since others were skipped.
    """

    tier: str
    entrant: int
    attempt: int
    rank: int
    place: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    entrant: int
    attempt: int
    rank: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class UnresolvedTie:
    """Tied attempts that stand for places not all alike; lot or decision must order them.

    `places`: (tier code, how many of it) in their order, together at most as many as attempts.
    """

    rank: int
    entrants: tuple[int, ...]
    attempts: tuple[int, ...]
    places: tuple[tuple[str, int], ...]


@dataclass
class SideAwards:
    """Prizes that don't follow the rank (`quiz.engine.side_prizes`), who was passed over, ties."""

    awards: list[Award] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unresolved_ties: list[UnresolvedTie] = field(default_factory=list)


@dataclass
class Awards:
    """Complete only if no tie is unresolved: their places are held free meanwhile."""

    awards: list[Award] = field(default_factory=list)
    reserves: list[Award] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unresolved_ties: list[UnresolvedTie] = field(default_factory=list)
    side: SideAwards = field(default_factory=SideAwards)


def award(
    *,
    ranked: Sequence[Ranked],
    tiers: Sequence[Tier],
    already_awarded: AbstractSet[int] = frozenset(),
    may_not_win: AbstractSet[int] = frozenset(),
    per_person: PerPerson = "contest",
    reserves: int = 0,
    max_share_percent: int | None = None,
    entrant_count: int = 0,
) -> Awards:
    """Give the tiers, best first, down the ranking of one group, then the reserves.

    `ranked` holds each entrant once, by rank. `already_awarded`: entrants with a prize in the same
    contest or round, as `per_person` means it; under "none" they may win again. Those skipped are
    listed as long as places were left for them. `max_share_percent` of `entrant_count`, rounded
    down, caps the number of prizes; the lowest are not given.
    """
    barred = may_not_win if per_person == "none" else may_not_win | already_awarded
    prizes = lay_out(tiers, prize_cap(max_share_percent, entrant_count))
    capacity = [*prizes, (RESERVE, reserves)]
    total = sum(count for _code, count in capacity)
    result = Awards()
    taken = 0
    for _rank, group in groupby(ranked, key=lambda member: member.rank):
        if taken >= total:
            break
        members = list(group)
        eligible = [member for member in members if member.candidate.entrant_id not in barred]
        places = _places(capacity, taken, taken + len(eligible))
        if places and places[0][1] == len(eligible):
            _give(result, eligible, capacity, taken)
        elif eligible:
            result.unresolved_ties.append(_tie(eligible, places))
        result.skipped.extend(_skip(members, barred, may_not_win))
        taken += len(eligible)
    return result


def prize_cap(max_share_percent: int | None, entrant_count: int) -> int | None:
    """How many prizes the rules allow at most; None where they name no share of the entrants."""
    if max_share_percent is None:
        return None
    return entrant_count * max_share_percent // 100


def lay_out(tiers: Iterable[Tier], cap: int | None) -> Capacity:
    """(code, how many) of the prizes from the best place down, cut at `cap`."""
    capacity: Capacity = []
    left = cap
    for tier in tiers:
        count = tier.count if left is None else min(tier.count, left)
        left = None if left is None else left - count
        capacity.append((tier.code, count))
    return capacity


def _places(capacity: Capacity, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """What the places from `start` to before `end` are; places below the last are nothing."""
    found = []
    first = 0
    for code, count in capacity:
        overlap = min(end, first + count) - max(start, first)
        if overlap > 0:
            found.append((code, overlap))
        first += count
    return tuple(found)


def _give(result: Awards, members: Sequence[Ranked], capacity: Capacity, taken: int) -> None:
    """Awards of one tier to all of them; whoever was skipped above them lifted them."""
    prizes = sum(count for code, count in capacity if code != RESERVE)
    skipped_above = len(result.skipped)
    for place, member in enumerate(members, start=taken):
        (tier, _one), *_none = _places(capacity, place, place + 1)
        candidate, is_prize = member.candidate, place < prizes
        unlifted = _places(capacity, place + skipped_above, place + skipped_above + 1)
        (result.awards if is_prize else result.reserves).append(
            Award(
                tier=tier,
                entrant=candidate.entrant_id,
                attempt=candidate.attempt_id,
                rank=member.rank,
                place=place + 1 if is_prize else place - prizes + 1,
                note=MOVED_UP if is_prize and unlifted != ((tier, 1),) else "",
            )
        )


def _tie(members: Sequence[Ranked], places: tuple[tuple[str, int], ...]) -> UnresolvedTie:
    return UnresolvedTie(
        rank=members[0].rank,
        entrants=tuple(member.candidate.entrant_id for member in members),
        attempts=tuple(member.candidate.attempt_id for member in members),
        places=places,
    )


def _skip(
    members: Sequence[Ranked], barred: AbstractSet[int], may_not_win: AbstractSet[int]
) -> Iterator[Skipped]:
    for member in members:
        entrant = member.candidate.entrant_id
        if entrant in barred:
            reason = (
                SkipReason.MAY_NOT_WIN if entrant in may_not_win else SkipReason.ALREADY_AWARDED
            )
            yield Skipped(entrant, member.candidate.attempt_id, member.rank, reason)
