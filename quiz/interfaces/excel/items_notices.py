"""What the reader mended or assumed: told once per sheet, with the rows it happened in."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_NAMED_ROWS = 8  # rows named in the sentence; the annotated copy marks all of them

# Code → (what was done, what to look at).
_SENTENCES: dict[str, tuple[Any, Any]] = {
    "nfd_text": (
        gettext_lazy("Dấu tiếng Việt gõ kiểu tổ hợp (chữ và dấu rời nhau) đã được ghép lại."),
        gettext_lazy("Không cần làm gì."),
    ),
    "wrong_letter": (
        gettext_lazy("Chữ “ƣ/Ƣ” gõ nhầm đã được đọc là “ư/Ư”."),
        gettext_lazy("Xem lại các câu này khi duyệt."),
    ),
    "order_fixed": (
        gettext_lazy(
            "Có phương án nhắc đến phương án khác (như “Cả A, B, C đều đúng”) "
            "nên thứ tự phương án được giữ nguyên."
        ),
        gettext_lazy("Không cần làm gì."),
    ),
    "read_as_multiple": (
        gettext_lazy("Câu có hơn một đáp án được hiểu là câu “Nhiều đáp án”."),
        gettext_lazy("Nếu chỉ một đáp án đúng, sửa cột “Đáp án”."),
    ),
    "cell_as_text": (
        gettext_lazy("Ô chứa số hoặc ngày tháng được đọc thành chữ như đang hiển thị."),
        gettext_lazy("Xem lại các câu này; để chắc chắn, định dạng ô là Văn bản rồi gõ lại."),
    ),
    "letters_removed": (
        gettext_lazy("Chữ cái “A.”, “B.”… ở đầu phương án đã được bỏ."),
        gettext_lazy("Không cần làm gì: hệ thống tự đánh chữ cái."),
    ),
    "number_removed": (
        gettext_lazy("“Câu 1:”, “Câu 2:”… ở đầu câu dẫn đã được bỏ."),
        gettext_lazy("Không cần làm gì: hệ thống tự đánh số."),
    ),
    "heading_as_topic": (
        gettext_lazy("Dòng tiêu đề được dùng làm chủ đề cho các câu bên dưới."),
        gettext_lazy("Nếu không đúng, điền cột “Chủ đề” cho từng câu."),
    ),
    "level_mapped": (
        gettext_lazy(
            "Mức độ ghi theo thang khác được xếp vào Nhận biết, Thông hiểu hoặc Vận dụng."
        ),
        gettext_lazy("Xem lại cột “Mức độ”."),
    ),
    "sheet_skipped": (
        gettext_lazy("Trang không có bảng câu hỏi nên không được đọc."),
        gettext_lazy("Nếu trang có câu hỏi, thêm dòng tiêu đề như trong tệp mẫu."),
    ),
    "hidden_sheet_skipped": (
        gettext_lazy("Trang đang ẩn, không có bảng câu hỏi nên không được đọc."),
        gettext_lazy("Không cần làm gì."),
    ),
}


@dataclass(frozen=True)
class Notice:
    """Something to know that blocks nothing; `rows` are all rows of the sheet it is about."""

    place: str
    code: str
    message: str
    hint: str = ""
    sheet: str = ""
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.hint}".strip()


class NoticeBook:
    """Collects notices while a workbook is read."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._unknown: dict[str, tuple[str, ...]] = {}

    def note(self, code: str, sheet: str, row: int = 0) -> None:
        """Remember that `code` happened in a row (0: in the sheet as a whole)."""
        rows = self._rows[sheet, code]
        if row and (not rows or rows[-1] != row):
            rows.append(row)

    def note_unknown_columns(self, sheet: str, names: tuple[str, ...]) -> None:
        self._unknown[sheet] = names

    def notices(self) -> list[Notice]:
        """One per sheet and code, in the order first met."""
        found = []
        for (sheet, code), rows in self._rows.items():
            message, hint = map(str, _SENTENCES[code])
            found.append(Notice(_place(sheet, rows), code, message, hint, sheet, tuple(rows)))
        return found + [_about_columns(sheet, names) for sheet, names in self._unknown.items()]


def _about_columns(sheet: str, names: tuple[str, ...]) -> Notice:
    listed = ", ".join(f"“{name}”" for name in names)
    return Notice(
        _place(sheet, []),
        "columns_ignored",
        _("Cột không dùng đến: %s.") % listed,
        _("Nếu cột này cần cho câu hỏi, đổi tên cột như trong tệp mẫu."),
        sheet,
    )


def _place(sheet: str, rows: list[int]) -> str:
    if not rows:
        return _("Trang “%s”") % sheet
    named = ", ".join(map(str, rows[:_NAMED_ROWS]))
    if len(rows) > _NAMED_ROWS:
        more = {"sheet": sheet, "rows": named, "more": len(rows) - _NAMED_ROWS}
        return _("Trang “%(sheet)s”, dòng %(rows)s và %(more)d dòng khác") % more
    return _("Trang “%(sheet)s”, dòng %(rows)s") % {"sheet": sheet, "rows": named}
