"""What a corrected release says of its corrections, on the public page and to who approves it."""

from dataclasses import dataclass
from typing import Any

from quiz.domain.release_history import ReleaseChanges, release_changes
from quiz.models import Release


@dataclass(frozen=True)
class Corrected:
    """`replaces`: there is an earlier release to compare with."""

    changes: ReleaseChanges
    replaces: bool

    @property
    def moved(self) -> list[tuple[str, bool]]:
        """(“Giải Nhất: Lê Ví Dụ, Xã A”, whether it is new) of every row that changed."""
        rows = [(row, False) for row in self.changes.gone]
        rows += [(row, True) for row in self.changes.come]
        return [(_moved(row), new) for row, new in rows]


def corrected(release: Release) -> Corrected | None:
    """None for a release in which nothing was corrected."""
    if "corrections" not in release.document:
        return None
    return Corrected(release_changes(release=release), release.previous_id is not None)


def _moved(row: dict[str, Any]) -> str:
    unit = f", {row['unit']}" if row["unit"] else ""
    return f"{row['prize']}: {row['name']}{unit}"
