"""Who can see a figure can't win by it (DESIGN: count secrecy).

While a count breaks ties, every figure covering more than one unit is closed to people who may
win. Opening it is asked for, recorded, and takes the right to a prize away for this contest.
"""

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import User
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import RoundState
from quiz.errors import CountsSecret
from quiz.models import Contest, CountOpening, Round
from quiz.permissions import may_open_counts, may_see_contest


def counts_are_secret(*, contest: Contest) -> bool:
    """Whether a round's counts still decide prizes: frozen or closed, and not sealed yet."""
    return _any_secret(contest.rounds.all())


def any_counts_secret() -> bool:
    """Whether that is so for any contest: then no figure may follow how pages of contests do."""
    return _any_secret(Round.objects.filter(contest__in=Contest.objects.real()))


def _any_secret(rounds: QuerySet[Round]) -> bool:
    undecided = rounds.filter(state__in=[RoundState.FROZEN, RoundState.CLOSED])
    found = undecided.select_related("rules", "contest__rules")
    documents = [rules_of_round(round=round) for round in found]
    return any(document is not None and document.count_secrecy for document in documents)


def may_see_counts(*, user: User, contest: Contest) -> bool:
    """May see totals of this contest now."""
    if not may_see_contest(user, contest):
        return False
    if not counts_are_secret(contest=contest):
        return True
    return counts_are_opened(user=user, contest=contest)


def counts_are_opened(*, user: User, contest: Contest) -> bool:
    """Whether the person has opened the counts, and can't win for it."""
    return CountOpening.objects.filter(contest=contest, user=user).exists()


def check_may_see_counts(*, user: User, contest: Contest) -> None:
    """Raises NotAllowed out of reach, CountsSecret for whoever has not opened the counts."""
    if not may_see_contest(user, contest):
        raise NotAllowed
    if not may_see_counts(user=user, contest=contest):
        raise CountsSecret


@transaction.atomic
def open_counts(*, user: User, contest: Contest) -> None:
    """Open the counts for a person, who from now on can't win in this contest.

    A unit's lead opens what their own page tells of the units below, not the contest's pages.
    """
    if not may_open_counts(user, contest):
        raise NotAllowed
    _opening, created = CountOpening.objects.get_or_create(contest=contest, user=user)
    if created:
        record_act(actor=user, act="open_counts", subject=contest, unit_id=contest.unit_id)
