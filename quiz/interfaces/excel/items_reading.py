"""A workbook as a Reading, so that a person can settle what its rows leave open."""

from collections import defaultdict
from collections.abc import Mapping
from typing import BinaryIO

from accounts.errors import Fault
from quiz.drafts import ItemDraft, option_letter, place_of
from quiz.interfaces.excel.items_reader import ReadItems, read_items
from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.readings import CERTAIN, Evidence, Mark, Reading, ReadItem

EXCEL = "excel"
# Twins are looked for where the person decides; the rest says what was done without a doubt.
_TWINS = frozenset({"duplicate_in_file", "duplicate_in_bank"})
_PLAIN = frozenset(
    {"nfd_text", "letters_removed", "number_removed", "order_fixed", "heading_as_topic"}
)


def read_excel(source: BinaryIO, *, name: str) -> Reading:
    """Every item of an .xlsx or .xls workbook, sound or not. Raises UnreadableFile."""
    read = read_items(source, name=name)
    if read.unreadable:
        (fault,) = read.faults
        refusal = UnreadableFile(fault.message, fault.hint)
        refusal.code = fault.code
        raise refusal
    faults, notices = _by_row(read), _notices_by_row(read)
    rows = {(draft.sheet, draft.row) for draft in read.found}
    loose = [fault for row, found in faults.items() if row not in rows for fault in found]
    aside = [
        Fault(notice.place, notice.code, notice.message, notice.hint, sheet=notice.sheet)
        for notice in read.notices
        if not notice.rows
    ]
    return Reading(
        format=EXCEL,
        items=tuple(_item(draft, read, faults, notices) for draft in read.found),
        skipped=(*loose, *aside),
    )


_Faults = Mapping[tuple[str, int], list[Fault]]


def _by_row(read: ReadItems) -> _Faults:
    found: dict[tuple[str, int], list[Fault]] = defaultdict(list)
    for fault in read.faults:
        if fault.code not in _TWINS:
            found[fault.sheet, fault.row].append(fault)
    return found


def _notices_by_row(read: ReadItems) -> _Faults:
    found: dict[tuple[str, int], list[Fault]] = defaultdict(list)
    for notice in read.notices:
        for row in notice.rows if notice.code not in _PLAIN else ():
            fault = Fault(
                place_of(notice.sheet, row),
                notice.code,
                notice.message,
                notice.hint,
                sheet=notice.sheet,
                row=row,
            )
            found[notice.sheet, row].append(fault)
    return found


def _item(draft: ItemDraft, read: ReadItems, faults: _Faults, notices: _Faults) -> ReadItem:
    row = (draft.sheet, draft.row)
    found = tuple(faults.get(row, ()))
    clear = bool(draft.key) and not any("key" in fault.code for fault in found)
    return ReadItem(
        draft=draft,
        source=read.passage(draft),
        label=place_of(draft.sheet, draft.row),
        evidence=key_evidence(draft),
        confidence=CERTAIN if clear else 0,
        faults=found,
        notices=tuple(notices.get(row, ())),
    )


def key_evidence(draft: ItemDraft) -> tuple[Evidence, ...]:
    """What the key column says."""
    if not draft.key:
        return ()
    letters = ", ".join(option_letter(place) for place in sorted(draft.key))
    return (Evidence(Mark.TABLE_COLUMN, draft.key, letters),)
