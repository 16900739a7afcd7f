"""The formats in which items leave a bank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.errors import Fault
from quiz.drafts import ItemDraft
from quiz.interfaces.formats.aiken_write import write_aiken
from quiz.interfaces.formats.excel_write import write_excel
from quiz.interfaces.formats.gift_write import write_gift
from quiz.interfaces.formats.moodle_write import write_moodle
from quiz.interfaces.formats.qti_write import write_qti
from quiz.interfaces.formats.word_write import write_word

Write = Callable[[Sequence[ItemDraft], BinaryIO], tuple[Fault, ...]]


@dataclass(frozen=True)
class Writer:
    """`suffix` is that of the file; `note` tells what the format is good for."""

    code: str
    name: str
    suffix: str
    note: Any
    write: Write


WRITERS = {
    writer.code: writer
    for writer in (
        Writer(
            "excel",
            "Excel",
            ".xlsx",
            _("Sửa hàng loạt rồi nhập lại; đúng các cột của tệp mẫu."),
            write_excel,
        ),
        Writer(
            "word",
            "Word",
            ".docx",
            _("Bản để đọc, in, góp ý; đọc lại được khi giữ nguyên cách trình bày."),
            write_word,
        ),
        Writer(
            "gift",
            "GIFT",
            ".gift.txt",
            _("Tệp chữ của Moodle; giữ đủ, trừ hình ảnh và âm thanh."),
            write_gift,
        ),
        Writer(
            "moodle",
            "Moodle XML",
            ".xml",
            _("Đưa vào Moodle; giữ đủ, trừ âm thanh."),
            write_moodle,
        ),
        Writer(
            "qti",
            "QTI 2.1",
            ".zip",
            _("Gói chuẩn để đưa sang hệ thống khác; giữ đủ, trừ âm thanh."),
            write_qti,
        ),
        Writer(
            "aiken",
            "Aiken",
            ".txt",
            _("Tệp chữ đơn giản nhất: chỉ câu dẫn, phương án và một đáp án."),
            write_aiken,
        ),
    )
}
