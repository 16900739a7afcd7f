"""Items as found, written down while a person looks at them: JSON there and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
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
        "repairs": [asdict(repair) for repair in item.repairs],
        "declined": [],
        "faults": faults_document(item.faults),
        "notices": faults_document(item.notices),
    }


def draft_document(draft: ItemDraft) -> Document:
    """A draft in JSON: the key as a sorted list, the day in ISO."""
    fields = asdict(draft)
    fields |= {"key": sorted(draft.key), "options": list(draft.options)}
    fields["checked_on"] = draft.checked_on.isoformat() if draft.checked_on else None
    return fields


def draft_of(fields: Mapping[str, Any]) -> ItemDraft:
    """The draft of `draft_document`."""
    day, tags = fields["checked_on"], fields["tags"]
    told = {
        "options": tuple(fields["options"]),
        "key": frozenset(fields["key"]),
        "checked_on": date.fromisoformat(day) if day else None,
        "tags": None if tags is None else tuple(tags),
        "media": tuple(Media(**each) for each in fields["media"]),
    }
    return ItemDraft(**{**fields, **told})


def evidence_document(evidence: Iterable[Evidence]) -> list[Document]:
    return [
        {"mark": each.mark.value, "options": sorted(each.options), "text": each.text}
        for each in evidence
    ]


def evidence_of(documents: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    return [
        Evidence(Mark(each["mark"]), frozenset(each["options"]), each["text"]) for each in documents
    ]


def repairs_of(documents: Sequence[Mapping[str, Any]]) -> list[Repair]:
    return [Repair(**{**each, "kind": RepairKind(each["kind"])}) for each in documents]


def faults_document(faults: Iterable[Fault]) -> list[Document]:
    return [asdict(fault) for fault in faults]


def faults_of(documents: Sequence[Mapping[str, Any]]) -> list[Fault]:
    return [Fault(**each) for each in documents]
