"""Items as found, written down while a person looks at them: JSON there and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from accounts.errors import Fault
from quiz.drafts import ItemDraft, Media
from quiz.readings import Evidence, Mark, ReadItem, Repair, RepairKind

Document = dict[str, Any]


def item_document(item: ReadItem) -> Document:
    """All of a found item but its source and label, which are columns of their own."""
    return {
        "draft": draft_document(item.draft),
        "evidence": evidence_document(item.evidence),
        "repairs": repairs_document(item.repairs),
        "declined": [],
        "faults": faults_document(item.faults),
        "notices": faults_document(item.notices),
    }


def draft_document(draft: ItemDraft) -> Document:
    """A draft in JSON: the key as a sorted list, the day in ISO."""
    day = draft.checked_on.isoformat() if draft.checked_on else None
    told = {"key": sorted(draft.key), "options": list(draft.options), "checked_on": day}
    return asdict(draft) | told


def draft_of(document: Mapping[str, Any]) -> ItemDraft:
    """The draft of `draft_document`."""
    day, tags = document["checked_on"], document["tags"]
    told = {
        "options": tuple(document["options"]),
        "key": frozenset(document["key"]),
        "checked_on": date.fromisoformat(day) if day else None,
        "tags": None if tags is None else tuple(tags),
        "media": tuple(Media(**each) for each in document["media"]),
    }
    return ItemDraft(**{**document, **told})


def evidence_document(evidence: Iterable[Evidence]) -> list[Document]:
    return [
        {"mark": each.mark.value, "options": sorted(each.options), "text": each.text}
        for each in evidence
    ]


def evidence_of(documents: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    return [
        Evidence(Mark(each["mark"]), frozenset(each["options"]), each["text"]) for each in documents
    ]


def repairs_document(repairs: Iterable[Repair]) -> list[Document]:
    return [asdict(repair) for repair in repairs]


def repairs_of(documents: Sequence[Mapping[str, Any]]) -> list[Repair]:
    return [Repair(**{**each, "kind": RepairKind(each["kind"])}) for each in documents]


def faults_document(faults: Iterable[Fault]) -> list[Document]:
    return [asdict(fault) for fault in faults]


def faults_of(documents: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """As plain faults, whatever else a reader's own kind of fault carries."""
    names = [field.name for field in fields(Fault)]
    return [Fault(**{name: each[name] for name in names}) for each in documents]
