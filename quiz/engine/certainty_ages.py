"""How certain prizes by age are while cases are open: the counterpart of `quiz.engine.side_prizes`.

Such a prize goes down its candidates by birth date, then by rank, over whoever has a prize already.
An open case can take a candidate out, turn the order of two born on one day, and give or take the
prize that lets somebody be passed over; so prizes for places, and those by age before, come first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from quiz.engine.certainty import (
    NOTHING,
    Outlook,
    Own,
    level_with,
    may_be_ahead,
    sure_number,
    surely_ahead,
)


@dataclass(frozen=True, slots=True)
class Contender:
    """An entrant who may be ranked, with the attempts that may count."""

    entrant: int
    born: date
    own: Own


@dataclass(frozen=True, slots=True)
class AgePrize:
    """A tier by age; `counts`: how many there are with the fewest and with the most entrants."""

    code: str
    youngest: bool
    counts: tuple[int, int]


def age_outlooks(
    prize: AgePrize,
    contenders: Collection[Contender],
    *,
    doubts: Mapping[int, Collection[int]],
    earlier: Mapping[int, Sequence[Outlook]],
    one_stays: Collection[Collection[int]] = (),
) -> list[Outlook]:
    """Everyone who may get the prize, the first to get it first; who is barred is not handed in.

    `earlier`: what each may win before this prize, empty where a person may win several. `doubts`
    and `one_stays` as for `quiz.engine.certainty.outlooks`.
    """
    seen = _Seen(prize, doubts, earlier)
    found = [
        (least, one.born.toordinal() * (-1 if prize.youngest else 1), outlook)
        for one in contenders
        for least, outlook in seen.outlook(one, contenders, one_stays)
    ]
    found.sort(key=lambda one: (one[0], one[1], one[2].attempt))
    return [outlook for _least, _born, outlook in found]


@dataclass(frozen=True)
class _Seen:
    prize: AgePrize
    doubts: Mapping[int, Collection[int]]
    earlier: Mapping[int, Sequence[Outlook]]

    def outlook(
        self,
        one: Contender,
        contenders: Collection[Contender],
        one_stays: Collection[Collection[int]],
    ) -> Iterator[tuple[int, Outlook]]:
        """(how many get it before for certain, the outlook), if there is any."""
        others = [other for other in contenders if other.entrant != one.entrant]
        sure = {
            other.entrant
            for other in others
            if self._free(other.entrant) and self._before(other, one)
        }
        least = sure_number(sure, self.doubts, one_stays)
        if least >= self.prize.counts[1] or not self._may_be_free(one.entrant):
            return
        rivals = [
            other
            for other in others
            if self._may_be_free(other.entrant) and self._may_be_before(other, one)
        ]
        steady = sure - self.doubts.keys()
        unsteady = [other for other in rivals if other.entrant not in steady]
        tied = any(self._tied(other, one) for other in unsteady)
        certain = (
            len(rivals) < self.prize.counts[0]
            and one.entrant not in self.doubts
            and self._free(one.entrant)
        )
        if certain:
            yield least, self._sure(one, tied=tied)
        else:
            yield least, self._open(one, unsteady, tied=tied)

    def _sure(self, one: Contender, *, tied: bool) -> Outlook:
        return Outlook(
            entrant=one.entrant,
            attempt=_attempt(one),
            tiers=(self.prize.code,),
            cases=(),
            by_counts=False,
            tied=tied,
        )

    def _open(self, one: Contender, rivals: Sequence[Contender], *, tied: bool) -> Outlook:
        movers = [one.entrant, *(other.entrant for other in rivals)]
        before = [
            outlook
            for mover in movers
            for outlook in self.earlier.get(mover, ())
            if not outlook.certain
        ]
        cases = {case for mover in movers for case in self.doubts.get(mover, ())}
        cases.update(case for outlook in before for case in outlook.cases)
        turning = any(
            other.born == one.born
            and not self._before(other, one)
            and not level_with(other.own, one.own)
            for other in rivals
            if other.entrant not in self.doubts
        )
        return Outlook(
            entrant=one.entrant,
            attempt=_attempt(one),
            tiers=(self.prize.code, NOTHING),
            cases=tuple(sorted(cases)),
            by_counts=turning
            or self.prize.counts[0] != self.prize.counts[1]
            or any(outlook.by_counts for outlook in before),
            tied=tied or any(outlook.tied for outlook in before),
        )

    def _free(self, entrant: int) -> bool:
        """Whether nothing can be won before that lets this prize pass over."""
        return all(outlook.tiers == (NOTHING,) for outlook in self.earlier.get(entrant, ()))

    def _may_be_free(self, entrant: int) -> bool:
        return all(NOTHING in outlook.tiers for outlook in self.earlier.get(entrant, ()))

    def _before(self, other: Contender, one: Contender) -> bool:
        if other.born == one.born:
            return surely_ahead(other.own, one.own)
        return (other.born < one.born) != self.prize.youngest

    def _may_be_before(self, other: Contender, one: Contender) -> bool:
        if other.born == one.born:
            return may_be_ahead(other.own, one.own)
        return (other.born < one.born) != self.prize.youngest

    def _tied(self, other: Contender, one: Contender) -> bool:
        return (
            other.born == one.born
            and other.entrant not in self.doubts
            and level_with(other.own, one.own)
        )


def _attempt(one: Contender) -> int:
    return one.own[0][0].attempt_id


def with_earlier(
    earlier: Mapping[int, Sequence[Outlook]], found: Collection[Outlook]
) -> dict[int, list[Outlook]]:
    """`earlier` and what was found since, by entrant."""
    told = {entrant: list(outlooks) for entrant, outlooks in earlier.items()}
    for outlook in found:
        told.setdefault(outlook.entrant, []).append(outlook)
    return told


def unsettled(earlier: Mapping[int, Sequence[Outlook]]) -> AbstractSet[int]:
    """Who has a prize or may get one."""
    return {
        entrant
        for entrant, outlooks in earlier.items()
        if any(outlook.tiers != (NOTHING,) for outlook in outlooks)
    }
