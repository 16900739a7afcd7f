"""Side prizes of one group: who of the ranked is the oldest or the youngest."""

from collections.abc import Collection

from django.db.models import F

from quiz.engine.awards import Awards, SideAwards, lay_out, prize_cap
from quiz.engine.side_prizes import Aged, SidePrize, award_side
from quiz.models import AudienceGroup, Round, Standing
from quiz.rules.document import PrizeTier, RuleDocument

# Beyond the prizes and everybody who can't win: enough for those who share a birth date.
MARGIN = 200


def plan_side_prizes(
    *,
    round: Round,
    group: AudienceGroup,
    rules: RuleDocument,
    planned: Awards,
    barred: Collection[int],
    already: Collection[int],
    entrants: int,
) -> SideAwards:
    """What the rules give beside the prizes of `planned`, without writing.

    `barred` may win nothing, `already` have a prize that stands against another one. The share of
    `entrants` that may win caps these prizes too, and takes them before any other.
    """
    ranked, side = rules.prizes_of(group.code), rules.side_prizes_of(group.code)
    cap = prize_cap(rules.result.max_share_percent, entrants)
    counts = [count for _code, count in lay_out((*ranked, *side), cap)]
    once = rules.result.one_prize_per != "none"
    winners = {one.entrant for one in planned.awards}
    unable = {*barred, *already} if once else set(barred)
    wanted = sum(counts[len(ranked) :]) + len(unable) + len(winners) + MARGIN
    return award_side(
        prizes=[SidePrize(tier, _candidates(round, group, tier, wanted)) for tier in side],
        counts=counts[len(ranked) :],
        first_place=sum(counts[: len(ranked)]) + 1,
        barred=unable,
        may_not_win=frozenset(barred),
        winners=winners,
        once=once,
    )


def _candidates(round: Round, group: AudienceGroup, tier: PrizeTier, wanted: int) -> list[Aged]:
    """The first `wanted` in the order of a prize."""
    born = F("entrant__birth_date")
    known = Standing.objects.filter(round=round, group=group, entrant__birth_date__isnull=False)
    ordered = known.order_by(born.asc() if tier.by == "oldest" else born.desc(), "rank", "attempt")
    rows = ordered.values_list("entrant", "attempt", "rank", "entrant__birth_date")
    return [
        Aged(entrant, attempt, rank, day) for entrant, attempt, rank, day in rows[:wanted] if day
    ]
