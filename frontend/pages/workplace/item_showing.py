"""An item with its key, as authors and reviewers read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.drafts import option_letter
from quiz.models import Citation, ItemVersion

SHOWN_WITH = ("topic", "author", "approved_by", "item")


@dataclass(frozen=True)
class ShownOption:
    letter: str
    text: str
    right: bool


@dataclass(frozen=True)
class ShownVersion:
    """A version ready for a template; `unchecked` are the documents that keep it from approval."""

    version: ItemVersion
    options: Sequence[ShownOption]
    citations: Sequence[Citation]
    unchecked: Sequence[str]

    @property
    def key(self) -> str:
        """“B” or “A, C”."""
        return ", ".join(option.letter for option in self.options if option.right)


def shown_version(version: ItemVersion) -> ShownVersion:
    """For versions read with `SHOWN_WITH` and their citations' documents."""
    citations = list(version.citations.all())
    return ShownVersion(
        version=version,
        options=[
            ShownOption(option_letter(place), text, bool(version.key_mask >> place & 1))
            for place, text in enumerate(version.options)
        ],
        citations=citations,
        unchecked=sorted({c.document.number for c in citations if c.document.needs_check}),
    )
