"""Rows that need no interpretation: most rows of most workbooks, read without ceremony.

RowReader understands every row, at several times what calamine needs to parse it. A row of tidy
texts with one sure key and nothing to object to passes here at a fifth of that. What this module
is not sure of it leaves alone, and what it reads it reads as RowReader would:
`test_plain_rows_read_like_any_other` holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from quiz.domain.tags import read_tags
from quiz.drafts import MAX_OPTIONS, ItemDraft, tag_problems
from quiz.interfaces.excel import items_values as values
from quiz.interfaces.excel.items_keys import sure_key
from quiz.interfaces.excel.items_notices import NoticeBook

_BLOCK = 64  # rows whose tidiness is looked at together
# Three: of two, “Đúng” and “Sai” would make another kind.
_FEWEST_OPTIONS = 3
# Longer texts than the first, longer topics or names than the second, may be too long.
_LONG_TEXT = 1000
_LONG_NAME = 150


class _Lookup(dict[str, Any]):
    """Remembers what each text of a column means, since few different ones stand there."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        self[text] = self._read(text)
        return self[text]


class PlainReader:
    """Reads the plain rows of one sheet."""

    def __init__(self, sheet_name: str, notices: NoticeBook) -> None:
        self._sheet = sheet_name
        self._notices = notices
        self._kinds = _Lookup(_may_be_single)
        self._levels = _Lookup(_sure_level)
        self._orders = _Lookup(values.read_yes_or_no)
        self._tags = _Lookup(_sure_tags)

    def read(
        self, cells: Sequence[str], checked_on: Any, topic_above: str, row: int
    ) -> ItemDraft | None:
        """The draft of tidy `cells` (the fields of RowReader, then the options) if sure of it."""
        (
            stem, key, kind, topic, level, order, rationale, document, citation, checked_by, tags,
            *options,
        ) = cells  # fmt: skip
        if "" in options:
            filled = options[: options.index("")]
            if any(options[len(filled) :]):
                return None
            options = filled
        if not (stem and _FEWEST_OPTIONS <= len(options) <= MAX_OPTIONS and self._kinds[kind]):
            return None
        bare_stem = values.without_number(stem)
        bare_options = values.without_letters(options)
        places = sure_key(key, bare_options)
        fixed_order = self._orders[order]
        level = self._levels[level]
        sure_tags = self._tags[tags]
        if (
            places is None
            or fixed_order is None
            or level is None
            or sure_tags is None
            or (checked_on != "" and type(checked_on) is not date)
            or len({*map(str.lower, bare_options)}) != len(options)
            or (not fixed_order and values.mentions_others(bare_options))
            or _is_unusual(cells, topic, checked_by)
        ):
            return None
        if bare_options is not options or bare_stem is not stem:
            self._note(bare_options is not options, bare_stem is not stem, row)
        if document and citation:
            citation = f"{document}, {citation}"
        return _made(
            kind=values.SINGLE, stem=bare_stem, options=tuple(bare_options), key=places,
            fixed_order=fixed_order, topic=topic or topic_above, level=level, rationale=rationale,
            citation=citation or document, checked_on=checked_on or None, checked_by=checked_by,
            tags=sure_tags or None, sheet=self._sheet, row=row,
        )  # fmt: skip

    def _note(self, letters: bool, number: bool, row: int) -> None:
        if letters:
            self._notices.note("letters_removed", self._sheet, row)
        if number:
            self._notices.note("number_removed", self._sheet, row)


def _made(**fields: Any) -> ItemDraft:
    """ItemDraft(**fields), which as a frozen dataclass takes more than twice the time itself."""
    draft = ItemDraft.__new__(ItemDraft)
    vars(draft).update(fields)
    return draft


def _is_unusual(cells: Sequence[str], topic: str, checked_by: str) -> bool:
    """Texts that may be too long or in a legacy font, and the template's example."""
    stem = cells[0]
    return (
        max(map(len, cells)) > _LONG_TEXT
        or len(topic) > _LONG_NAME
        or len(checked_by) > _LONG_NAME
        or not (values.is_modern(stem) or all(map(str.isascii, cells)))
        or stem[:5].lower() == "ví dụ"
    )


def tidy_rows(rows: Sequence[Sequence[Any]]) -> Iterator[bool]:
    """For each row whether all of it is text that needs no mending."""
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        if _is_tidy(chain.from_iterable(block)):
            yield from [True] * len(block)
        else:
            yield from map(_is_tidy, block)


def _is_tidy(cells: Iterable[Any]) -> bool:
    try:
        return values.is_tidy(cells)
    except TypeError:  # a number or a date among them
        return False


def _may_be_single(text: str) -> bool:
    return values.read_kind(text) in (values.INFERRED, values.SINGLE)


def _sure_level(text: str) -> str | None:
    level, mapped = values.read_level(text)
    return None if mapped else level


def _sure_tags(text: str) -> tuple[str, ...] | None:
    tags = read_tags(text)
    return None if any(tag_problems(tags)) else tags
