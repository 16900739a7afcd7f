"""A file imported with nobody looking: what is certain and sound goes in, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.banks import known_digests
from quiz.domain.item_import import import_drafts, import_faults
from quiz.domain.item_sources import Origin
from quiz.models import ItemBank
from quiz.reading_documents import evidence_document, repairs_document
from quiz.readings import CERTAIN, Reading, ReadItem


def against_bank(reading: Reading, *, bank: ItemBank) -> Reading:
    """The reading with what keeps each item out of this bank when nobody looks at it.

    Twins in the file or the bank, and keys that the file does not give for certain.
    """
    drafts = [item.draft for item in reading.items]
    found: dict[tuple[str, int], list[Fault]] = {}
    for fault in import_faults(drafts=drafts, known=known_digests(bank)):
        found.setdefault((fault.sheet, fault.row), []).append(fault)
    items = [
        _with(item, found.get((item.draft.sheet, item.draft.row), [])) for item in reading.items
    ]
    return replace(reading, items=tuple(items))


def _with(item: ReadItem, found: Sequence[Fault]) -> ReadItem:
    told = {fault.code for fault in item.faults}
    about_key = any("key" in code for code in told)
    more = [f for f in found if f.code not in told and not (about_key and f.code == "no_key")]
    faults = [*item.faults, *more]
    if item.draft.key and item.confidence < CERTAIN and not about_key:
        faults.append(_doubtful(item))
    return replace(item, faults=tuple(faults))


def _doubtful(item: ReadItem) -> Fault:
    return Fault(
        item.label or _("Câu thứ %d trong tệp") % item.draft.row,
        "key_doubtful",
        _("Tệp không nói rõ đáp án (chắc %d %%).") % item.confidence,
        _("Xác nhận từng câu trên màn hình rà soát (--review)."),
        sheet=item.draft.sheet,
        row=item.draft.row,
    )


def reading_faults(reading: Reading) -> list[Fault]:
    """All that keeps the file out, item by item."""
    return [fault for item in reading.items for fault in item.faults]


def import_reading(*, bank: ItemBank, reading: Reading, author: User, name: str) -> int:
    """Store every item with its source; how many. Raises Faults, KeyUnconfirmed."""
    if faults := reading_faults(reading):
        raise Faults(faults)
    return import_drafts(
        bank=bank,
        drafts=[item.draft for item in reading.items],
        author=author,
        origins=[
            Origin(
                file_name=name,
                format=reading.format,
                place=place,
                label=item.label,
                passage=item.source,
                evidence=evidence_document(item.evidence),
                confidence=item.confidence,
                repairs=repairs_document(item.repairs),
            )
            for place, item in enumerate(reading.items, 1)
        ],
    )
