"""What an entrant finds under their own mã dự thi once results are out."""

from dataclasses import dataclass
from decimal import Decimal

from quiz.domain.entry_codes import find_entrant
from quiz.enums import AwardKind, RoundState
from quiz.models import Attempt, Award, Contest, Entrant, Round, Standing


@dataclass(frozen=True)
class OwnResult:
    """One round of one entrant. `fate` is counted, unranked, duplicate, voided or absent; the
    figures are None unless it is counted.
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


def look_up(*, contest: Contest, code: str) -> list[OwnResult]:
    """The entrant's released rounds, oldest first. Raises UnknownCode.

    Rounds not released yet are not in the list, so nothing is told before the release.
    """
    entrant = find_entrant(contest_id=contest.pk, code=code)
    released = contest.rounds.filter(state=RoundState.RELEASED).order_by("number")
    return [_result(entrant, round) for round in released]


def _result(entrant: Entrant, round: Round) -> OwnResult:
    standing = Standing.objects.filter(round=round, entrant=entrant).first()
    if standing is None:
        return OwnResult(round.name, _why_unranked(entrant, round))
    award = Award.objects.filter(round=round, entrant=entrant).order_by("kind").first()
    return OwnResult(
        round_name=round.name,
        fate="counted",
        score=standing.score,
        correct=standing.correct,
        total=standing.total,
        rank=standing.rank,
        duration_ms=standing.duration_ms,
        prize=award.tier_name if award and award.kind == AwardKind.PRIZE else "",
        reserve=award is not None and award.kind == AwardKind.RESERVE,
    )


def _why_unranked(entrant: Entrant, round: Round) -> str:
    attempts = Attempt.objects.filter(round=round, entrant=entrant)
    if not attempts.exists():
        return "absent"
    if entrant.duplicate_of_id is not None:
        return "duplicate"
    return "unranked" if attempts.valid().exists() else "voided"
