"""Side prizes of one group: who of the ranked is the oldest or the youngest."""

from collections.abc import Collection

from django.db.models import F

from quiz.engine.awards import RESERVE, Awards, SideAwards, lay_out, prize_cap
from quiz.engine.side_prizes import Aged, SidePrize, award_side
from quiz.enums import ReleaseState
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
    undecided: set[int] = set()
    for tie in planned.unresolved_ties:
        prizes = sum(count for code, count in tie.places if code != RESERVE)
        if prizes == len(tie.entrants):  # all of them win, only which prize is open
            winners.update(tie.entrants)
        elif prizes and once:
            undecided.update(tie.entrants)
    unable = {*barred, *already} if once else set(barred)
    wanted = sum(counts[len(ranked) :]) + len(unable) + len(winners) + MARGIN
    return award_side(
        prizes=[
            SidePrize(
                tier, _candidates(round, group, tier, wanted), _held_by_erased(round, group, tier)
            )
            for tier in side
        ],
        counts=counts[len(ranked) :],
        first_place=sum(counts[: len(ranked)]) + 1,
        barred=unable,
        may_not_win=frozenset(barred),
        winners=winners,
        once=once,
        undecided=undecided,
    )


def _candidates(round: Round, group: AudienceGroup, tier: PrizeTier, wanted: int) -> list[Aged]:
    """The first `wanted` in the order of a prize; of who was erased only the year is known."""
    born = F("entrant__birth_date")
    known = Standing.objects.filter(
        round=round, group=group, entrant__birth_date__isnull=False, entrant__erased_at=None
    )
    ordered = known.order_by(born.asc() if tier.by == "oldest" else born.desc(), "rank", "attempt")
    rows = ordered.values_list("entrant", "attempt", "rank", "entrant__birth_date")
    return [
        Aged(entrant, attempt, rank, day) for entrant, attempt, rank, day in rows[:wanted] if day
    ]


def _held_by_erased(round: Round, group: AudienceGroup, tier: PrizeTier) -> list[tuple[int, Aged]]:
    """Who won the prize in the release in force and was erased since, by their place in the tier.

    The decision is signed; it ends with the withdrawal of the prize, or of the entry.
    """
    released = round.releases.filter(state=ReleaseState.RELEASED).order_by("-number").first()
    if released is None:
        return []
    told = zip(released.document["winners"], released.winners, strict=True)
    mine = [pk for one, pk in told if (one["group"], one["prize"]) == (group.code, tier.name)]
    erased = Standing.objects.filter(
        round=round, group=group, entrant__in=mine, entrant__erased_at__isnull=False
    ).select_related("entrant")
    return sorted(
        (
            (mine.index(one.entrant_id), Aged(one.entrant_id, one.attempt_id, one.rank, born))
            for one in erased
            if (born := one.entrant.birth_date) is not None
        ),
        key=lambda kept: kept[0],
    )
