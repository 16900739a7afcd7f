"""Answers that come in a file of their own, and joining them to the items they answer."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import BinaryIO

from accounts.interfaces.excel.cell_details import shown_value
from accounts.interfaces.excel.opening import open_workbook
from accounts.interfaces.excel.refusals import UnreadableWorkbook
from quiz.drafts import draft_faults
from quiz.engine.reading.answer_blocks import apart
from quiz.engine.reading.believing import Sign, weigh
from quiz.engine.reading.cutting import cut
from quiz.engine.reading.flow import Flow
from quiz.engine.reading.key_lists import KeyEntry, KeyList, grid_key_lists, key_lists
from quiz.engine.reading.key_matching import Found, Place, chosen_lists, match_keys
from quiz.engine.reading.patterns import LETTERS
from quiz.enums import ItemKind
from quiz.interfaces.formats.item_drafting import told_sign
from quiz.interfaces.formats.known_formats import ZIP, read_bounded
from quiz.interfaces.formats.refusals import NoKeys, UnreadableFile
from quiz.interfaces.formats.text import text_lines
from quiz.interfaces.formats.text_sentences import fault
from quiz.interfaces.formats.word import WordDocument
from quiz.readings import Evidence, KeyColumn, Mark, Reading, ReadItem, ReadKeys

_KEY_FAULTS = frozenset(("no_key", "several_keys", "key_outside"))
_NUMBER = re.compile(r"\d{1,4}")
_NAMED = 10  # numbers that a notice names


def read_key_file(source: BinaryIO, *, name: str) -> ReadKeys:
    """The answers in a .docx, .xlsx, .xls or text file. Raises UnreadableFile, NoKeys for none."""
    data = read_bounded(source)
    if b"xl/workbook.xml" in data or name.lower().endswith((".xlsx", ".xls")):
        lists = _of_workbook(data)
    elif data.startswith(ZIP):
        document = WordDocument(io.BytesIO(data))
        lists = _of_flow(document.flow, document.lists)
    else:
        lists = _of_flow(Flow.of(text_lines(io.BytesIO(data))))
    if not lists:
        raise NoKeys
    columns: dict[str, list[tuple[int, str]]] = {}
    for each in lists:
        columns.setdefault(each.name, []).extend(each.entries)
    return ReadKeys(tuple(KeyColumn(name, tuple(found)) for name, found in columns.items()))


def _of_workbook(data: bytes) -> list[KeyList]:
    try:
        sheets = open_workbook(data).sheets
    except UnreadableWorkbook as refused:
        raise UnreadableFile(refused.message, refused.hint) from refused
    found = []
    for sheet in sheets:
        rows = [[_shown(cell) for cell in row] for row in sheet.rows[:20_000]]
        found += grid_key_lists(rows, lone=True)
    return found


def _shown(cell: object) -> str:
    return cell if isinstance(cell, str) else shown_value(cell) or str(cell)


def _of_flow(flow: Flow, lists: Sequence[KeyList] = ()) -> list[KeyList]:
    found = [*lists, *key_lists(flow, lone=True)]
    blocks, _passages = cut(flow, [(each.start, each.end) for each in found])
    found += apart(flow, blocks)[1]
    return sorted(found, key=lambda each: each.start)


def merge_keys(reading: Reading, keys: ReadKeys, *, name: str = "") -> Reading:
    """The reading with the answers of a separate file joined to its items by their numbers.

    `name` chooses the column of one printed paper; without it the original's is taken; which there
    were and which it was stands in the reading. Numbers that
    begin anew are matched part by part; what can't be matched, and answers to no item, are told in
    `notices`. An answer that disagrees with what the items' own file shows lowers the confidence.
    """
    columns = [
        KeyList(column.name, [KeyEntry(*entry) for entry in column.entries])
        for column in keys.columns
    ]
    chosen = chosen_lists(columns, name)
    if len(columns) > 1:
        reading = replace(
            reading,
            key_columns=tuple(each.name for each in columns),
            key_column=chosen[0].name if chosen else "",
        )
    if not chosen:
        names = ", ".join(column.name for column in keys.columns)
        return _with_notice(reading, "several_papers", names)
    places = [*_places(reading.items)]
    known = [place for place in places if place is not None]
    told = match_keys(known, chosen)
    if not told:
        return _with_notice(reading, "key_list_unmatched", "")
    items = [
        _joined(item, told[place]) if place in told else item
        for item, place in zip(reading.items, places, strict=True)
    ]
    reading = replace(reading, items=tuple(items))
    numbers = {place.number for place in known}
    left = [n for each in chosen for n, _written in each.entries if n not in numbers]
    if left:
        shown = ", ".join(map(str, left[:_NAMED])) + ("…" if len(left) > _NAMED else "")
        reading = _with_notice(reading, "key_without_item", shown)
    return reading


def _with_notice(reading: Reading, code: str, what: str) -> Reading:
    return replace(reading, notices=(*reading.notices, fault(code, "", what)))


def _places(items: Iterable[ReadItem]) -> Iterable[Place | None]:
    """The section and number of each item, from its label; None where it has no number."""
    section = last = 0
    for item in items:
        found = _NUMBER.search(item.label)
        if not found:
            yield None
            continue
        number = int(found[0])
        section += number < last
        last = number
        yield Place(section, number)


def _joined(item: ReadItem, told: Found) -> ReadItem:
    options = item.draft.options
    sign = told_sign(told, LETTERS[: len(options)], options, Mark.KEY_FILE)
    if not sign.places:
        return item
    before = [Sign(e.mark, e.options, item.confidence, e.text) for e in item.evidence]
    key, confidence = weigh([sign, *(b for b in before if b.places == item.draft.key)])
    kind = item.draft.kind
    if kind != ItemKind.TRUE_FALSE:
        kind = ItemKind.MULTIPLE.value if len(key) > 1 else ItemKind.SINGLE.value
    draft = replace(item.draft, key=key, kind=kind)
    place = item.label
    notices = list(item.notices)
    if item.draft.key and item.draft.key != sign.places:
        notices.append(fault("evidence_disagrees", place, row=draft.row))
    found = [f for f in item.faults if f.code not in _KEY_FAULTS]
    found += [
        replace(f, place=place, row=draft.row) for f in draft_faults(draft) if f.code in _KEY_FAULTS
    ]
    evidence = (*item.evidence, Evidence(Mark.KEY_FILE, sign.places, sign.text))
    return replace(
        item,
        draft=draft,
        evidence=evidence,
        confidence=confidence,
        faults=tuple(found),
        notices=tuple(notices),
    )
