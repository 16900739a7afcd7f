"""How far a task of a plan is: it follows from its evidence, its due day and its confirmation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WAITING, DOING, DONE, LATE = "waiting", "doing", "done", "late"


@dataclass(frozen=True)
class Proof:
    """A piece of evidence: when it came about, and how much of the target it proves."""

    day: date
    amount: int = 0


@dataclass(frozen=True)
class Progress:
    """A task's state on a day, and what of its target is proven by then."""

    state: str
    reached: int
    done_late: bool = False


@dataclass(frozen=True)
class Sight:
    """From when one looks: what happened up to `through` is known, what was due before
    `late_before` is late.
    """

    through: date
    late_before: date


def sight_of_day(today: date) -> Sight:
    """Now: what is due today is not late yet."""
    return Sight(today, today)


def sight_of_period(last: date, today: date) -> Sight:
    """A period that is over is judged by its end, its last day included; else by today."""
    if today > last:
        return Sight(last, last + timedelta(days=1))
    return sight_of_day(today)


def judge(*, due_on: date, done_on: date | None, proofs: Iterable[Proof], sight: Sight) -> Progress:
    """`done_on`: the day on which a confirmed task was done; None while it isn't confirmed."""
    known = [proof for proof in proofs if proof.day <= sight.through]
    reached = sum(proof.amount for proof in known)
    if done_on is not None and done_on <= sight.through:
        return Progress(DONE, reached, done_late=done_on > due_on)
    if due_on < sight.late_before:
        return Progress(LATE, reached)
    return Progress(DOING if known else WAITING, reached)
