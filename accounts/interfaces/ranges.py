"""Parts of a file as browsers ask for them: RFC 9110 §14, one range."""

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Part(NamedTuple):
    """From `first` to `last` inclusive; `first` > `last`: there is no such part (416)."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The header of the answer, for a file of `size` bytes."""
        if self.first > self.last:
            return f"bytes */{size}"
        return f"bytes {self.first}-{self.last}/{size}"


def asked_part(header: str, size: int) -> Part | None:
    """None where the whole is asked for, or anything that is not one range of bytes."""
    match = _RANGE.fullmatch(header)
    if match is None or not any(match.groups()):
        return None
    if match[1]:
        return Part(int(match[1]), min(int(match[2] or size), size - 1))
    return Part(max(0, size - int(match[2])), size - 1)
