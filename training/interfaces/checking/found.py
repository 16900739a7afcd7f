"""What a check says of a file: what it is, or why it is refused. No Django here: see `child.py`."""

from dataclasses import dataclass, field
from typing import Any


class FileRefused(Exception):
    """`code` names the sentence (`sentences.py`), `values` fill it in."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Found:
    """A sound file. What was made from it lies in the folder that the check was given."""

    kind: str
    mime: str
    facts: dict[str, Any] = field(default_factory=dict)
