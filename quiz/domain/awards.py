"""Prizes of a round: proposed from the ranking, redone freely until the seal."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.prize_bars import barred_entrants, winners_elsewhere
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.side_prizes import plan_side_prizes
from quiz.engine import awards as engine
from quiz.engine.ranking import Candidate, Ranked
from quiz.enums import AwardKind, RoundState
from quiz.errors import RoundNotReady, TiesRemain
from quiz.models import (
    Attempt,
    AudienceGroup,
    Award,
    Round,
    Standing,
)
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument

# Ranks below every prize, reserve and skipped person can't matter; this many more are read.
MARGIN = 200


@dataclass(frozen=True)
class GroupTie:
    """Tied entrants of one group between whom prizes have to be decided."""

    group: AudienceGroup
    tie: engine.UnresolvedTie


def _ranked(round: Round, group: AudienceGroup, limit: int) -> list[Ranked]:
    """The best of a group's standings, at least `limit` if there are, as the engine reads them.

    Whole ranks: whoever stands among the first n has a rank of at most n.
    """
    standings = Standing.objects.filter(round=round, group=group, rank__lte=limit)
    return [
        Ranked(_candidate(standing, group.code), standing.rank, standing.tied, None)
        for standing in standings.order_by("rank", "attempt_id")
    ]


def _candidate(standing: Standing, group_code: str) -> Candidate:
    """The engine awards by rank alone; the values compared are not read again."""
    return Candidate(
        entrant_id=standing.entrant_id,
        attempt_id=standing.attempt_id,
        group=group_code,
        score=standing.score,
        correct=standing.correct,
        total=standing.total,
        all_correct=standing.correct == standing.total,
        prediction=standing.prediction,
        duration_ms=standing.duration_ms,
        ended_at=0,
        attempts_used=standing.attempts_used,
        registered_at=0,
    )


def count_entrants(*, round: Round, group: AudienceGroup, without: Collection[int] = ()) -> int:
    """Persons with a valid attempt, of whom a share may win; `without`: entrants left out."""
    attempts = Attempt.objects.filter(round=round, group=group, entrant__duplicate_of__isnull=True)
    attempts = attempts.exclude(entrant__in=without)
    return attempts.valid().values("entrant").distinct().count()


def plan_awards(
    *, round: Round, group: AudienceGroup, barred: set[int], rules: RuleDocument, before: list[int]
) -> engine.Awards:
    """What the rules give in one group, without writing. `before`: groups awarded already."""
    tiers = rules.prizes_of(group.code)
    already = winners_elsewhere(round=round, rules=rules, groups=before)
    places = sum(tier.count for tier in tiers) + rules.result.reserves
    entrants = count_entrants(round=round, group=group)
    planned = engine.award(
        ranked=_ranked(round, group, places + len(barred) + len(already) + MARGIN),
        tiers=tiers,
        already_awarded=already,
        may_not_win=barred,
        per_person=rules.result.one_prize_per,
        reserves=rules.result.reserves,
        max_share_percent=rules.result.max_share_percent,
        entrant_count=entrants,
    )
    if rules.side_prizes_of(group.code):
        planned.side = plan_side_prizes(
            round=round,
            group=group,
            rules=rules,
            planned=planned,
            barred=barred,
            already=already,
            entrants=entrants,
        )
    return planned


def plan_round(round: Round, rules: RuleDocument) -> Iterator[tuple[AudienceGroup, engine.Awards]]:
    """Group by group, each knowing the prizes stored for the groups before it."""
    barred = barred_entrants(round=round)
    before: list[int] = []
    for group in round.contest.groups.all():
        yield (
            group,
            plan_awards(round=round, group=group, barred=barred, rules=rules, before=before),
        )
        before.append(group.pk)


def _prize_ties(group: AudienceGroup, planned: engine.Awards) -> list[GroupTie]:
    """Ties on which a prize hangs; those for a reserve's place alone wait unharmed.

    Of one rank the tie for its places comes first: once settled, it settles a side prize's too.
    """
    ties = [
        tie
        for tie in planned.unresolved_ties
        if any(code != engine.RESERVE for code, _count in tie.places)
    ]
    ranks = {tie.rank for tie in ties}
    ties += [tie for tie in planned.side.unresolved_ties if tie.rank not in ranks]
    return [GroupTie(group, tie) for tie in ties]


@transaction.atomic
def propose_awards(*, round: Round, user: User) -> list[GroupTie]:
    """Give the round's prizes anew; the ties still to be decided (their places stay empty).

    Raises NotAllowed, RoundNotReady unless the round is closed and not sealed.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    if round.state != RoundState.CLOSED:
        raise RoundNotReady
    ties = give_awards(round=round)
    record_act(
        actor=user,
        act="propose_awards",
        subject=round,
        unit_id=round.contest.unit_id,
        awards=round.awards.count(),
        ties=len(ties),
    )
    return ties


def give_awards(*, round: Round) -> list[GroupTie]:
    """Store the prizes that standings and rules give now; the ties whose places stay empty.

    Call it in a transaction. Raises RoundNotReady without rules.
    """
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    round.awards.all().delete()
    ties: list[GroupTie] = []
    for group, planned in plan_round(round, rules):
        _store(round, group, rules, planned)
        ties.extend(_prize_ties(group, planned))
    return ties


def open_ties(*, round: Round) -> list[GroupTie]:
    """Ties at a prize's edge that lot or decision has not settled yet."""
    rules = rules_of_round(round=round)
    if rules is None:
        return []
    return [
        tie for group, planned in plan_round(round, rules) for tie in _prize_ties(group, planned)
    ]


def check_no_ties(*, round: Round) -> None:
    """Raises TiesRemain while a prize hangs on an undecided tie."""
    ties = open_ties(round=round)
    if ties:
        raise TiesRemain(ties=[{"group": t.group.code, "rank": t.tie.rank} for t in ties])


def awards_are_current(*, round: Round) -> bool:
    """Whether the stored awards are those that standings and rules give now."""
    rules = rules_of_round(round=round)
    if rules is None:
        return False
    fields = ("group_id", "kind", "place", "tier", "entrant_id", "attempt_id", "rank")
    wanted = {
        (group.pk, kind, given.place, given.tier, given.entrant, given.attempt, given.rank)
        for group, planned in plan_round(round, rules)
        for kind, awards in _by_kind(planned)
        for given in awards
    }
    return wanted == set(round.awards.values_list(*fields))


def _by_kind(planned: engine.Awards) -> list[tuple[AwardKind, list[engine.Award]]]:
    prizes = [*planned.awards, *planned.side.awards]
    return [(AwardKind.PRIZE, prizes), (AwardKind.RESERVE, planned.reserves)]


def _store(round: Round, group: AudienceGroup, rules: RuleDocument, planned: engine.Awards) -> None:
    prizes = (*rules.prizes_of(group.code), *rules.side_prizes_of(group.code))
    tiers = {tier.code: tier for tier in prizes}
    rows = []
    for kind, awards in _by_kind(planned):
        for given in awards:
            tier = tiers.get(given.tier)
            rows.append(
                Award(
                    round=round,
                    group=group,
                    entrant_id=given.entrant,
                    attempt_id=given.attempt,
                    kind=kind,
                    tier=given.tier,
                    tier_name=tier.name if tier else str(AwardKind.RESERVE.label),
                    money=tier.money if tier else 0,
                    place=given.place,
                    rank=given.rank,
                    note=given.note,
                )
            )
    Award.objects.bulk_create(rows)
