"""The whole effect of a correction, entry by entry, before anything of it takes effect."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q

from quiz.domain.actual_values import actual_values, computed_values, released_values
from quiz.domain.awards import awards_are_current
from quiz.domain.correction_effects import Effect, as_corrected, fresh_round, outcome_digest
from quiz.domain.corrections import forget_preview, has_changes
from quiz.domain.grading import Progress
from quiz.domain.sealing import count_fates
from quiz.enums import CorrectionState, RoundState
from quiz.errors import CorrectionFixed, NothingToCorrect, RoundNotReady
from quiz.models import Correction, CorrectionChange, Grade, Round

LONGEST = 160  # what a row of changes holds of the prizes of one entry
_RESULTS = """
SELECT g.attempt_id, g.score, g.correct, g.total, s.rank, coalesce(w.prize, '') AS prize
FROM {of}quiz_grade g
LEFT JOIN {of}quiz_standing s ON s.round_id = g.round_id AND s.attempt_id = g.attempt_id
LEFT JOIN (
    SELECT attempt_id, left(string_agg(
        CASE kind WHEN 'reserve' THEN tier_name || ' ' || place ELSE tier_name END,
        ', ' ORDER BY kind, place), {longest}) AS prize
    FROM {of}quiz_award WHERE round_id = %(round)s GROUP BY attempt_id
) w ON w.attempt_id = g.attempt_id
WHERE g.round_id = %(round)s
"""
_CHANGES = """
INSERT INTO quiz_correctionchange (correction_id, attempt_id, entrant_id, group_id, old_score,
    new_score, old_correct, new_correct, old_total, new_total, old_rank, new_rank, old_prize,
    new_prize)
SELECT %(correction)s, a.id, a.entrant_id, a.group_id, o.score, n.score, o.correct, n.correct,
    o.total, n.total, o.rank, n.rank, coalesce(o.prize, ''), coalesce(n.prize, '')
FROM ({old}) AS o FULL JOIN ({new}) AS n ON n.attempt_id = o.attempt_id
JOIN quiz_attempt a ON a.id = coalesce(o.attempt_id, n.attempt_id)
WHERE (o.score, o.correct, o.total, o.rank, o.prize)
    IS DISTINCT FROM (n.score, n.correct, n.total, n.rank, n.prize)
ORDER BY (coalesce(o.prize, '') = coalesce(n.prize, '')), a.group_id,
    least(o.rank, n.rank) NULLS LAST, a.id
"""


@transaction.atomic
def preview_correction(
    *, correction: Correction, now: datetime, progress: Progress = lambda done: None
) -> dict[str, Any]:
    """Compute and keep what the correction changes; its summary.

    {"at", "digest", "attempts": marked, "marks", "raised", "lowered": whose marks change,
    "ranks", "prizes": how many entries change so, "values": [{"group", "old", "frozen",
    "recomputed"}], "fates": {"old", "new"}, "ties": [{"group", "rank", "attempts"}]}.

    Raises CorrectionFixed once it is decided, NothingToCorrect, RoundNotReady while an unsealed
    round's prizes are not those of its entries.
    """
    correction = Correction.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=correction.pk
    )
    if correction.state != CorrectionState.DRAFT:
        raise CorrectionFixed
    if not has_changes(correction):
        raise NothingToCorrect
    round = fresh_round(correction.round_id)
    if round.state == RoundState.CLOSED and not awards_are_current(round=round):
        raise RoundNotReady
    forget_preview(correction)
    fates, values = count_fates(round=round), _values(round, actual_values)
    with as_corrected(correction=correction, now=now, progress=progress) as effect:
        _store_changes(correction, effect)
        told = {
            "at": now.isoformat(timespec="seconds"),
            "digest": outcome_digest(round=effect.round),
            "attempts": Grade.objects.filter(round=effect.round).count(),
            "fates": {"old": fates, "new": count_fates(round=effect.round)},
            "values": _both_values(effect.round, values),
            "ties": [
                {
                    "group": tied.group.code,
                    "rank": tied.tie.rank,
                    "attempts": sorted(tied.tie.attempts),
                }
                for tied in effect.ties
            ],
        }
    told |= _counts(correction)
    Correction.objects.filter(pk=correction.pk).update(preview=told)
    return told


def _values(round: Round, read: Any) -> dict[str, str]:
    codes = dict(round.contest.groups.values_list("pk", "code"))
    return {codes[group]: str(actual.value) for group, actual in read(round=round).items()}


def _both_values(round: Round, old: dict[str, str]) -> list[dict[str, str]]:
    """The true value as it is, and under either policy; before a release nothing is frozen."""
    recomputed = _values(round, computed_values)
    frozen = _values(round, released_values) or recomputed
    return [
        {
            "group": code,
            "old": value,
            "frozen": frozen.get(code, value),
            "recomputed": recomputed.get(code, value),
        }
        for code, value in old.items()
    ]


def _store_changes(correction: Correction, effect: Effect) -> None:
    """One row an entry whose marks, place or prize differ; those whose prize does come first."""
    statement = _CHANGES.format(
        old=_RESULTS.format(of=f"{effect.stored}.", longest=LONGEST),
        new=_RESULTS.format(of="", longest=LONGEST),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"round": effect.round.pk, "correction": correction.pk})


def _counts(correction: Correction) -> dict[str, int]:
    marked = Q(old_score__isnull=False, new_score__isnull=False)
    ranked = Q(old_rank__isnull=False, new_rank__isnull=False)
    same_marks = Q(old_score=F("new_score"), old_correct=F("new_correct"), old_total=F("new_total"))
    same_rank = Q(old_rank=F("new_rank")) | Q(old_rank=None, new_rank=None)
    counted = {
        "marks": ~marked | ~same_marks,
        "raised": marked & Q(new_score__gt=F("old_score")),
        "lowered": marked & Q(new_score__lt=F("old_score")),
        "ranks": ~same_rank & (ranked | ~Q(old_rank=None) | ~Q(new_rank=None)),
        "prizes": ~Q(old_prize=F("new_prize")),
    }
    changes = CorrectionChange.objects.filter(correction=correction)
    return changes.aggregate(**{name: Count("pk", filter=which) for name, which in counted.items()})
