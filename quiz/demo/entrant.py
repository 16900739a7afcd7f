"""One made-up registration."""

from dataclasses import dataclass, field
from datetime import date

from quiz.demo.behaviours import Behaviour
from quiz.enums import Sex

# Below this age a guardian is asked before a name is published.
GUARDED_AGE = 16


@dataclass(frozen=True)
class DemoEntrant:
    """`number` counts registrations from 1, in the order in which they come.

    `duplicate_of` is the number under which the same person came first. `guardian` agrees, for a
    person under 16, to the name being published; "" is nobody.
    """

    number: int
    full_name: str
    birth_date: date
    sex: Sex
    phone: str
    group: str
    unit_code: str
    staff_code: str = ""
    guardian: str = ""
    duplicate_of: int | None = None
    may_win: bool = True
    behaviour: Behaviour = field(default_factory=Behaviour)

    def age_on(self, day: date) -> int:
        """Full years."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
