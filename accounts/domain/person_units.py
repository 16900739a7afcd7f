"""To which unit a person belonged on a day, as the diary tells of their transfers.

Mergers write no line per person and need none: the old unit hangs below its successor.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.dates import VIETNAM
from accounts.models import AuditEntry, User

ACT, KIND = "transfer_person", "accounts.user"


@dataclass(frozen=True)
class Moves:
    """`moves`: (first day at the next unit, the unit left), oldest first; `now`: today's unit."""

    now: int | None
    moves: tuple[tuple[date, int | None], ...] = ()

    def unit_on(self, day: date) -> int | None:
        """The id of the unit; the day of a transfer belongs to the new one."""
        return next((left for first, left in self.moves if day < first), self.now)


def read_moves(people: Iterable[User]) -> dict[int, Moves]:
    """Of each of these people by id."""
    units = {person.pk: person.unit_id for person in people}
    entries = AuditEntry.objects.filter(
        act=ACT, subject_kind=KIND, subject_id__in=list(units)
    ).order_by("pk")
    told: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    for entry in entries.only("subject_id", "at", "details"):
        day = entry.at.astimezone(VIETNAM).date()
        told[entry.subject_id or 0].append((day, entry.details.get("from")))
    return {pk: Moves(unit, tuple(told.get(pk, ()))) for pk, unit in units.items()}
