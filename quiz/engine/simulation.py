"""Synthetic contests by the thousand: what a set of rules does before anyone enters.

Each contest is some rounds long; people are drawn (`quiz.engine.synthetic`), ranked by
`quiz.engine.ranking` and given prizes by `quiz.engine.awards`, the functions the platform itself
is held to. Nothing is stored; the same seed gives the same contests.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from quiz.engine.awards import Awards, PerPerson, SkipReason, Tier, award, prize_cap
from quiz.engine.ranking import Candidate, CriterionLike, Ranked, rank
from quiz.engine.synthetic import Crowd, Sitting, draw_count

TIED = "tied"
MAY_NOT_WIN_PERCENT = 1
WITHDRAWN_PERCENT = 5
Predicted = Literal["", "took_part", "all_correct", "percent_all_correct"]


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One audience group: the length of its paper and its prizes, best first."""

    code: str
    items: int
    tiers: Sequence[Tier]


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """What of the rules decides prizes. `over_groups`: one true value for all groups together."""

    chain: Sequence[CriterionLike]
    groups: Sequence[GroupPlan]
    per_person: PerPerson = "contest"
    reserves: int = 0
    max_share_percent: int | None = None
    limit_ms: int | None = None
    attempts: int | None = 1
    predicted: Predicted = ""
    decimals: int = 0
    over_groups: bool = True


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`entrants`: persons per group and round, of whom `perfect_percent` have all correct."""

    entrants: int
    perfect_percent: int
    rounds: int = 1
    contests: int = 100
    seed: int = 1


@dataclass
class Edge:
    """The place behind one tier's last prize: what decided it how often, or that it stayed tied.

    `decided` counts criteria and `TIED`; `most_tied` is the largest number standing for the place.
    """

    group: str
    tier: str
    decided: dict[str, int] = field(default_factory=dict)
    most_tied: int = 0

    def count(self, kind: str) -> None:
        self.decided[kind] = self.decided.get(kind, 0) + 1


@dataclass
class Tally:
    """What happened in all contests; an awarding is one group's prizes of one round.

    `tied`: awardings in which a prize was left to lot or decision. `over_limit`: awardings with
    more prizes than a tier or the share allows. `cut`: those in which the share left prizes out.
    `short`: those with fewer people than prizes. `shifted`: of two for each awarding (the true
    value one person more, one less) those that give a prize to somebody else.
    """

    contests: int = 0
    awardings: int = 0
    tied: int = 0
    prizes: int = 0
    over_limit: int = 0
    cut: int = 0
    short: int = 0
    winners_skipped: int = 0
    barred_skipped: int = 0
    deepest: int = 0
    withdrawn: int = 0
    reserves_short: int = 0
    shifts: int = 0
    shifted: int = 0
    prizes_shifted: int = 0
    edges: dict[str, Edge] = field(default_factory=dict)


def run_trial(
    plan: TrialPlan,
    assumed: Assumptions,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Tally:
    """Contest after contest, each from a seed of its own."""
    tally = Tally()
    for group in plan.groups:
        for tier in group.tiers:
            tally.edges[f"{group.code}/{tier.code}"] = Edge(group.code, tier.code)
    for number in range(assumed.contests):
        _Contest(plan, assumed, tally, Random(f"{assumed.seed}/{number}")).play()  # noqa: S311
        progress(number + 1, assumed.contests)
    tally.contests = assumed.contests
    return tally


def as_asked(value: Decimal, decimals: int) -> Decimal:
    """The true value with the decimals that were asked for, as the platform fixes it."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


class _Contest:
    """One contest: its winners are remembered from round to round."""

    def __init__(self, plan: TrialPlan, assumed: Assumptions, tally: Tally, rng: Random) -> None:
        self.plan, self.assumed, self.tally, self.rng = plan, assumed, tally, rng
        self.winners: dict[str, list[Candidate]] = {group.code: [] for group in plan.groups}
        self.next_id = 0

    def play(self) -> None:
        for _round in range(self.assumed.rounds):
            size, share = self.assumed.entrants, self.assumed.perfect_percent
            perfect = {g.code: draw_count(self.rng, size, share) for g in self.plan.groups}
            for group in self.plan.groups:
                self._award_group(group, perfect)

    def _award_group(self, group: GroupPlan, perfect: dict[str, int]) -> None:
        sitting = self._sitting(group, perfect)
        crowd = Crowd(self.rng, sitting, self.next_id)
        returning = self.winners[group.code][: self.assumed.entrants]
        back = [crowd.again(winner) for winner in returning]
        places = sum(tier.count for tier in group.tiers) + self.plan.reserves
        spare = 5 + places // 20
        right = max(0, perfect[group.code] - len(back))
        front = crowd.front(
            perfect=right,
            others=max(0, self.assumed.entrants - right - len(back)),
            wanted=places + len(back) + spare,
        )
        self.next_id = crowd.next_id
        barred = {c.entrant_id for c in front if self.rng.random() < MAY_NOT_WIN_PERCENT / 100}
        barred = set(sorted(barred)[:spare])
        _Awarding(self, group, sitting, [*back, *front], barred).hold()

    def _sitting(self, group: GroupPlan, perfect: dict[str, int]) -> Sitting:
        plan, size = self.plan, self.assumed.entrants
        groups = len(plan.groups) if plan.over_groups else 1
        right = sum(perfect.values()) if plan.over_groups else perfect[group.code]
        everyone = size * groups
        per_person = Decimal(100) / everyone if plan.predicted == "percent_all_correct" else 1
        actual = {
            "": None,
            "took_part": Decimal(everyone),
            "all_correct": Decimal(right),
            "percent_all_correct": as_asked(right * Decimal(per_person), plan.decimals),
        }[plan.predicted]
        return Sitting(
            group=group.code,
            items=group.items,
            chain=plan.chain,
            limit_ms=plan.limit_ms,
            attempts=plan.attempts,
            actual=actual,
            step=Decimal(per_person),
            decimals=plan.decimals,
            percent=plan.predicted == "percent_all_correct",
        )


