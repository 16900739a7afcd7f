"""An attempt as the hot statements return it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from quiz.engine.deadlines import is_over
from quiz.enums import AttemptState, ClosedBy


class AttemptRow(NamedTuple):
    """The stored row, the database's moment `at`, and whether the statement took effect.

    Field names but the last two are the columns of `quiz_attempt`.
    """

    id: int
    round_id: int
    entrant_id: int
    ordinal: int
    group_id: int
    unit_id: int | None
    pool_id: int
    seed: bytes
    secret: bytes
    state: int
    started_at: datetime
    deadline_at: datetime
    ended_at: datetime | None
    closed_by: int | None
    answers: list[int]
    prediction: Decimal | None
    writer: int
    revision: int
    epoch: int
    voided_at: datetime | None
    at: datetime
    done: bool

    @classmethod
    def read(cls, row: Sequence[Any]) -> "AttemptRow":
        return cls(*row)

    @property
    def stored(self) -> tuple[Any, ...]:
        """The columns alone: equal as long as nobody has changed the attempt."""
        return self[:-2]

    def settled(self, grace_ms: int) -> "AttemptRow":
        """The row as it counts: past the deadline and the grace an attempt *is* closed.

        The worker only writes down later what this says (`close_overdue_attempts`).
        """
        if self.state != AttemptState.OPEN or not is_over(self.at, self.deadline_at, grace_ms):
            return self
        return self._replace(
            state=int(AttemptState.CLOSED),
            closed_by=int(ClosedBy.DEADLINE),
            ended_at=self.deadline_at,
        )


COLUMNS = ", ".join(f"a.{name}" for name in AttemptRow._fields[:-2])
READ_ATTEMPT = f"""
SELECT {COLUMNS}, date_trunc('milliseconds', now() + %(shift)s::interval), false
FROM quiz_attempt a WHERE a.id = %(attempt)s AND a.epoch = %(epoch)s
"""
