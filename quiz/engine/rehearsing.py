"""What a rehearsal measured, as figures: rates, percentiles, errors, answers lost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

STEPS = ("page", "register", "start", "paper", "save", "submit", "receipt")


@dataclass
class Measurement:
    """As the driver filled it. `times`: seconds of each answered request by step.

    `errors`: by kind (a status, “network”); `late`: entries that began over a second behind plan;
    `promised`: attempt → (answers last acknowledged, whether the submit was).
    """

    times: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    errors: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    begun: int = 0
    completed: int = 0
    late: int = 0
    seconds: float = 0.0
    stopped: str = ""
    promised: dict[int, tuple[list[int], bool]] = field(default_factory=dict)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-round(share * 100) * len(ordered) // 100))
    return ordered[rank - 1]


def count_lost(
    promised: Mapping[int, tuple[list[int], bool]], stored: Mapping[int, tuple[list[int], bool]]
) -> int:
    """Attempts whose acknowledged answers or submit are not what is stored.

    A save that was stored and whose reply was lost makes the stored set newer, which is no loss, so
    what is stored may hold more; here each set sent holds the one before.
    """
    return sum(
        not _kept(answers, submitted, stored.get(attempt))
        for attempt, (answers, submitted) in promised.items()
    )


def _kept(answers: list[int], submitted: bool, found: tuple[list[int], bool] | None) -> bool:
    if found is None or (submitted and not found[1]):
        return False
    return all(mask in (0, there) for mask, there in zip(answers, found[0], strict=True))


def report_of(measured: Measurement, *, entrants: int, minutes: float, lost: int) -> dict[str, Any]:
    """The figures as they are stored; milliseconds and entries a minute, rounded."""
    span = max(measured.seconds, 0.001)
    return {
        "offered_per_minute": round(entrants / minutes, 1),
        "reached_per_minute": round(measured.completed * 60 / span, 1),
        "begun": measured.begun,
        "completed": measured.completed,
        "requests": measured.requests,
        "seconds": round(measured.seconds, 1),
        "late": measured.late,
        "lost": lost,
        "checked": len(measured.promised),
        "stopped": measured.stopped,
        "errors": dict(sorted(measured.errors.items())),
        "steps": {
            step: {
                "count": len(taken),
                **{
                    f"p{share}": round(percentile(taken, share / 100) * 1000, 1)
                    for share in (50, 95, 99)
                },
            }
            for step, taken in measured.times.items()
            if taken
        },
    }
