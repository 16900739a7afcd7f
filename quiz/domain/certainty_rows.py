"""The attempts that certainty is told from, as the engine reads them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from quiz.domain.extra_attempts import extra_attempts
from quiz.domain.ranking import SORT_IN_MEMORY, ranking_parameters
from quiz.domain.ranking_front import ages_statement, front_statement
from quiz.domain.ties import decided_places
from quiz.engine.certainty import Span, spans
from quiz.engine.moments import to_ms
from quiz.engine.ranking import Candidate
from quiz.models import AudienceGroup, Round
from quiz.rules.document import RuleDocument

# A million attempts take longer than pages may otherwise wait.
PATIENCE = "SET LOCAL statement_timeout = '60s'"
Standing = dict[int, list[tuple[Candidate, Span]]]


class _Row(NamedTuple):
    attempt: int
    entrant: int
    score: Decimal
    correct: int
    total: int
    prediction: Decimal | None
    duration_ms: int
    ended_at: datetime
    attempts_used: int
    registered_at: datetime | None
    birth_date: date | None
    limit_ms: int | None


@dataclass(frozen=True, kw_only=True)
class CandidateReader:
    """One group's attempts; `bounds`: those of the prediction's true value, None without one."""

    round: Round
    group: AudienceGroup
    rules: RuleDocument
    bounds: tuple[Decimal, Decimal] | None

    def front(self, *, wanted: int, unsure: set[int]) -> Standing:
        """Every attempt that may stand among the first `wanted`, whoever of `unsure` is out."""
        low, high = self.bounds or (None, None)
        statement = front_statement(self.rules, extra=self._extra)
        return self._standing(statement, low=low, high=high, wanted=wanted, unsure=unsure)

    def by_age(self, *, youngest: bool, wanted: int, unsure: set[int]) -> Standing:
        """Every attempt of who may be among the `wanted` oldest, or youngest, of those ranked."""
        statement = ages_statement(self.rules, extra=self._extra, youngest=youngest)
        return self._standing(statement, wanted=wanted, unsure=unsure)

    @property
    def _extra(self) -> bool:
        return bool(extra_attempts(round=self.round))

    def _standing(self, statement: str, *, unsure: set[int], **bound: Any) -> Standing:
        lot, decision = decided_places(round=self.round)
        bound |= {"group": self.group.pk, "unsure": list(unsure)}
        bound |= ranking_parameters(round_id=self.round.pk, values={}, lot={}, decision={})
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SORT_IN_MEMORY)
            cursor.execute(PATIENCE)
            cursor.execute(statement, bound)
            rows = [_Row._make(row) for row in cursor.fetchall()]
        return spans(
            [
                Candidate(
                    entrant_id=row.entrant,
                    attempt_id=row.attempt,
                    group=self.group.code,
                    score=row.score,
                    correct=row.correct,
                    total=row.total,
                    all_correct=row.correct == row.total,
                    prediction=row.prediction,
                    duration_ms=row.duration_ms,
                    ended_at=to_ms(row.ended_at),
                    attempts_used=row.attempts_used,
                    registered_at=to_ms(row.registered_at) if row.registered_at else 0,
                    birth_date=row.birth_date,
                    limit_ms=row.limit_ms,
                    lot=lot.get(row.attempt),
                    decision=decision.get(row.attempt),
                )
                for row in rows
            ],
            counted=self.rules.result.counted_attempt,
            chain=self.rules.result.chain,
            bounds=self.bounds,
        )
