"""Aiken out: items with one key, lines of one line each; what else an item has is told."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.drafts import ItemDraft, option_letter
from quiz.interfaces.excel.items_keys import is_true_false
from quiz.interfaces.formats.found import MULTIPLE, SINGLE, TRUE_FALSE, implied_order
from quiz.interfaces.formats.texts import one_line
from quiz.interfaces.formats.writing import left_out, not_carried, numbered

_LIKE_A_MARK = re.compile(r"[A-Z][.)]\s|ANSWER:")


def write_aiken(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]:
    """Write what Aiken can carry; a fault for each item of which something is left behind."""
    faults: list[Fault] = []
    for number, draft in numbered(items):
        if why := _why_not(draft):
            faults.append(left_out(number, draft, why))
            continue
        faults += not_carried(number, draft, _left_behind(draft))
        lines = [one_line(draft.stem)]
        lines += [
            f"{option_letter(place)}. {one_line(option)}"
            for place, option in enumerate(draft.options)
        ]
        lines.append(f"ANSWER: {option_letter(min(draft.key))}")
        target.write(("\n".join(lines) + "\n\n").encode())
    return tuple(faults)


def _why_not(draft: ItemDraft) -> str:
    if draft.kind == MULTIPLE:
        return _("câu nhiều đáp án")
    if _LIKE_A_MARK.match(one_line(draft.stem)):
        return _("câu dẫn bắt đầu như một dòng phương án hoặc đáp án")
    return ""


def _left_behind(draft: ItemDraft) -> Iterator[str]:
    """The names of what an item has and Aiken has no room for."""
    kind = TRUE_FALSE if is_true_false(draft.options) else SINGLE
    has = (
        (kind != draft.kind, _("loại câu")),
        ("\n" in "".join((draft.stem, *draft.options)), _("xuống dòng")),
        (draft.fixed_order != implied_order(kind, draft.options), _("giữ thứ tự")),
        (draft.topic, _("chủ đề")),
        (draft.level, _("mức độ")),
        (draft.rationale, _("giải thích")),
        (draft.citation, _("căn cứ")),
        (draft.tags, _("nhãn")),
        (draft.media, _("hình ảnh, âm thanh")),
        (draft.checked_on or draft.checked_by, _("ngày, người kiểm tra")),
    )
    return (name for there, name in has if there)
