"""The demo's own result, computed from its own books, without a line of the platform's ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.demo.contest import GROUPS, rules_data
from quiz.demo.live.record import EntrantRecord, SittingRecord

LAST = Decimal("Infinity")
Key = tuple[int, Decimal, int, str]


@dataclass(frozen=True)
class OwnResult:
    """What must come out: counts, the prediction's true value, winners' names by group."""

    persons: int
    entries: int
    all_correct: int
    winners: dict[str, list[str]]


def own_result(records: Sequence[EntrantRecord]) -> OwnResult:
    """Persons are those who registered first; their copies don't count."""
    people = [
        record for record in records if record.person.duplicate_of is None and record.sittings
    ]
    all_correct = sum(
        any(sitting.correct == sitting.total for sitting in record.sittings) for record in people
    )
    prizes = sum(tier["count"] for tier in rules_data()["result"]["prizes"])
    winners = {}
    for code in GROUPS:
        group = [record for record in people if record.person.group == code]
        ranked = sorted(group, key=lambda record: _best(record, all_correct))
        may_win = [record for record in ranked if record.person.may_win]
        winners[code] = [record.person.full_name for record in may_win[:prizes]]
    return OwnResult(
        persons=len(people),
        entries=sum(len(record.sittings) for record in people),
        all_correct=all_correct,
        winners=winners,
    )


def _best(record: EntrantRecord, actual: int) -> Key:
    """The best of the entrant's attempts under the chain of `rules_data`."""
    return min(_key(record, sitting, actual) for sitting in record.sittings)


def _key(record: EntrantRecord, sitting: SittingRecord, actual: int) -> Key:
    """More right, nearer prediction, fewer whole seconds, earlier (to the millisecond)."""
    guess = record.prediction
    error = LAST if guess is None else abs(guess - actual)
    ended = sitting.receipt["receipt"]["values"]["ended"]
    return (-sitting.correct, error, sitting.duration_seconds, ended)
