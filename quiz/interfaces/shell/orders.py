"""What was asked for on the command line, and how a command on a file ends."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quiz.interfaces.formats.reading import AUTO
from quiz.models import ItemBank

FAULTY, UNREADABLE = 1, 2  # exit codes; 0 is good


@dataclass(frozen=True)
class Order:
    """One call of `import_items`; `say` prints a line."""

    path: Path
    bank: ItemBank
    say: Callable[[str], object]
    key_path: Path | None = None
    key_column: str = ""
    format: str = AUTO
    dry_run: bool = False
    as_json: bool = False
    report: Path | None = None

    def tell(self, **told: Any) -> None:
        """The result as JSON; what every format tells comes first."""
        head = {"file": self.path.name, "bank": self.bank.code, "dry_run": self.dry_run}
        self.say(json.dumps(head | told, ensure_ascii=False, indent=2))
