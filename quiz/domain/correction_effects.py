"""What a correction does to marks, places and prizes; the same whether shown or carried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from quiz.domain.awards import GroupTie, give_awards
from quiz.domain.grading import Progress, grade_round
from quiz.domain.ranking import rank_round
from quiz.domain.sealing import renew_seal
from quiz.domain.shadow_results import shadow_results
from quiz.enums import CorrectionState
from quiz.models import Correction, Round

# One line an entry and prize, in the order of the entries; no line depends on ids of results.
_OUTCOME = """
SELECT encode(sha256(convert_to(concat_ws(E'\n',
    string_agg(line, E'\n' ORDER BY attempt_id, line),
    (SELECT actual_values::text || counts::text FROM quiz_seal WHERE round_id = %(round)s)
), 'UTF8')), 'hex')
FROM (
    SELECT g.attempt_id, ROW(g.attempt_id, g.score, g.correct, g.answered, g.total, s.rank, s.tied,
        s.prediction_error, s.attempts_used, w.kind, w.tier, w.place)::text AS line
    FROM quiz_grade g
    LEFT JOIN quiz_standing s ON s.round_id = g.round_id AND s.attempt_id = g.attempt_id
    LEFT JOIN quiz_award w ON w.round_id = g.round_id AND w.attempt_id = g.attempt_id
    WHERE g.round_id = %(round)s
) AS lines
"""


@dataclass(frozen=True)
class Effect:
    """The round under a correction: `ties` prizes would hang on; `stored`: see shadow_results."""

    round: Round
    ties: list[GroupTie]
    stored: str = ""


def renew_results(*, round: Round, progress: Progress = lambda done: None) -> list[GroupTie]:
    """Mark, rank and award anew from all that is in force; the ties prizes hang on.

    Call it in a transaction. Raises RoundNotReady without rules.
    """
    grade_round(round=round, progress=progress)
    rank_round(round=round)
    ties = give_awards(round=round)
    renew_seal(round=round)
    return ties


@contextmanager
def as_corrected(
    *, correction: Correction, now: datetime, progress: Progress = lambda done: None
) -> Iterator[Effect]:
    """Until its end everything read of the round's results is as the correction would leave it.

    Only this connection sees it, and nothing of it is stored.
    """
    attempts = dict(correction.attempts.values_list("attempt", "restores"))
    with shadow_results(
        round=correction.round,
        void=[pk for pk, restores in attempts.items() if not restores],
        restore=[pk for pk, restores in attempts.items() if restores],
        now=now,
    ) as stored:
        Correction.objects.filter(pk=correction.pk).update(state=CorrectionState.APPLIED)
        round = fresh_round(correction.round_id)
        yield Effect(round, renew_results(round=round, progress=progress), stored)


@contextmanager
def as_submitted(*, round: Round, now: datetime) -> Iterator[Round]:
    """The round as the release that waits for signature has it: corrected, if that is a correction.

    For the papers that go with the signature; outside of it they are those of what is stored.
    """
    waiting = round.corrections.filter(
        state__in=[CorrectionState.SUBMITTED, CorrectionState.APPROVED], release__isnull=False
    ).first()
    if waiting is None:
        yield round
        return
    with as_corrected(correction=waiting, now=now) as effect:
        yield effect.round


def fresh_round(pk: int) -> Round:
    """The round as the tables say now, with nothing remembered of what they said before."""
    return Round.objects.select_related("contest__rules", "rules").get(pk=pk)


def outcome_digest(*, round: Round) -> str:
    """64 hexadecimal digits of all marks, places, prizes and true values of the round."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTCOME, {"round": round.pk})
        [digest] = cursor.fetchone()
    return digest
