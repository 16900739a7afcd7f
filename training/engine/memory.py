"""When to ask again: spaced repetition by FSRS (Ye, Su & Cao, KDD 2022), from its library.

Whoever answers right is asked again later and later, whoever answers wrong soon. Nothing here is
chance: the same answers at the same moments give the same days.
"""

from datetime import datetime
from typing import Any

from fsrs import Card, Rating, Scheduler

# Nine of ten are still known when they are asked again.
_SCHEDULER = Scheduler(desired_retention=0.9, enable_fuzzing=False, maximum_interval=365)


def after_answer(
    memory: dict[str, Any] | None, *, right: bool, now: datetime
) -> tuple[dict[str, Any], datetime]:
    """What is remembered after an answer, and when to ask again (UTC); None before the first."""
    # The library makes up a number from the clock, and waits a moment for it, unless given one.
    card = Card.from_dict(memory) if memory else Card(card_id=1, due=now)  # type: ignore[arg-type]
    card, _log = _SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, now)
    return dict(card.to_dict()), card.due
