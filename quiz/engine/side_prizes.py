"""Side prizes ("giải phụ"): the oldest and the youngest of those who are ranked.

They are given after the prizes for places. Equal birth dates are told apart by the rank, hence by
the same chain as everything else; who is equal in both is tied, and lot or decision orders them.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from quiz.engine.awards import Award, SideAwards, Skipped, SkipReason, Tier, UnresolvedTie


@dataclass(frozen=True, slots=True)
class Aged:
    """A ranked entrant with a known birth date."""

    entrant: int
    attempt: int
    rank: int
    born: date


@dataclass(frozen=True, slots=True)
class SidePrize:
    """One tier with the candidates in its order: by birth date, then by rank.

    `held`: who had it in a signed list and can't be compared any more, with their place in the tier
    from 0; they keep it, and are no candidates.
    """

    tier: Tier
    candidates: Sequence[Aged]
    held: Sequence[tuple[int, Aged]] = ()


def award_side(
    *,
    prizes: Sequence[SidePrize],
    counts: Sequence[int],
    first_place: int,
    barred: AbstractSet[int],
    may_not_win: AbstractSet[int],
    winners: AbstractSet[int],
    once: bool,
    undecided: AbstractSet[int] = frozenset(),
) -> SideAwards:
    """Give `counts[n]` of `prizes[n]` down its candidates; places go on from `first_place`.

    `winners`: who has a prize for a place already; they are passed over under `once`, and nobody
    gets two side prizes then. Those passed over are listed as far as prizes were left.
    `undecided`: who may win such a prize once a tie is settled; until then one of these that would
    be theirs is nobody's.
    """
    result = SideAwards()
    taken = set(winners) if once else set()
    for prize, count in zip(prizes, counts, strict=True):
        kept = [(at, one) for at, one in prize.held if one.entrant not in barred | taken][:count]
        found = list(_down(result, prize, count - len(kept), barred | taken, may_not_win))
        for at, one in kept:
            found.insert(at, one)
        for place, given in enumerate(found, start=first_place):
            if given.entrant in undecided:
                continue
            result.awards.append(
                Award(prize.tier.code, given.entrant, given.attempt, given.rank, place)
            )
            if once:
                taken.add(given.entrant)
        first_place += count
    return result


def _down(
    result: SideAwards,
    prize: SidePrize,
    count: int,
    barred: AbstractSet[int],
    may_not_win: AbstractSet[int],
) -> Iterator[Aged]:
    """Who gets one; what is passed over and what stays tied is noted."""
    left = count
    for _same, group in groupby(prize.candidates, key=lambda one: (one.born, one.rank)):
        if left <= 0:
            return
        members = list(group)
        result.skipped.extend(
            Skipped(
                one.entrant,
                one.attempt,
                one.rank,
                SkipReason.MAY_NOT_WIN
                if one.entrant in may_not_win
                else SkipReason.ALREADY_AWARDED,
            )
            for one in members
            if one.entrant in barred
        )
        free = [one for one in members if one.entrant not in barred]
        if len(free) > left:
            result.unresolved_ties.append(
                UnresolvedTie(
                    rank=free[0].rank,
                    entrants=tuple(one.entrant for one in free),
                    attempts=tuple(one.attempt for one in free),
                    places=((prize.tier.code, left),),
                )
            )
            return
        yield from free
        left -= len(free)
