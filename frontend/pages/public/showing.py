"""What a contest looks like to anyone at one moment. Nothing here counts entries or entrants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quiz.domain.rule_sets import rules_of, rules_of_round
from quiz.enums import ContestState, RoundState
from quiz.models import Contest, Round
from quiz.rules.document import RuleDocument
from quiz.rules.summary import summary_lines


@dataclass(frozen=True)
class ShownRound:
    """A round and its phase: coming, open, closed (no results yet) or released."""

    round: Round
    phase: str


@dataclass(frozen=True)
class ShownContest:
    """`phase` is that of `current`: the round open now, else the next one, else the last."""

    contest: Contest
    rounds: tuple[ShownRound, ...]
    current: ShownRound | None

    @property
    def phase(self) -> str:
        if self.contest.state == ContestState.ARCHIVED and not self.has_results:
            return "closed"
        return self.current.phase if self.current else "coming"

    @property
    def round(self) -> Round | None:
        return self.current.round if self.current else None

    @property
    def has_results(self) -> bool:
        return any(shown.phase == "released" for shown in self.rounds)

    @property
    def committed(self) -> list[Round]:
        """The rounds whose papers, keys and rules are fixed and published as a hash."""
        return [shown.round for shown in self.rounds if shown.round.commitment]

    @property
    def rules(self) -> RuleDocument | None:
        """The rules of the round people take now, else those in force."""
        if self.round is not None:
            return rules_of_round(round=self.round)
        return rules_of(contest=self.contest)

    @property
    def takes(self) -> list[str]:
        """What it takes, in short lines: “20 câu trong 15 phút”."""
        rules = self.rules
        return summary_lines(rules) if rules else []


def phase_of(round: Round, now: datetime) -> str:
    """A round not frozen in time is still being prepared, so it is coming, not open."""
    if round.state == RoundState.RELEASED:
        return "released"
    if round.state in (RoundState.CLOSED, RoundState.SEALED) or round.closes_at <= now:
        return "closed"
    return "open" if round.state == RoundState.FROZEN and round.opens_at <= now else "coming"


def show_contest(contest: Contest, now: datetime) -> ShownContest:
    rounds = tuple(ShownRound(round, phase_of(round, now)) for round in contest.rounds.all())
    return ShownContest(contest, rounds, _current(rounds))


def _current(rounds: tuple[ShownRound, ...]) -> ShownRound | None:
    for phase in ("open", "coming"):
        found = [shown for shown in rounds if shown.phase == phase]
        if found:
            return min(found, key=lambda shown: shown.round.closes_at)
    return max(rounds, key=lambda shown: shown.round.closes_at, default=None)


def show_contests(now: datetime) -> list[ShownContest]:
    """Every public contest; three statements however many there are."""
    contests = (
        Contest.objects.public()
        .select_related("rules")
        .prefetch_related("rounds__rules", "rounds__contest__rules")
    )
    return [show_contest(contest, now) for contest in contests]


def of_phase(shown: Iterable[ShownContest], *phases: str) -> list[ShownContest]:
    return [contest for contest in shown if contest.phase in phases]