class _Awarding:
    """The prizes of one group in one round, with what is counted about them."""

    def __init__(
        self,
        contest: _Contest,
        group: GroupPlan,
        sitting: Sitting,
        people: list[Candidate],
        barred: set[int],
    ) -> None:
        self.contest, self.group, self.sitting = contest, group, sitting
        self.plan, self.tally = contest.plan, contest.tally
        self.people, self.may_not_win = people, barred
        once = self.plan.per_person == "contest"
        self.won = {c.entrant_id for c in contest.winners[group.code]} if once else set()

    def hold(self) -> None:
        tally, rng = self.tally, self.contest.rng
        ranked, given = self._give(self.people, self.sitting.actual)
        self._count_edges(ranked)
        tally.awardings += 1
        tally.tied += any(
            tier.code == code
            for tie in given.unresolved_ties
            for code, _count in tie.places
            for tier in self.group.tiers
        )
        if given.unresolved_ties:
            order = rng.sample(range(len(self.people)), len(self.people))
            self.people = [
                replace(person, lot=place, decision=place)
                for person, place in zip(self.people, order, strict=True)
            ]
            _ranked, given = self._give(self.people, self.sitting.actual)
        self._count_limits(given)
        self._count_depth(given)
        self._count_shifts(given)
        by_id = {person.entrant_id: person for person in self.people}
        self.contest.winners[self.group.code] += [by_id[one.entrant] for one in given.awards]

    def _give(
        self, people: Sequence[Candidate], actual: Decimal | None
    ) -> tuple[list[Ranked], Awards]:
        ranked = rank(people, self.plan.chain, actual)
        return ranked, award(
            ranked=ranked,
            tiers=self.group.tiers,
            already_awarded=self.won,
            may_not_win=self.may_not_win,
            per_person=self.plan.per_person,
            reserves=self.plan.reserves,
            max_share_percent=self.plan.max_share_percent,
            entrant_count=self.contest.assumed.entrants,
        )

    def _cap(self) -> int | None:
        return prize_cap(self.plan.max_share_percent, self.contest.assumed.entrants)

    def _count_edges(self, ranked: Sequence[Ranked]) -> None:
        """What stands between the last prize of each tier and the place behind it."""
        out = self.may_not_win | self.won
        eligible = [one for one in ranked if one.candidate.entrant_id not in out]
        cap, end = self._cap(), 0
        for tier in self.group.tiers:
            end += tier.count if cap is None else min(tier.count, cap - end)
            if not 0 < end < len(eligible):
                continue
            last, behind = eligible[end - 1], eligible[end]
            edge = self.tally.edges[f"{self.group.code}/{tier.code}"]
            if last.rank == behind.rank:
                same = sum(one.rank == last.rank for one in eligible)
                edge.count(TIED)
                edge.most_tied = max(edge.most_tied, same)
            else:
                pair = (last.candidate, behind.candidate)
                edge.count(rank(pair, self.plan.chain, self.sitting.actual)[1].lost_by or "")

    def _count_limits(self, given: Awards) -> None:
        planned = sum(tier.count for tier in self.group.tiers)
        cap = self._cap()
        by_tier = Counter(one.tier for one in given.awards)
        self.tally.prizes += len(given.awards)
        self.tally.over_limit += (cap is not None and len(given.awards) > cap) or any(
            by_tier[tier.code] > tier.count for tier in self.group.tiers
        )
        self.tally.cut += cap is not None and cap < planned
        self.tally.short += len(given.awards) < min(planned, planned if cap is None else cap)

    def _count_depth(self, given: Awards) -> None:
        """Who was passed over, how far down the last prize went, and whether reserves suffice."""
        reasons = Counter(one.reason for one in given.skipped)
        self.tally.winners_skipped += reasons[SkipReason.ALREADY_AWARDED]
        self.tally.barred_skipped += reasons[SkipReason.MAY_NOT_WIN]
        self.tally.deepest = max([self.tally.deepest, *(one.rank for one in given.awards)])
        gone = draw_count(self.contest.rng, len(given.awards), WITHDRAWN_PERCENT)
        self.tally.withdrawn += gone
        self.tally.reserves_short += gone > len(given.reserves)

    def _count_shifts(self, given: Awards) -> None:
        """Who would win if the true value were one person more, or one less."""
        actual = self.sitting.actual
        if actual is None or not any(c.kind == "prediction_error" for c in self.plan.chain):
            return
        here = {(one.tier, one.entrant) for one in given.awards}
        for step in (self.sitting.step, -self.sitting.step):
            told = as_asked(actual + step, self.plan.decimals)
            _ranked, other = self._give(self._with_lots(), told)
            moved = here - {(one.tier, one.entrant) for one in other.awards}
            self.tally.shifts += 1
            self.tally.shifted += bool(moved)
            self.tally.prizes_shifted += len(moved)

    def _with_lots(self) -> list[Candidate]:
        """The same people; where no lot was drawn their order stands for one."""
        return [
            person if person.lot is not None else replace(person, lot=place, decision=place)
            for place, person in enumerate(self.people)
        ]
