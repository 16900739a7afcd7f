"""What a check is, what it answers, and what it is told of its surroundings."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise

from quiz.drafts import ItemDraft


class Severity(StrEnum):
    """`WARNING`: likely wrong, look at it. `ADVICE`: could be better."""

    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Neighbour:
    """Another item that asks nearly the same: how people call it, how like it is (0 to 1).

    `item` is its id where it is stored, None where it stands in the same file.
    """

    name: str
    stem: str
    likeness: float
    item: int | None = None


@dataclass(frozen=True)
class Finding:
    """What one check says of one item."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.ADVICE
    neighbours: tuple[Neighbour, ...] = ()

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


def _nobody(_draft: ItemDraft) -> Sequence[Neighbour]:
    return ()


def _no_doubt(_citation: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Surroundings:
    """What an item alone does not tell.

    `similar(draft)`: the items that ask nearly the same, the likest first. `doubts(citation)`: a
    sentence for each document of a citation text that is in doubt or no longer in force.
    """

    similar: Callable[[ItemDraft], Sequence[Neighbour]] = field(default=_nobody)
    doubts: Callable[[str], Sequence[str]] = field(default=_no_doubt)


class ItemCheck(ABC):
    """One thing that may be wrong with an item; `title` names it in lists."""

    code: ClassVar[str]
    title: ClassVar[str | Promise]
    severity: ClassVar[Severity] = Severity.ADVICE

    @abstractmethod
    def look(self, draft: ItemDraft, around: Surroundings) -> Iterator[Finding]:
        """What is found, in the order in which a reader should meet it."""

    def finding(self, message: str, hint: str, neighbours: Sequence[Neighbour] = ()) -> Finding:
        return Finding(self.code, message, hint, self.severity, tuple(neighbours))


class BankCheck(ABC):
    """One thing that may be wrong with a bank although each of its items is sound."""

    code: ClassVar[str]
    title: ClassVar[str | Promise]
    severity: ClassVar[Severity] = Severity.ADVICE

    @abstractmethod
    def look(self, drafts: Sequence[ItemDraft]) -> Iterator[Finding]:
        """What is found over all items, given in the order of their numbers."""

    def finding(self, message: str, hint: str) -> Finding:
        return Finding(self.code, message, hint, self.severity)
