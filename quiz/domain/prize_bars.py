"""Who may play but win nothing in a round, and who has won already."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.enums import BirthPrecision
from accounts.models import User
from quiz.domain.key_openings import entrants_among, people_who_knew_keys
from quiz.enums import AwardKind, CorrectionState, ReleaseState
from quiz.models import (
    Award,
    CountOpening,
    Entrant,
    MayNotWin,
    PrizeWithdrawal,
    Round,
)
from quiz.rules.document import RuleDocument


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
