"""What an entrant finds under their own mã dự thi once results are out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quiz.domain.entry_codes import find_entrant
from quiz.domain.lookup_reasons import (
    absent_reason,
    complaints_until,
    duplicate_reason,
    no_prize_reason,
    reserve_reason,
    unranked_reason,
    voided_reason,
)
from quiz.domain.rule_sets import rules_of_round
from quiz.enums import AwardKind, RoundState
from quiz.models import Attempt, Award, Contest, Entrant, Round, Standing
from quiz.rules.document import RuleDocument


@dataclass(frozen=True)
class OwnResult:
    """One round of one entrant. `fate` is counted, unranked, duplicate, voided or absent; the
    figures are None unless it is counted. `reason` says in words why there is no place or no prize;
    "" with a prize. `complain_until` is the last day for a complaint.
    """

    round_name: str
    fate: str
    score: Decimal | None = None
    correct: int | None = None
    total: int | None = None
    rank: int | None = None
    duration_ms: int | None = None
    prize: str = ""
    reserve: bool = False
    reason: str = ""
    complain_until: date | None = None


def look_up(*, contest: Contest, code: str) -> list[OwnResult]:
    """The entrant's released rounds, oldest first. Raises UnknownCode.

    Rounds not released yet are not in the list, so nothing is told before the release.
    """
    entrant = find_entrant(contest_id=contest.pk, code=code)
    released = contest.rounds.filter(state=RoundState.RELEASED).select_related("rules")
    return [_result(entrant, round) for round in released.order_by("number")]


@dataclass(frozen=True)
class AwaitedRound:
    """A round whose results are still to come; the same for everybody who asks."""

    name: str
    closes_at: datetime
    closed: bool


def awaited_rounds(*, contest: Contest, now: datetime) -> list[AwaitedRound]:
    """What is not released yet of what was frozen, oldest first."""
    states = (RoundState.FROZEN, RoundState.CLOSED, RoundState.SEALED)
    rounds = contest.rounds.filter(state__in=states).order_by("number")
    return [AwaitedRound(one.name, one.closes_at, one.closes_at <= now) for one in rounds]


def _result(entrant: Entrant, round: Round) -> OwnResult:
    rules = rules_of_round(round=round)
    if rules is None:  # a released round was frozen with its rules
        raise ValueError(f"round {round.pk} is released without rules")
    until = complaints_until(rules=rules, round=round)
    found = Standing.objects.filter(round=round, entrant=entrant)
    standing = found.select_related("entrant", "group").first()
    if standing is None:
        fate, reason = _why_unranked(entrant, round, rules)
        return OwnResult(round.name, fate, reason=reason, complain_until=until)
    award = Award.objects.filter(round=round, entrant=entrant).order_by("kind").first()
    prize = award.tier_name if award and award.kind == AwardKind.PRIZE else ""
    reserve = award is not None and award.kind == AwardKind.RESERVE
    return OwnResult(
        round_name=round.name,
        fate="counted",
        score=standing.score,
        correct=standing.correct,
        total=standing.total,
        rank=standing.rank,
        duration_ms=standing.duration_ms,
        prize=prize,
        reserve=reserve,
        reason=_why_no_prize(standing, round, rules, award),
        complain_until=until,
    )


def _why_no_prize(
    standing: Standing, round: Round, rules: RuleDocument, award: Award | None
) -> str:
    if award is None:
        return no_prize_reason(rules=rules, standing=standing, round=round)
    return reserve_reason(award.place) if award.kind == AwardKind.RESERVE else ""


def _why_unranked(entrant: Entrant, round: Round, rules: RuleDocument) -> tuple[str, str]:
    """(fate, reason) of an entrant without a place."""
    attempts = Attempt.objects.filter(round=round, entrant=entrant)
    if not attempts.exists():
        return "absent", absent_reason()
    if entrant.duplicate_of_id is not None:
        return "duplicate", duplicate_reason()
    if not attempts.valid().exists():
        return "voided", voided_reason()
    return "unranked", unranked_reason(rules=rules, entrant=entrant, round=round)
