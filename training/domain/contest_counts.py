"""Which rounds of a contest a report may count: none whose count is still a secret.

A report goes to people who may win. So nothing of an open round is in it, nor of a closed one
while any round of the contest is secret; a released round's figures are public anyway.
"""

from collections.abc import Iterable

from quiz.domain.count_secrecy import counts_are_secret
from quiz.domain.figures import are_many
from quiz.enums import RoundState
from quiz.models import Contest, KeptFigures, Round
from quiz.queries import participation

_OVER = (RoundState.CLOSED, RoundState.SEALED)


def told_rounds(*, contest: Contest, rounds: Iterable[Round] | None = None) -> list[Round]:
    """Of the contest's rounds (or of these) those that may be counted, in their order."""
    given = list(contest.rounds.order_by("number") if rounds is None else rounds)
    states = {RoundState.RELEASED}
    if any(round.state in _OVER for round in given) and not counts_are_secret(contest=contest):
        states |= set(_OVER)
    return [round for round in given if round.state in states]


def count_entries(rounds: Iterable[Round]) -> int:
    """Entries of rounds that are over, quick enough for a page: of many, as counted by the worker
    since the close; 0 before it has.
    """
    return sum(_entries(round) for round in rounds)


def _entries(round: Round) -> int:
    if not are_many([round]):
        return participation.totals([round.pk]).entries
    kept = KeptFigures.objects.filter(round=round, made_at__gte=round.closes_at).first()
    return kept.document["entries"] if kept else 0
