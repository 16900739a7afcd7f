"""The items written for the product, and the documents they rest on: the demo's bank, and the
bank any installation may begin with.

`items.json` and `documents.json` hold the texts. An item with `validity_flag` cites a document
whose validity nobody has confirmed: it is loaded, but stays unapproved (“kiểm hiệu lực”).
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from quiz.drafts import ItemDraft

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class DemoDocument:
    number: str
    title: str
    issued_on: date | None
    effective_from: date | None
    needs_check: bool
    note: str


@dataclass(frozen=True)
class DemoItem:
    """`key` holds places in `options`; `citations` are (document number, clause or "")."""

    number: int
    kind: str
    stem: str
    options: tuple[str, ...]
    key: frozenset[int]
    fixed_order: bool
    topic: str
    level: str
    rationale: str
    citations: tuple[tuple[str, str], ...]
    checked_on: date | None
    validity_flag: bool

    @property
    def key_mask(self) -> int:
        return sum(1 << place for place in self.key)

    @property
    def citation(self) -> str:
        """One line as people type it: “Nghị định 118/2025/NĐ-CP, khoản 1 Điều 1; …”."""
        return "; ".join(", ".join(filter(None, pair)) for pair in self.citations)


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return rows


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load_documents() -> list[DemoDocument]:
    return [
        DemoDocument(
            number=row["number"],
            title=row["title"],
            issued_on=_day(row["issued_on"]),
            effective_from=_day(row["effective_from"]),
            needs_check=row["needs_check"],
            note=row["note"],
        )
        for row in _read("documents.json")
    ]


def load_items() -> list[DemoItem]:
    """All 45 items, in the order of their numbers."""
    return [
        DemoItem(
            number=row["fact"],
            kind=row["kind"],
            stem=row["stem"],
            options=tuple(row["options"]),
            key=frozenset(row["key"]),
            fixed_order=row["fixed_order"],
            topic=row["topic"],
            level=row["level"],
            rationale=row["rationale"],
            citations=tuple((cited["document"], cited["clause"]) for cited in row["citations"]),
            checked_on=_day(row["checked_on"]),
            validity_flag=row["validity_flag"],
        )
        for row in _read("items.json")
    ]


@cache
def known_documents() -> dict[str, DemoDocument]:
    """What is known of the documents, by number."""
    return {document.number: document for document in load_documents()}


def draft_of(item: DemoItem) -> ItemDraft:
    return ItemDraft(
        kind=item.kind,
        stem=item.stem,
        options=item.options,
        key=item.key,
        fixed_order=item.fixed_order,
        topic=item.topic,
        level=item.level,
        rationale=item.rationale,
        citation=item.citation,
        checked_on=item.checked_on,
    )
