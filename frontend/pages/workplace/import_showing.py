"""A draft beside its source, as the person who decides on it reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.errors import DomainError, Fault
from quiz.checks import Finding
from quiz.domain.import_checks import check_drafts
from quiz.domain.import_decisions import draft_problems
from quiz.drafts import ItemDraft, option_letter
from quiz.enums import DraftDecision, ItemKind, Level
from quiz.models import ImportDraft, ItemImport, ItemSource
from quiz.reading_documents import draft_of, evidence_of, faults_of, repairs_of
from quiz.reading_labels import (
    confidence_label,
    evidence_label,
    field_label,
    letters_of,
    repair_label,
)
from quiz.reading_repairs import differences
from quiz.readings import CERTAIN, RepairKind

# Stored text is composed in any case, so there is nothing to decline.
_ALWAYS_MADE = RepairKind.DECOMPOSED


@dataclass(frozen=True)
class ShownChoice:
    """An option; `act` is what its button posts, `press` the digit that presses it."""

    letter: str
    text: str
    right: bool
    act: str
    press: int


@dataclass(frozen=True)
class ShownRepair:
    """`pieces` as in `differences`; `act` is what the button posts, "" where there is no choice."""

    label: str
    field: str
    pieces: Sequence[tuple[str, str]]
    made: bool
    act: str


@dataclass(frozen=True)
class ShownDraft:
    row: ImportDraft
    draft: ItemDraft
    options: Sequence[ShownChoice]
    key: str
    evidence: Sequence[str]
    confidence: str
    certain: bool
    problems: Sequence[Fault]
    notices: Sequence[Fault]
    findings: Sequence[Finding]
    repairs: Sequence[ShownRepair]
    refusal: DomainError | None = None

    @property
    def waiting(self) -> bool:
        return self.row.decision == DraftDecision.WAITING

    @property
    def accepted(self) -> bool:
        return self.row.decision == DraftDecision.ACCEPTED

    @property
    def kind(self) -> str:
        return str(ItemKind(self.draft.kind).label)

    @property
    def level(self) -> str:
        return str(Level(self.draft.level).label) if self.draft.level else ""


def shown_drafts(session: ItemImport, rows: Sequence[ImportDraft]) -> list[ShownDraft]:
    """Of judged rows, with what the item checks find in them."""
    found = check_drafts(session, rows)
    return [_shown(row, found.get(row.place, ())) for row in rows]


def shown_draft(
    session: ItemImport, row: ImportDraft, refusal: DomainError | None = None
) -> ShownDraft:
    """Of one judged row."""
    return _shown(row, check_drafts(session, [row]).get(row.place, ()), refusal)


def _shown(
    row: ImportDraft, findings: Sequence[Finding], refusal: DomainError | None = None
) -> ShownDraft:
    document, draft = row.document, draft_of(row.document["draft"])
    return ShownDraft(
        row=row,
        draft=draft,
        options=[
            ShownChoice(
                option_letter(place), text, place in draft.key, _key_act(draft, place), place + 1
            )
            for place, text in enumerate(draft.options)
        ],
        key=letters_of(draft.key),
        evidence=[evidence_label(each) for each in evidence_of(document["evidence"])],
        confidence=confidence_label(row.confidence, has_key=bool(draft.key)),
        certain=row.confidence == CERTAIN and bool(draft.key),
        problems=draft_problems(row),
        notices=faults_of(document["notices"]),
        findings=findings,
        repairs=_repairs(row, document),
        refusal=refusal,
    )


def _key_act(draft: ItemDraft, place: int) -> str:
    """One option is the key; of a multiple one, options are taken in and out of it."""
    key = {place}
    if draft.kind == ItemKind.MULTIPLE:
        key = set(draft.key) ^ {place} or {place}
    return "key:" + ",".join(map(str, sorted(key)))


def _repairs(row: ImportDraft, document: dict[str, Any]) -> list[ShownRepair]:
    declined = set(document["declined"])
    free = row.decision == DraftDecision.WAITING and not row.edited
    shown = []
    for place, repair in enumerate(repairs_of(document["repairs"])):
        made = place not in declined
        act = f"repair:{place}:{'off' if made else 'on'}"
        shown.append(
            ShownRepair(
                label=repair_label(repair.kind),
                field=field_label(repair.field),
                pieces=differences(repair.before, repair.after),
                made=made,
                act=act if free and repair.kind != _ALWAYS_MADE else "",
            )
        )
    return shown


def shown_source(source: ItemSource | None) -> dict[str, Any] | None:
    """Where a stored item came from, for its page."""
    if source is None:
        return None
    return {
        "source": source,
        "evidence": [evidence_label(each) for each in evidence_of(source.evidence)],
        "repairs": [
            (repair_label(repair.kind), field_label(repair.field))
            for repair in repairs_of(source.repairs)
        ],
        "certain": source.confidence == CERTAIN,
    }
