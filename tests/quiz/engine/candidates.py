"""Candidates for ranking and awarding, with everything of no interest left at its default."""

from decimal import Decimal

from quiz.engine.ranking import Candidate, Ranked


def candidate(number, *, entrant=None, score="10", correct=10, prediction=None, **changes):
    """Attempt `number` of entrant `number`: all ten items right in 200 seconds."""
    values = {
        "entrant_id": number if entrant is None else entrant,
        "attempt_id": number,
        "group": "nguoi-dan",
        "score": Decimal(score),
        "correct": correct,
        "total": 10,
        "all_correct": correct == 10,
        "prediction": None if prediction is None else Decimal(prediction),
        "duration_ms": 200_000,
        "ended_at": 1_790_000_000_000,
        "attempts_used": 1,
        "registered_at": 1_780_000_000_000,
    }
    return Candidate(**(values | changes))


def ranked_list(*ranks):
    """Entrants 1, 2, 3 … with these ranks."""
    return [
        Ranked(candidate(number), place, ranks.count(place) > 1, None)
        for number, place in enumerate(ranks, start=1)
    ]
