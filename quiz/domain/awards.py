"""Prizes of a round: proposed from the ranking, redone freely until the seal."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.enums import BirthPrecision
from accounts.models import User
from quiz.domain.key_openings import entrants_among, people_who_knew_keys
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.side_prizes import plan_side_prizes
from quiz.engine import awards as engine
from quiz.engine.ranking import Candidate, Ranked
from quiz.enums import AwardKind, CorrectionState, ReleaseState, RoundState
from quiz.errors import RoundNotReady, TiesRemain
from quiz.models import (
    Attempt,
    AudienceGroup,
    Award,
    CountOpening,
    Entrant,
    MayNotWin,
    PrizeWithdrawal,
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


def barred_entrants(*, round: Round) -> set[int]:
    """Entrants who may play but never win.

    Named in the contest's list (by staff code, or name and birth date), marked on their entry, or
    someone who opened counts that decide prizes or knew keys (see `entrants_among`). A released
    prize is taken away by withdrawing it alone: what bars its winner since does not.
    """
    return _barred_among(round, Entrant.objects.filter(contest=round.contest_id))


def _barred_among(round: Round, entrants: QuerySet[Entrant]) -> set[int]:
    barred = set(entrants.filter(_barred(round)).values_list("pk", flat=True))
    withdrawn = set(withdrawn_prizes(round=round).values_list("entrant", flat=True))
    kept = _released_winners(round) - withdrawn
    return barred - kept | withdrawn


def is_barred(*, round: Round, entrant: Entrant) -> bool:
    """Whether this one may play but never win."""
    return entrant.pk in _barred_among(round, Entrant.objects.filter(pk=entrant.pk))


def _barred(round: Round) -> Q:
    named = Q(may_win=False) | Q(withdrawn_at__isnull=False)
    for person in MayNotWin.objects.filter(contest=round.contest_id):
        if person.staff_code:
            named |= Q(staff_code__iexact=person.staff_code)
        if person.birth_date:
            named |= Q(folded_name=person.folded_name, birth_date=person.birth_date)
    openers = CountOpening.objects.filter(contest=round.contest_id)
    named |= entrants_among(people=User.objects.filter(pk__in=openers.values("user")))
    named |= entrants_among(people=people_who_knew_keys(round=round))
    return named


def withdrawn_prizes(*, round: Round) -> QuerySet[PrizeWithdrawal]:
    """Prizes of the round that were taken away; who had one wins nothing in it any more."""
    return PrizeWithdrawal.objects.filter(
        correction__round=round, correction__state=CorrectionState.APPLIED
    )


def _released_winners(round: Round) -> set[int]:
    """Entrants with a prize in the round's newest published release."""
    released = round.releases.filter(state=ReleaseState.RELEASED).order_by("-number").first()
    return set(released.winners) if released is not None else set()


def winners_elsewhere(*, round: Round, rules: RuleDocument, groups: Iterable[int]) -> set[int]:
    """Entrants with a prize that stands against another one."""
    won = Award.objects.filter(kind=AwardKind.PRIZE)
    if rules.result.one_prize_per in ("contest", "year"):
        earlier = won.filter(round__contest=round.contest_id).exclude(round=round)
    elif rules.result.one_prize_per == "round":
        earlier = won.none()
    else:
        return set()
    here = won.filter(round=round, group__in=groups)
    found = set((earlier | here).values_list("entrant_id", flat=True))
    return found | winners_of_year(round) if rules.result.one_prize_per == "year" else found


def winners_of_year(round: Round) -> set[int]:
    """Entrants of this contest who won in another of the same unit that closed in the same year.

    A person is another entrant in each contest: matched by identity number, by staff code, or by
    name and whole birth date.
    """
    elsewhere = Award.objects.filter(
        kind=AwardKind.PRIZE,
        round__contest__unit=round.contest.unit_id,
        round__closes_at__year=timezone.localtime(round.closes_at).year,
    ).exclude(round__contest=round.contest_id)
    named = Q(pk__in=())
    for winner in Entrant.objects.filter(pk__in=elsewhere.values("entrant")):
        if winner.national_id_index:
            named |= Q(national_id_index=bytes(winner.national_id_index))
        if winner.staff_code:
            named |= Q(staff_code__iexact=winner.staff_code)
        if winner.birth_date and winner.birth_precision == BirthPrecision.DAY:
            named |= Q(folded_name=winner.folded_name, birth_date=winner.birth_date)
    return set(Entrant.objects.filter(named, contest=round.contest_id).values_list("pk", flat=True))


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
