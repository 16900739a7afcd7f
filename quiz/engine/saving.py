"""Why a save was not taken, and how two tabs' answers come together.

A save names its `writer` (random for each load of the page), the stored revision it builds on
(`base`), its own `revision` and the whole answer set. The conditional UPDATE takes it if
`accepts_save` holds. If not, it returns the stored row, and `name_case` says what happened; the
order of its questions is the order in which the answers matter to the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TypeVar

from quiz.engine.deadlines import is_over

T = TypeVar("T")


class StoredState(IntEnum):
    """As stored: the numbers of `quiz.enums.AttemptState`."""

    OPEN = 1
    SUBMITTED = 2
    CLOSED = 3


class SaveCase(StrEnum):
    """UNKNOWN: no such attempt for this token. VOIDED, SUBMITTED, CLOSED: it is over.

    ALREADY_SAVED: a success whose reply was lost, or that a later save of the same tab overtook.
    LATE: after deadline and grace. CONFLICT: another tab saved meanwhile; merge and resend.
    RACE: nothing stands in the way now, so whatever did has passed; try once more.
    """

    UNKNOWN = "unknown"
    VOIDED = "voided"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    ALREADY_SAVED = "already_saved"
    LATE = "late"
    CONFLICT = "conflict"
    RACE = "race"


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    state: int
    epoch: int
    revision: int
    writer: int
    deadline_at: datetime
    answers: tuple[int, ...]
    voided: bool = False


@dataclass(frozen=True, slots=True)
class SaveInput:
    writer: int
    base: int
    revision: int
    epoch: int
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """`clashes`: slots both sides changed, differently; the page asks to look at them."""

    answers: tuple[int, ...]
    clashes: tuple[int, ...]


def accepts_save(
    *, stored: StoredAttempt | None, sent: SaveInput, now: datetime, grace_ms: int
) -> bool:
    """What the conditional UPDATE requires, in words of Python."""
    return (
        stored is not None
        and stored.epoch == sent.epoch
        and not stored.voided
        and stored.state == StoredState.OPEN
        and not is_over(now, stored.deadline_at, grace_ms)
        and _builds_on(stored, sent)
    )


def name_case(
    *, stored: StoredAttempt | None, sent: SaveInput, now: datetime, grace_ms: int
) -> SaveCase:
    """The case of a save that was refused, from the row as it is now.

    A token of an earlier epoch is an unknown one: the attempt has been handed to another holder.
    """
    if stored is None or stored.epoch != sent.epoch:
        return SaveCase.UNKNOWN
    cases = (
        (stored.voided, SaveCase.VOIDED),
        (stored.state == StoredState.SUBMITTED, SaveCase.SUBMITTED),
        (stored.state == StoredState.CLOSED, SaveCase.CLOSED),
        (_has_it(stored, sent), SaveCase.ALREADY_SAVED),
        (is_over(now, stored.deadline_at, grace_ms), SaveCase.LATE),
        (not _builds_on(stored, sent), SaveCase.CONFLICT),
    )
    return next((case for holds, case in cases if holds), SaveCase.RACE)


def merge_answers(mine: Sequence[int], base: Sequence[int], theirs: Sequence[int]) -> Merged:
    """Three-way merge, slot by slot; `base` is what both sides began from.

    A slot only one side changed takes that side's answer. Where both changed it differently, mine
    stands, being the later act, and the slot is named. Raises ValueError for unequal lengths.
    """
    slots = list(zip(mine, base, theirs, strict=True))
    clashes = (i for i, (my, old, their) in enumerate(slots) if old not in (my, their))
    return Merged(
        answers=tuple(merge_value(my, old, their) for my, old, their in slots),
        clashes=tuple(i for i in clashes if mine[i] != theirs[i]),
    )


def merge_value(mine: T, base: T, theirs: T) -> T:
    """The same rule for one value, such as the prediction."""
    return theirs if mine == base else mine


def _builds_on(stored: StoredAttempt, sent: SaveInput) -> bool:
    """It knows the stored revision, or the same tab goes on without having seen a reply."""
    return stored.revision == sent.base or (
        stored.writer == sent.writer and stored.revision < sent.revision
    )


def _has_it(stored: StoredAttempt, sent: SaveInput) -> bool:
    """The same tab's save stands there, or a later one of it, which held the whole set too.

    One number with other answers is not the same save: two tabs share a writer by mistake.
    """
    if stored.writer != sent.writer:
        return False
    if stored.revision == sent.revision:
        return stored.answers == sent.answers
    return stored.revision > sent.revision
