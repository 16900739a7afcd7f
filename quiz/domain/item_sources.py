"""Where stored items came from: the file, the passage, and who let the key pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from quiz.errors import KeyUnconfirmed
from quiz.models import Item, ItemSource, ItemVersion
from quiz.models.item_import import LONGEST_FILE_NAME, LONGEST_LABEL
from quiz.readings import CERTAIN


@dataclass(frozen=True)
class Origin:
    """What is kept of one draft's way from file to bank; documents as in reading_documents.py.

    `place` counts the items of the file from 1. `confidence` is the reader's, before anybody
    looked; `confirmed_by` looked at this very item.
    """

    file_name: str
    format: str
    place: int
    passage: str
    label: str = ""
    evidence: Sequence[dict[str, Any]] = ()
    confidence: int = CERTAIN
    repairs: Sequence[dict[str, Any]] = field(default=())
    edited: bool = False
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None


def require_confirmed(origins: Iterable[Origin]) -> None:
    """Raises KeyUnconfirmed if a key below full confidence was seen by nobody."""
    if any(each.confidence < CERTAIN and each.confirmed_by is None for each in origins):
        raise KeyUnconfirmed


def keep_origins(*, versions: Sequence[ItemVersion], origins: Sequence[Origin]) -> None:
    """Store where these versions came from, in bulk. Raises KeyUnconfirmed."""
    require_confirmed(origins)
    ItemSource.objects.bulk_create(
        ItemSource(
            version=version,
            file_name=origin.file_name[-LONGEST_FILE_NAME:],
            format=origin.format,
            place=origin.place,
            label=origin.label[:LONGEST_LABEL],
            passage=origin.passage,
            evidence=list(origin.evidence),
            confidence=origin.confidence,
            repairs=list(origin.repairs),
            edited=origin.edited,
            confirmed_by_id=origin.confirmed_by,
            confirmed_at=origin.confirmed_at,
        )
        for version, origin in zip(versions, origins, strict=True)
    )


def source_of(*, item: Item) -> ItemSource | None:
    """Where the item came from, whatever was edited since; None if somebody typed it."""
    found = ItemSource.objects.filter(version__item=item).select_related("confirmed_by")
    return found.order_by("version__number").first()
