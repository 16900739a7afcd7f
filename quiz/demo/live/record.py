"""What one entrant sent and what the server acknowledged: the demo's own books."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from quiz.demo.entrant import DemoEntrant


@dataclass
class SittingRecord:
    """One attempt. `correct` is counted from the texts of the demo's own items."""

    ordinal: int
    correct: int = 0
    total: int = 0
    submitted: bool = False
    token: str = ""
    receipt: dict[str, Any] = field(default_factory=dict)
    receipts_seen: set[str] = field(default_factory=set)

    def moment(self, name: str) -> datetime:
        """`started` or `ended`, from the receipt."""
        return datetime.fromisoformat(self.receipt["receipt"]["values"][name])

    @property
    def duration_seconds(self) -> int:
        """Whole seconds, cut, as the rules compare them."""
        return int((self.moment("ended") - self.moment("started")).total_seconds())


@dataclass
class EntrantRecord:
    """`registered` is the number the driver gave when the server had acknowledged."""

    person: DemoEntrant
    code: str = ""
    sittings: list[SittingRecord] = field(default_factory=list)
    conflicts: int = 0
    late_refused: bool = False

    @property
    def prediction(self) -> Decimal | None:
        guess = self.person.behaviour.prediction
        return None if guess is None else Decimal(guess)
