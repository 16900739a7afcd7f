"""From any file to items a person can look at: which format it is, who reads it, what is wrong.

`FORMATS` is the list of formats the product speaks. A reader is trusted with nothing: what it gives
is mended and judged here in the same way for all.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.domain.legal_documents import citation_faults
from quiz.drafts import draft_faults
from quiz.interfaces.excel.items_reading import EXCEL, read_excel
from quiz.interfaces.formats.aiken_read import read_aiken
from quiz.interfaces.formats.gift_read import read_gift
from quiz.interfaces.formats.key_file import merge_keys, read_key_file
from quiz.interfaces.formats.moodle_read import read_moodle
from quiz.interfaces.formats.qti_read import read_qti
from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.interfaces.formats.sniffing import sniff
from quiz.interfaces.formats.text import read_text
from quiz.interfaces.formats.texts import read_whole
from quiz.interfaces.formats.word import read_word
from quiz.readings import Reading, ReadItem, RepairKind
from quiz.repairs import propose_repairs

AUTO = "auto"

Reader = Callable[..., Reading]


class UnknownFormat(UnreadableFile):
    code = "unknown_format"
    message = gettext_lazy("Chưa biết tệp này thuộc định dạng nào.")
    hint = gettext_lazy("Chọn định dạng trong danh sách, hoặc lưu thành .docx, .xlsx hay .txt.")


class NoItems(UnreadableFile):
    code = "no_items"
    message = gettext_lazy("Không tìm thấy câu hỏi nào trong tệp.")
    hint = gettext_lazy("Mỗi câu cần một câu dẫn và các phương án A, B, C… ở những dòng riêng.")


@dataclass(frozen=True)
class Format:
    """A format that is read, by its code; `suffixes` with their dot."""

    code: str
    name: str | Promise
    suffixes: tuple[str, ...]
    read: Reader


FORMATS: dict[str, Format] = {
    each.code: each
    for each in (
        Format("word", "Word", (".docx", ".docm"), read_word),
        Format(EXCEL, "Excel", (".xlsx", ".xls"), read_excel),
        Format("text", gettext_lazy("Văn bản thường"), (".txt",), read_text),
        Format("gift", "GIFT (Moodle)", (".gift", ".txt"), read_gift),
        Format("aiken", "Aiken", (".txt",), read_aiken),
        Format("moodle", "Moodle XML", (".xml",), read_moodle),
        Format("qti", "QTI 2.1, 2.2, 3.0", (".zip", ".xml"), read_qti),
    )
}


def accepted_suffixes() -> list[str]:
    """Of all formats, each once, in their order."""
    return list(dict.fromkeys(suffix for each in FORMATS.values() for suffix in each.suffixes))


def read_file(
    source: BinaryIO,
    *,
    name: str,
    format: str = AUTO,
    key_file: BinaryIO | None = None,
    key_name: str = "",
    key_column: str = "",
) -> Reading:
    """Everything in a file, mended and judged. Raises UnreadableFile and nothing else about it.

    `format` is a code of FORMATS; AUTO goes by what the bytes are, then by the name. `key_file`
    holds answers by number, which are joined to the items; `key_column` names one paper's.
    """
    data = read_whole(source)
    code = sniff(data, name) if format == AUTO else format
    if code not in FORMATS:
        raise UnknownFormat
    reading = FORMATS[code].read(io.BytesIO(data), name=name)
    if not reading.items:
        raise NoItems(hint=_told(reading))
    if key_file is not None:
        reading = merge_keys(reading, read_key_file(key_file, name=key_name), name=key_column)
    return judged(reading)


def judged(reading: Reading) -> Reading:
    """Every item with the faults that keep it out of any bank; twins are told where they meet."""
    items = [_judged(item, place) for place, item in enumerate(reading.items, 1)]
    return replace(reading, items=tuple(items))


def _judged(item: ReadItem, place: int) -> ReadItem:
    item = propose_repairs(item)
    draft = item.draft if item.draft.sheet else replace(item.draft, row=place)
    told = list(item.faults)
    if any(repair.kind == RepairKind.LEGACY_FONT for repair in item.repairs):
        told = [fault for fault in told if fault.code != "legacy_font"]
    codes = {fault.code for fault in told}
    if any("key" in code for code in codes):  # the reader's own words say more
        codes.add("no_key")
    more = [
        fault
        for fault in (*draft_faults(draft), *citation_faults(draft))
        if fault.code not in codes
    ]
    return replace(item, draft=draft, faults=(*told, *more))


def _told(reading: Reading) -> str | None:
    """What was met instead of items, in place of the general hint."""
    if not reading.skipped:
        return None
    first = " ".join(str(fault) for fault in reading.skipped[:3])
    more = len(reading.skipped) - 3
    told = {"first": first, "more": more}
    return first if more <= 0 else _("%(first)s (và %(more)d chỗ khác)") % told
