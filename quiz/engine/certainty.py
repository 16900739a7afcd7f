"""Which prizes are certain while cases are open, and which can still move, and by which case.

An open case may take an entrant out of the round; each may end either way, whatever the others do.
The prediction's true value counts entrants, so it moves with them between two bounds. Every entrant
is ranked under both bounds; between them the order of two predictions turns round at most once
(|p − v| − |q − v| never falls, or never rises, as v grows), so who is ahead under both is ahead
under every value between. What is said to be certain therefore is; what is said to move may turn
out not to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from quiz.engine.awards import Capacity
from quiz.engine.ranking import (
    DECIMALS,
    Candidate,
    Counted,
    CriterionLike,
    Key,
    chain_key,
    choose_counted,
    passing,
)

NOTHING = ""


class Span(NamedTuple):
    """Where an attempt stands under the two bounds; only its order to others means anything.

    `cut` spans hold the best and the worst that any value between gives.
    """

    low: Key
    high: Key
    cut: bool

    def surely_before(self, other: "Span") -> bool:
        if self.cut:
            return self.high < other.low
        return self.low < other.low and self.high < other.high

    def surelylevel_with(self, other: "Span") -> bool:
        return self.low == other.low and self.high == other.high


Own = Sequence[tuple[Candidate, Span]]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one entrant may win.

    `tiers`: every tier possible, the best first, `NOTHING` for none. `cases`: the open ones that
    can change it. `by_counts`: it also hangs on the true value or on how many prizes there are.
    `tied`: others share the place whatever happens.
    """

    entrant: int
    attempt: int
    tiers: tuple[str, ...]
    cases: tuple[int, ...]
    by_counts: bool
    tied: bool

    @property
    def certain(self) -> bool:
        return len(self.tiers) == 1


def spans(
    candidates: Iterable[Candidate],
    *,
    counted: Counted,
    chain: Sequence[CriterionLike],
    bounds: tuple[Decimal, Decimal] | None,
) -> dict[int, list[tuple[Candidate, Span]]]:
    """{entrant: the attempts that may count, with where they stand}; who can't rank is left out."""
    low, high = bounds or (None, None)
    found = list(candidates)
    if counted != "best":
        found = choose_counted(found, counted=counted, chain=chain, actual=low)
    found = passing(found, chain)
    cut = bounds is not None and _is_cut(chain, found, bounds)
    at_low, at_high = chain_key(chain, low), chain_key(chain, high)
    at = next((n for n, c in enumerate(_compared(chain)) if c.kind == "prediction_error"), None)
    told: dict[int, list[tuple[Candidate, Span]]] = defaultdict(list)
    for one in found:
        ends = [at_low(one), at_high(one)]
        if cut and at is not None:
            ends = _widest(one, ends, at, bounds)
        told[one.entrant_id].append((one, Span(ends[0], ends[1], cut)))
    return dict(told)


def _compared(chain: Sequence[CriterionLike]) -> list[CriterionLike]:
    return [criterion for criterion in chain if criterion.kind != "all_correct"]


def _is_cut(
    chain: Sequence[CriterionLike],
    candidates: Sequence[Candidate],
    bounds: tuple[Decimal, Decimal],
) -> bool:
    """Whether cutting the error loses digits: then its order may turn round more than once."""
    cuts = [DECIMALS.get(c.precision) for c in chain if c.kind == "prediction_error"]
    if not cuts or cuts[0] is None or bounds[0] == bounds[1]:
        return False
    step = Decimal(1).scaleb(-cuts[0])
    figures = [*bounds, *(c.prediction for c in candidates if c.prediction is not None)]
    return any(figure % step for figure in figures)


def _widest(
    one: Candidate, ends: list[Key], at: int, bounds: tuple[Decimal, Decimal] | None
) -> list[Key]:
    """The best and the worst key that any value between the bounds gives."""
    best, worst = sorted(ends)
    if bounds and one.prediction is not None and bounds[0] <= one.prediction <= bounds[1]:
        best = (*best[:at], (False, Decimal(0)), *best[at + 1 :])
    return [best, worst]


