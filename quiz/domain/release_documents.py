"""What a release says: the document that is signed, and its digest."""

from typing import Any

from django.db.models import QuerySet

from quiz.domain.bundle_heads import promised_heads
from quiz.domain.bundle_units import published_units
from quiz.domain.correction_documents import published_corrections
from quiz.domain.extra_attempts import extra_attempts
from quiz.domain.minors import initials, unnamed_minors
from quiz.domain.sealing import fates_digest
from quiz.engine.canonical import H, canon, plain
from quiz.enums import AwardKind
from quiz.models import Award, Release, Round, Standing


def published_winners(*, round: Round) -> list[dict[str, Any]]:
    """The winners as anyone may read them: name, unit, result, prize; nothing else.

    Under-16 winners without a recorded consent appear by initials.
    """
    awards = list(published_awards(round))
    hidden = unnamed_minors(round=round, entrants=[award.entrant for award in awards])
    standings = {
        standing.entrant_id: standing
        for standing in Standing.objects.filter(
            round=round, entrant__in=[award.entrant_id for award in awards]
        )
    }
    return [_winner(award, standings[award.entrant_id], hidden) for award in awards]


def published_awards(round: Round) -> QuerySet[Award]:
    """The prizes in the order of the document."""
    prizes = Award.objects.filter(round=round, kind=AwardKind.PRIZE)
    return prizes.select_related("entrant__unit", "group").order_by(
        "group__order", "group_id", "place"
    )


def _winner(award: Award, standing: Standing, hidden: set[int]) -> dict[str, Any]:
    entrant = award.entrant
    return {
        "group": award.group.code,
        "place": award.place,
        "prize": award.tier_name,
        "money": award.money,
        "name": initials(entrant.full_name) if entrant.pk in hidden else entrant.full_name,
        "unit": entrant.unit.name if entrant.unit else "",
        "correct": standing.correct,
        "total": standing.total,
        "prediction": standing.prediction,
        "duration_ms": standing.duration_ms,
    }


def release_document(*, round: Round, number: int, previous: Release | None) -> dict[str, Any]:
    """What the office signs, as JSON-ready data; its hash stands in the footer of every paper.

    Once something was corrected it says what (`published_corrections`); of the round's heads it
    names the last, to which all are chained, of the collective prizes who won, and how many
    attempts were granted beyond the rules.
    """
    seal = round.seal
    contest = round.contest
    document = {
        "format": "minhthi-release/1",
        "contest": {"code": contest.code, "title": contest.title, "body": contest.body_name},
        "round": {
            "number": round.number,
            "name": round.name,
            "opens_at": round.opens_at,
            "closes_at": round.closes_at,
            "commitment": round.commitment,
        },
        "number": number,
        "previous": previous.digest if previous else None,
        "root": seal.root,
        "size": seal.size,
        "counts": seal.counts,
        "fates": fates_digest(round=round),
        "actual_values": seal.actual_values,
        "winners": published_winners(round=round),
    }
    since_2 = {
        "corrections": published_corrections(round=round),
        "heads": promised_heads(round=round),
        "unit_prizes": published_units(round=round),
        "extra_attempts": sum(extra_attempts(round=round).values()),
    }
    told = {name: part for name, part in since_2.items() if part}
    if told:
        document |= {"format": "minhthi-release/2", **told}
    return plain(document)


def release_digest(document: dict[str, Any]) -> str:
    return H("release", canon(document)).hex()
