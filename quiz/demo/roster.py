"""The compulsory list of the demo: the officials who enter, and those who don't."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.text import fold
from quiz.demo.contest import OFFICIALS
from quiz.demo.entrant import DemoEntrant
from quiz.demo.names import draw_name
from quiz.enums import Sex

_ABSENT_PERCENT = 12
_EXEMPTIONS = ("Nghỉ thai sản", "Biệt phái", "Đi học tập trung")


@dataclass(frozen=True)
class DemoRosterRow:
    """`exemption` is the reason for which a person leaves the participation rate; "" is none."""

    unit_code: str
    full_name: str
    staff_code: str
    birth_date: date
    exemption: str = ""


def generate_roster(
    *, seed: int, entrants: Sequence[DemoEntrant], today: date
) -> list[DemoRosterRow]:
    """All officials among the entrants, and about one absent for eight present.

    The absent work where the present do; every third is exempt. In the order of unit and name.
    """
    rng = Random(seed)  # noqa: S311 - play, not a secret
    rows = [
        DemoRosterRow(one.unit_code, one.full_name, one.staff_code, one.birth_date)
        for one in entrants
        if one.group == OFFICIALS and one.duplicate_of is None
    ]
    units = [row.unit_code for row in rows]
    rows += [
        DemoRosterRow(
            unit_code=rng.choice(units),
            full_name=draw_name(rng, rng.choice([Sex.FEMALE, Sex.MALE])),
            staff_code=f"MAU{90_000 + turn}",
            birth_date=today - timedelta(days=rng.randint(23 * 366, 60 * 365)),
            exemption="" if turn % 3 else rng.choice(_EXEMPTIONS),
        )
        for turn in range(len(rows) * _ABSENT_PERCENT // 100)
    ]
    return sorted(rows, key=lambda row: (row.unit_code, fold(row.full_name), row.staff_code))