def outlooks(
    standing: Mapping[int, Sequence[tuple[Candidate, Span]]],
    *,
    doubts: Mapping[int, Collection[int]],
    barred: AbstractSet[int],
    layouts: Sequence[Capacity],
    one_stays: Collection[Collection[int]] = (),
) -> list[Outlook]:
    """Everyone of one group who may win a prize, the best places first.

    `standing` is what `spans` gives. `doubts`: entrant → the open cases that may take them out.
    `one_stays`: sets of entrants, sharing none, of which at least one is never taken out (one
    person who registered several times). `layouts`: the prizes from the best place down, as
    (tier, how many), under the fewest and the most entrants there may be.
    """
    may_win = {who: own for who, own in standing.items() if who not in barred}
    most = max((sum(count for _code, count in layout) for layout in layouts), default=0)
    found = []
    for who, own in may_win.items():
        sure = {o for o, theirs in may_win.items() if o != who and surely_ahead(theirs, own)}
        least = sure_number(sure, doubts, one_stays)
        if least < most:
            found.append(
                (
                    least,
                    who,
                    _outlook(
                        who=who,
                        own=own,
                        sure=least,
                        may_win=may_win,
                        doubts=doubts,
                        layouts=layouts,
                    ),
                )
            )
    found.sort(key=lambda one: (one[0], one[2].attempt))
    return [outlook for _sure, _who, outlook in found]


def sure_number(
    sure: AbstractSet[int],
    doubts: Mapping[int, Collection[int]],
    one_stays: Collection[Collection[int]],
) -> int:
    """How many of `sure` there are whatever happens to the doubtful among them."""
    steady = sum(other not in doubts for other in sure)
    return steady + sum(sure >= set(alike) for alike in one_stays)


def surely_ahead(others: Own, own: Own) -> bool:
    """One attempt of theirs stands before all of one's own."""
    return any(all(span.surely_before(mine) for _m, mine in own) for _c, span in others)


def may_be_ahead(others: Own, own: Own) -> bool:
    """Before or level, for some value."""
    return any(not any(mine.surely_before(span) for _m, mine in own) for _c, span in others)


def _outlook(
    *,
    who: int,
    own: Own,
    sure: int,
    may_win: Mapping[int, Own],
    doubts: Mapping[int, Collection[int]],
    layouts: Sequence[Capacity],
) -> Outlook:
    rivals = [
        other for other, theirs in may_win.items() if other != who and may_be_ahead(theirs, own)
    ]
    reach = [tiers_between(layout, sure, len(rivals)) for layout in layouts]
    tiers = list(dict.fromkeys(code for tiers in reach for code in tiers))
    if who in doubts and NOTHING not in tiers:
        tiers.append(NOTHING)
    level = [o for o in rivals if o not in doubts and level_with(may_win[o], own)]
    steady = {o for o in rivals if o not in doubts and surely_ahead(may_win[o], own)}
    unsure = [o for o in rivals if o not in doubts and o not in steady and o not in level]
    movers = [who, *rivals] if len(tiers) > 1 else []
    cases = {case for one in movers for case in doubts.get(one, ())}
    return Outlook(
        entrant=who,
        attempt=own[0][0].attempt_id,
        tiers=tuple(tiers),
        cases=tuple(sorted(cases)),
        by_counts=len(tiers) > 1 and bool(unsure or len({*map(tuple, reach)}) > 1),
        tied=bool(level),
    )


def level_with(others: Own, own: Own) -> bool:
    """Equal in everything, whatever the value."""
    return len(others) == len(own) == 1 and others[0][1].surelylevel_with(own[0][1])


def tiers_between(layout: Capacity, first: int, last: int) -> list[str]:
    """The tiers of the places `first` to `last`, counted from 0, the best first."""
    found, start = [], 0
    for code, count in layout:
        if count and start <= last and start + count > first:
            found.append(code)
        start += count
    return [*found, NOTHING] if last >= start else found
