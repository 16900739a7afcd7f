"""Excel out: the very columns of the template, so that the file can be worked on and taken back."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from accounts.errors import Fault
from quiz.drafts import MAX_OPTIONS, ItemDraft, option_letter
from quiz.interfaces.excel.cells import clean_text, text_cell
from quiz.interfaces.excel.items_keys import read_key
from quiz.interfaces.excel.items_template import COLUMNS, ITEM_SHEET, Column, style_head
from quiz.interfaces.excel.items_values import mend, without_letters, without_number
from quiz.interfaces.formats.extras import KIND_WORD, LEVEL_WORD, NO, YES
from quiz.interfaces.formats.found import implied_order
from quiz.interfaces.formats.texts import one_line
from quiz.interfaces.formats.writing import left_out, not_carried, numbered

_LETTERS = frozenset(option_letter(place) for place in range(MAX_OPTIONS))
_TEMPLATE_OPTIONS = sum(column.name in _LETTERS for column in COLUMNS)


def write_excel(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write one row an item; a fault for each that would not come back as it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ITEM_SHEET)
    columns = _columns(items)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.append([style_head(text_cell(sheet, column.name)) for column in columns])
    faults: list[Fault] = []
    for number, draft in numbered(items):
        key = _key(draft)
        if not key:
            faults.append(left_out(number, draft, _("đáp án trùng chữ với một phương án khác")))
            continue
        faults += not_carried(number, draft, _changed(draft))
        values = _values(draft, key)
        sheet.append([_cell(sheet, column, values.get(column.name)) for column in columns])
    book.save(target)
    return tuple(faults)


def _columns(items: Sequence[ItemDraft]) -> list[Column]:
    """Those of the template, with as many for options as the longest item needs."""
    most = max((len(draft.options) for draft in items), default=0)
    last = next(n for n, c in enumerate(COLUMNS) if c.name == option_letter(_TEMPLATE_OPTIONS - 1))
    more = [
        Column(option_letter(place), COLUMNS[last].width)
        for place in range(_TEMPLATE_OPTIONS, most)
    ]
    return [*COLUMNS[: last + 1], *more, *COLUMNS[last + 1 :]]


def _values(draft: ItemDraft, key: str) -> dict[str, object]:
    """Column name → value."""
    options = {option_letter(place): text for place, text in enumerate(draft.options)}
    return options | {
        "Nội dung câu hỏi": draft.stem,
        "Đáp án": key,
        "Loại câu": KIND_WORD[draft.kind],
        "Chủ đề": draft.topic,
        "Mức độ": LEVEL_WORD.get(draft.level, ""),
        "Nhãn": ", ".join(draft.tags or ()),
        "Giữ thứ tự": YES if draft.fixed_order else NO,
        "Giải thích": draft.rationale,
        "Căn cứ": "; ".join(draft.citation.splitlines()),
        "Ngày kiểm tra": draft.checked_on,
        "Người kiểm tra": draft.checked_by,
    }


def _cell(sheet: object, column: Column, value: object) -> Cell | None:
    if value in ("", None):
        return None
    if isinstance(value, str):
        return text_cell(sheet, value)
    made = WriteOnlyCell(sheet, value)
    made.number_format = column.number_format
    return made


def _key(draft: ItemDraft) -> str:
    """The key as the reader understands it, "" if it can't: “C”, “A, C”, or “B. two”."""
    texts = [one_line(option) for option in draft.options]
    letters = [option_letter(place) for place in sorted(draft.key)]
    ways = [", ".join(letters)]
    if len(letters) == 1:
        ways.append(f"{letters[0]}. {texts[min(draft.key)]}")
    return next((way for way in ways if read_key(way, texts).places == draft.key), "")


def _changed(draft: ItemDraft) -> Iterator[str]:
    """The names of what would be read back in another form."""
    texts = (draft.stem, *draft.options, draft.rationale)
    lines = [one_line(text) for text in texts]
    options = lines[1:-1]
    if draft.media:
        yield _("hình ảnh, âm thanh")
    if "\n" in "".join(texts):
        yield _("xuống dòng")
    if without_number(lines[0]) != lines[0]:
        yield _("số câu ở đầu câu dẫn")
    if list(without_letters(options)) != options:
        yield _("chữ cái ở đầu phương án")
    if not draft.fixed_order and implied_order(draft.kind, options):
        yield _("cho đảo phương án")
    read, mended = mend([*lines, draft.topic, draft.checked_by])
    kept = [clean_text(text) for text in (*lines, draft.topic, draft.checked_by)]
    if mended or list(read) != kept:
        yield _("ký tự lạ")
