"""Reading items from a workbook: all of it, and every fault with its sheet and row.

Nothing is stored here and nothing is left out in silence: what blocks is a Fault, what was mended
or assumed is a Notice.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from time import perf_counter
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import Fault
from accounts.interfaces.excel.cell_details import read_details
from accounts.interfaces.excel.opening import (
    DEFAULT_LIMITS,
    Limits,
    Opened,
    Sheet,
    Source,
    file_name,
    open_workbook,
)
from accounts.interfaces.excel.refusals import UnreadableWorkbook
from accounts.text import fold
from quiz.drafts import MIN_OPTIONS, ItemDraft, place_of
from quiz.interfaces.excel.items_faults import file_fault, place_of_file, row_fault
from quiz.interfaces.excel.items_flaws import cell_name
from quiz.interfaces.excel.items_headers import Header, find_header
from quiz.interfaces.excel.items_keys import says_true_or_false
from quiz.interfaces.excel.items_notices import Notice, NoticeBook
from quiz.interfaces.excel.items_rows import RowReader

GUIDE_SHEET = "Hướng dẫn"  # of the template
SUMMARY_SHEET = "Tổng hợp lỗi"  # of the annotated copy
MOST_ROWS = 20_000

_OUR_SHEETS = frozenset(map(fold, (GUIDE_SHEET, SUMMARY_SHEET)))


def _no_passage(_draft: ItemDraft) -> str:
    return ""


@dataclass(frozen=True)
class ReadItems:
    """What a workbook holds. Import it only when `faults` is empty.

    `drafts` are the sound items; `rows` counts the rows that hold an item, sound or not; `sheets`
    are those with an item table. `unreadable` says that the file could not be opened at all.
    `found` are all items, sound or not; `passage` gives the cells of an item's row.
    """

    drafts: tuple[ItemDraft, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    sheets: tuple[str, ...]
    rows: int
    seconds: float
    unreadable: bool = False
    found: tuple[ItemDraft, ...] = ()
    passage: Callable[[ItemDraft], str] = _no_passage


def read_items(
    source: Source,
    *,
    limits: Limits = DEFAULT_LIMITS,
    known_digests: Mapping[str, str] | None = None,
    name: str = "",
) -> ReadItems:
    """Read an .xlsx or .xls workbook given as path, bytes or open file. Raises nothing about it.

    `known_digests` maps the digest of each item of the bank to how a person calls it (“câu 12”);
    an item among them is a fault. `name` is the file's name where the source has none.
    """
    began = perf_counter()
    name = name or file_name(source)
    try:
        with _collector_paused():
            book = _Book(open_workbook(source, limits=limits), known_digests or {})
            book.read(name)
    except UnreadableWorkbook as refused:
        fault = Fault(place_of_file(name), refused.code, str(refused.message), str(refused.hint))
        return ReadItems((), (fault,), (), (), 0, perf_counter() - began, unreadable=True)
    faulty = {(fault.sheet, fault.row) for fault in book.faults}
    return ReadItems(
        drafts=tuple(d for d in book.drafts if (d.sheet, d.row) not in faulty),
        faults=tuple(book.faults),
        notices=tuple(book.notices.notices()),
        sheets=tuple(book.sheets),
        rows=book.rows,
        seconds=perf_counter() - began,
        found=tuple(book.drafts),
        passage=book.passage,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Python's search for cycles off: a tenth of the time goes into it, and no cycle is made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Book:
    """One reading of one workbook."""

    def __init__(self, opened: Opened, known_digests: Mapping[str, str]) -> None:
        self.drafts: list[ItemDraft] = []
        self.faults: list[Fault] = []
        self.notices = NoticeBook()
        self.sheets: list[str] = []
        self.rows = 0
        self._opened = opened
        self._by_name = {sheet.name: sheet for sheet in opened.sheets}
        self._known = known_digests
        self._alike: dict[bytes, ItemDraft] = {}
        self._first: dict[str, ItemDraft] = {}

    def read(self, name: str) -> None:
        for sheet in self._opened.sheets:
            if sheet.rows:
                self._read_sheet(sheet)
        if self.rows > MOST_ROWS:
            self.faults.insert(0, file_fault("too_many_rows", name, MOST_ROWS))
        if not self.faults and not self.rows:
            self.faults.append(file_fault("no_items" if self.sheets else "no_header", name))

    def passage(self, draft: ItemDraft) -> str:
        """The cells of an item's row, one a line: “B14: Cổng dịch vụ công”."""
        sheet = self._by_name[draft.sheet]
        cells = enumerate(sheet.rows[draft.row - sheet.first_row], sheet.first_column)
        return "\n".join(
            f"{cell_name(draft.row, column)}: {cell}" for column, cell in cells if cell != ""
        )

    def _read_sheet(self, sheet: Sheet) -> None:
        header = find_header(sheet.rows)
        if header is None:
            if fold(sheet.name) not in _OUR_SHEETS:
                code = "hidden_sheet_skipped" if sheet.hidden else "sheet_skipped"
                self.notices.note(code, sheet.name)
            return
        if sheet.hidden:
            self.faults.append(row_fault("hidden_sheet", sheet.name, 0))
            return
        if found := _header_faults(sheet, header):
            self.faults += found
            return
        self.sheets.append(sheet.name)
        if header.unknown:
            self.notices.note_unknown_columns(sheet.name, header.unknown)
        self._read_rows(sheet, header)

    def _read_rows(self, sheet: Sheet, header: Header) -> None:
        reader = RowReader(
            sheet=sheet,
            header=header,
            details=cache(partial(read_details, self._opened, sheet.name)),
            formulas=self._opened.formulas,
            notices=self.notices,
        )
        before = len(reader.faults)
        for draft in reader.read_all(header.data_from):
            self.rows += draft is not None or len(reader.faults) > before
            if self.rows > MOST_ROWS:
                return
            if draft is not None:
                self.drafts.append(draft)
                self._compare(draft, reader.faults)
            before = len(reader.faults)
        self.faults += sorted(reader.faults, key=lambda fault: fault.row)

    def _compare(self, draft: ItemDraft, faults: list[Fault]) -> None:
        """Against the items read before, and those of the bank."""
        if not draft.stem or len(draft.options) < MIN_OPTIONS:
            return
        alike = self._alike.setdefault(draft.rough_form, draft)
        if alike is not draft:
            self._report_twin(draft, alike, faults)
        if self._known and (known := self._known.get(draft.digest)):
            faults.append(row_fault("duplicate_in_bank", draft.sheet, draft.row, known))

    def _report_twin(self, draft: ItemDraft, alike: ItemDraft, faults: list[Fault]) -> None:
        """Of items of the same rough form the digests tell whether they are equal."""
        self._first.setdefault(alike.digest, alike)
        first = self._first.setdefault(draft.digest, draft)
        if first is not draft:
            where = _at(first) if first.sheet == draft.sheet else place_of(first.sheet, first.row)
            faults.append(row_fault("duplicate_in_file", draft.sheet, draft.row, where))


def _at(draft: ItemDraft) -> str:
    return _("dòng %d") % draft.row


def _header_faults(sheet: Sheet, header: Header) -> list[Fault]:
    names: dict[str, Any] = {
        "stem": _("Nội dung câu hỏi"),
        "key": _("Đáp án"),
        "options": _("A, B (phương án)"),
    }
    row = sheet.first_row + header.data_from - 1
    missing = header.missing
    if missing == ("options",) and _only_true_or_false(sheet.rows[header.data_from :], header):
        missing = ()
    found = []
    if missing:
        what = ", ".join(f"“{names[field]}”" for field in missing)
        found.append(row_fault("missing_columns", sheet.name, row, what))
    if header.twins:
        what = ", ".join(f"“{twin}”" for twin in header.twins)
        found.append(row_fault("twin_columns", sheet.name, row, what))
    return found


def _only_true_or_false(rows: Sequence[Sequence[Any]], header: Header) -> bool:
    """A table of statements to be judged needs no option columns."""
    keys = [str(row[header.columns["key"]]).strip() for row in rows]
    return all(says_true_or_false(key) for key in keys if key)
