"""One row of an item sheet → one draft, or what is wrong with the row."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from accounts.errors import Fault
from accounts.interfaces.excel.cell_details import CellDetails, shown_value
from accounts.interfaces.excel.opening import Sheet
from accounts.text import fold
from quiz.domain.tags import read_tags
from quiz.drafts import ItemDraft, draft_faults
from quiz.interfaces.excel import items_values as values
from quiz.interfaces.excel.items_faults import row_fault
from quiz.interfaces.excel.items_flaws import SheetFlaws, cell_name
from quiz.interfaces.excel.items_headers import Header
from quiz.interfaces.excel.items_keys import TRUE_FALSE, is_true_false, read_key, says_true_or_false
from quiz.interfaces.excel.items_notices import NoticeBook
from quiz.interfaces.excel.items_plain import PlainReader, tidy_rows

EXAMPLE_MARK = "VÍ DỤ (xoá dòng này)"  # how the template's own example row begins
_EXAMPLE = fold(EXAMPLE_MARK)


class _Fields(NamedTuple):
    """The texts of one row that are no options."""

    stem: str
    key: str
    kind: str
    topic: str
    level: str
    fixed_order: str
    rationale: str
    document: str
    citation: str
    checked_by: str
    tags: str


_FIRST_OPTION = len(_Fields._fields)
_CODED = frozenset(["key", "kind", "level", "fixed_order"])  # cells whose format does not matter
_HEADING = re.compile(
    r"(?:(?:chương|phần|chủ đề|chuyên đề|mục|bài|lĩnh vực|nhóm)\s*(?:[\divx]+\b|[a-h]\b|:)"
    r"|[ivx]+\s*[.)/-]).*[^?]",
    re.IGNORECASE | re.DOTALL,
)

_read_kind = lru_cache(500)(values.read_kind)
_read_level = lru_cache(500)(values.read_level)
_read_yes_or_no = lru_cache(500)(values.read_yes_or_no)


class RowReader:
    """Reads the rows of one sheet in order; `faults` grows as it goes."""

    def __init__(
        self,
        *,
        sheet: Sheet,
        header: Header,
        details: Callable[[], CellDetails],
        formulas: bool,
        notices: NoticeBook,
    ) -> None:
        self.faults: list[Fault] = []
        self._sheet = sheet
        self._details = details
        self._notices = notices
        self._topic = ""
        self._stand_ins: set[str] = set()
        self._plain = PlainReader(sheet.name, notices)
        nowhere = len(sheet.rows[0])  # one past the last cell, where `read` puts an empty one
        columns = [header.columns.get(field, nowhere) for field in _Fields._fields]
        self._places = (*columns, *header.options)
        self._pick = itemgetter(*self._places)
        self._checked_on = header.columns.get("checked_on", nowhere)
        self._fault_column = header.fault_column
        self._coded = {header.columns[field] for field in _CODED & header.columns.keys()}
        mapped = {place for place in (*self._places, self._checked_on) if place != nowhere}
        self._flaws = SheetFlaws(
            sheet,
            {place + sheet.first_column for place in mapped},
            details().errors if formulas else {},
        )

    def read_all(self, first: int) -> Iterator[ItemDraft | None]:
        """The drafts of `sheet.rows[first:]`, sound or not; None for rows that hold no item."""
        rows = [(*cells, "") for cells in self._sheet.rows[first:]]
        picked = list(map(self._pick, rows))
        for index, (cells, tidy) in enumerate(zip(picked, tidy_rows(picked), strict=True), first):
            row = self._sheet.first_row + index
            draft = None
            if tidy and row not in self._flaws.rows:
                checked_on = rows[index - first][self._checked_on]
                draft = self._plain.read(cells, checked_on, self._topic, row)
            yield self.read(index) if draft is None else draft
        self.faults += self._flaws.beyond_rows(self._sheet.first_row + first)

    def read(self, index: int) -> ItemDraft | None:
        """The draft of `sheet.rows[index]`, sound or not; None for rows that hold no item."""
        row = self._sheet.first_row + index
        self._stand_ins.clear()
        cells = self._cells(index, row)
        picked = self._pick(cells)
        if set(map(type, picked)) != {str}:
            picked = self._texts(picked, row)
        texts, mended = values.mend(picked)
        stem, key, *others = texts[:_FIRST_OPTION]
        options = texts[_FIRST_OPTION:]
        if not any(options) and self._is_no_item(stem, key, cells, row):
            return None
        if stem[:5].lower() == "ví dụ" and fold(stem).startswith(_EXAMPLE):
            return None
        for code in mended:
            self._mended(code, row)
        if merged := self._flaws.merged_in(row):
            self._fault("merged_cells", row, merged)
        return self._draft(_Fields(stem, key, *others), options, cells[self._checked_on], row)

    def _draft(
        self, fields: _Fields, cells: Sequence[str], checked_on: Any, row: int
    ) -> ItemDraft | None:
        """The draft, with a fault for each field that can't be understood."""
        kind = _read_kind(fields.kind)
        if kind == values.ESSAY:
            self._fault("essay_item", row)
            return None
        if kind is None:
            self._fault("unknown_kind", row, fields.kind)
        options = self._options(cells, kind, fields.key, row)
        key = read_key(fields.key, options)
        if key.problem:
            self._fault(key.problem, row, fields.key)
        kind = kind or self._inferred_kind(options, key.places, row)
        draft = ItemDraft(
            kind=kind,
            stem=self._without_number(fields.stem, row),
            options=options,
            key=key.places,
            fixed_order=self._fixed_order(fields.fixed_order, options, kind, row),
            topic=fields.topic or self._topic,
            level=self._level(fields.level, row),
            rationale=fields.rationale,
            citation=", ".join(filter(None, (fields.document, fields.citation))),
            checked_on=self._date(checked_on, row),
            checked_by=fields.checked_by,
            tags=read_tags(fields.tags) or None,
            sheet=self._sheet.name,
            row=row,
        )
        for fault in draft_faults(draft):
            if not (key.problem and fault.code == "no_key"):
                self.faults.append(fault)
        return draft

    def _options(
        self, cells: Sequence[str], kind: str | None, key: str, row: int
    ) -> tuple[str, ...]:
        """The options up to the last that is filled; “Đúng”, “Sai” where they need not be said."""
        count = len(cells)
        while count and not cells[count - 1]:
            count -= 1
        options = tuple(cells[:count])
        if not options:
            told = kind == values.TRUE_FALSE or (not kind and says_true_or_false(key))
            return TRUE_FALSE if told else ()
        bare = values.without_letters(options)
        if bare is not options:
            self._note("letters_removed", row)
        return tuple(bare)

    def _inferred_kind(self, options: tuple[str, ...], key: frozenset[int], row: int) -> str:
        if is_true_false(options):
            return values.TRUE_FALSE
        if len(key) > 1:
            self._note("read_as_multiple", row)
            return values.MULTIPLE
        return values.SINGLE

    def _fixed_order(self, text: str, options: Sequence[str], kind: str, row: int) -> bool:
        asked = _read_yes_or_no(text)
        if asked is None:
            self._fault("unknown_fixed_order", row, text)
        if asked or kind == values.TRUE_FALSE:
            return True
        if values.mentions_others(options):
            self._note("order_fixed", row)
            return True
        return False

    def _date(self, cell: Any, row: int) -> date | None:
        if cell == "" or not str(cell).strip():
            return None
        found = values.read_date(cell)
        if found is None:
            self._fault("unreadable_date", row, shown_value(cell) or cell)
        return found

    def _level(self, text: str, row: int) -> str:
        level, mapped = _read_level(text)
        if level is None:
            self._fault("unknown_level", row, text)
        elif mapped:
            self._note("level_mapped", row)
        return str(level or "")

    def _without_number(self, stem: str, row: int) -> str:
        bare = values.without_number(stem)
        if bare != stem:
            self._note("number_removed", row)
        return bare

    def _is_no_item(self, stem: str, key: str, cells: Sequence[Any], row: int) -> bool:
        """Of a row without options: whether it is a heading, or has nothing to ask."""
        return self._read_heading(cells, row) or not (stem or key)

    def _read_heading(self, cells: Sequence[Any], row: int) -> bool:
        """Take a line like “Chương 2: …” as the topic of the rows below it."""
        filled = [
            text
            for place, cell in enumerate(cells)
            if (text := str(cell).strip()) and place != self._fault_column
        ]
        if len(filled) != 1 or not _HEADING.fullmatch(filled[0]):
            return False
        (self._topic,) = values.mend(filled)[0]
        self._note("heading_as_topic", row)
        return True

    def _texts(self, cells: Sequence[Any], row: int) -> list[str]:
        return [
            cell if isinstance(cell, str) else self._text(cell, row, place)
            for place, cell in zip(self._places, cells, strict=True)
        ]

    def _text(self, cell: Any, row: int, place: int) -> str:
        """A number, date or truth value as the person sees it in the cell."""
        if place in self._coded:
            return shown_value(cell) or str(cell)
        column = place + self._sheet.first_column
        shown = shown_value(cell, self._details().formats.get((row, column), "General"))
        if shown is None:
            self._fault("number_format", row, cell_name(row, column))
            return self._stand_in(row, column)
        self._note("cell_as_text", row)
        return shown

    def _cells(self, index: int, row: int) -> list[Any]:
        """The cells of a row and an empty one, with its name where a cell shows an error."""
        cells = [*self._sheet.rows[index], ""]
        for column, fault in self._flaws.errors_of(row):
            self.faults.append(fault)
            cells[column - self._sheet.first_column] = self._stand_in(row, column)
        return cells

    def _stand_in(self, row: int, column: int) -> str:
        """The name of a cell that has its fault already, in place of what could not be read."""
        name = cell_name(row, column)
        self._stand_ins.add(name)
        return name

    def _mended(self, code: str, row: int) -> None:
        if code == "legacy_font":
            self._fault(code, row)
        else:
            self._note(code, row)

    def _note(self, code: str, row: int) -> None:
        self._notices.note(code, self._sheet.name, row)

    def _fault(self, code: str, row: int, what: Any = "") -> None:
        if what not in self._stand_ins:
            self.faults.append(row_fault(code, self._sheet.name, row, what))
