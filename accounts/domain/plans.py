"""What a workbook would change, before anything changes: shown, confirmed, then done as shown."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import DomainError

SHOWN = 8  # changes of one kind that the page lists


class PlanOutdated(DomainError):
    """Somebody changed something between the check and the confirmation."""

    code = "plan_outdated"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Dữ liệu đã thay đổi kể từ lúc kiểm tra, hoặc tệp này đã được thực hiện rồi."),
            _("Tải tệp lên kiểm tra lại để xem những việc sẽ làm lúc này."),
        )


@dataclass(frozen=True)
class Change:
    """One thing that changes about one unit or person. `act` is the diary's word for it."""

    act: str
    code: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Summary:
    """A plan as a job's result keeps it."""

    rows: int
    unchanged: int
    changes: Sequence[Change]

    def digest(self) -> str:
        """Equal for equal plans: what is done is what was confirmed."""
        text = json.dumps([astuple(change) for change in self.changes], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_result(self) -> dict[str, Any]:
        """JSON: how many of each kind, and the first few of each."""
        counts = Counter(change.act for change in self.changes)
        shown: dict[str, list[list[str]]] = {act: [] for act in counts}
        for change in self.changes:
            if len(shown[change.act]) < SHOWN:
                row = [change.code, change.name, change.before, change.after]
                shown[change.act].append(row)
        return {
            "rows": self.rows,
            "unchanged": self.unchanged,
            "counts": dict(counts),
            "shown": shown,
            "digest": self.digest(),
        }

    def require(self, digest: str) -> None:
        """Raises PlanOutdated when this is not the plan of that digest."""
        if self.digest() != digest:
            raise PlanOutdated
