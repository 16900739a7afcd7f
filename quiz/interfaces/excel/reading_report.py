"""What was read from a file, as a workbook to go through at a desk."""

import os
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.errors import Fault
from quiz.checks import Finding
from quiz.drafts import option_letter
from quiz.interfaces.excel.sheets import TITLE, OfficeSheet
from quiz.reading_labels import evidence_label, field_label, letters_of, repair_label
from quiz.readings import Reading, ReadItem

_WIDTHS = (6, 16, 44, 44, 9, 30, 10, 40, 40, 40, 40, 50)


def write_reading_report(
    reading: Reading,
    found: Mapping[int, Sequence[Finding]],
    *,
    name: str,
    target: str | os.PathLike[str] | BinaryIO,
) -> None:
    """One row an item: stem, options, key, evidence, confidence, faults, notices, what the item
    checks `found` (by place from 0), repairs, source.

    A second sheet lists what could not be read. Every text is a text cell, “=1+1” too.
    """
    book = Workbook(write_only=True)
    sheet = OfficeSheet(book, _("Câu hỏi đọc được"), _WIDTHS)
    sheet.line(_("Câu hỏi đọc từ tệp %s") % name, font=TITLE)
    sheet.header(
        (
            *(_("STT"), _("Câu"), _("Câu dẫn"), _("Phương án"), _("Đáp án"), _("Căn cứ vào")),
            *(_("Độ chắc (%)"), _("Lỗi"), _("Lưu ý"), _("Gợi ý")),
            *(_("Sửa chữ"), _("Trong tệp")),
        )
    )
    for number, item in enumerate(reading.items, 1):
        sheet.row(_columns(number, item, found.get(number - 1, ())))
    if reading.skipped:
        aside = OfficeSheet(book, _("Không đọc được"), (30, 60, 60))
        aside.header((_("Vị trí"), _("Lỗi"), _("Cách sửa")))
        for fault in reading.skipped:
            aside.row((fault.place, fault.message, fault.hint))
    book.save(target)


def _columns(number: int, item: ReadItem, findings: Sequence[Finding]) -> tuple[int | str, ...]:
    options = enumerate(item.draft.options)
    repairs = (
        f"{field_label(each.field)}, {repair_label(each.kind)}: {each.before} → {each.after}"
        for each in item.repairs
    )
    return (
        number,
        item.label,
        item.draft.stem,
        "\n".join(f"{option_letter(place)}. {text}" for place, text in options),
        letters_of(item.draft.key),
        "\n".join(map(evidence_label, item.evidence)),
        item.confidence,
        _sentences(item.faults),
        _sentences(item.notices),
        _sentences(findings),
        "\n".join(repairs),
        item.source,
    )


def _sentences(faults: Sequence[Fault | Finding]) -> str:
    return "\n".join(f"{fault.message} {fault.hint}".strip() for fault in faults)
