"""The sentences of the reader's own faults; what makes an item sound is said in quiz.drafts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Fault
from quiz.drafts import place_of

# Code → (what is wrong, what to do). `%(what)s` names the cell or repeats what stands there.
_SENTENCES: dict[str, tuple[Any, Any]] = {
    "key_unreadable": (
        gettext_lazy("Chưa hiểu đáp án “%(what)s”."),
        gettext_lazy("Ghi chữ cái của phương án đúng, ví dụ “B” hoặc “A, C”."),
    ),
    "key_ambiguous": (
        gettext_lazy("Đáp án “%(what)s” vừa là ký hiệu, vừa là nội dung của phương án khác."),
        gettext_lazy("Ghi cả chữ cái và nội dung, ví dụ “B. 2”."),
    ),
    "key_disagrees": (
        gettext_lazy("Đáp án “%(what)s” có chữ cái và nội dung không khớp nhau."),
        gettext_lazy("Chỉ ghi chữ cái của phương án đúng."),
    ),
    "unknown_kind": (
        gettext_lazy("Chưa có loại câu “%(what)s”."),
        gettext_lazy("Ghi “Một đáp án”, “Nhiều đáp án” hoặc “Đúng/Sai”, hoặc để trống."),
    ),
    "essay_item": (
        gettext_lazy("Chưa nhập được câu tự luận."),
        gettext_lazy("Bỏ dòng này khỏi tệp."),
    ),
    "unknown_level": (
        gettext_lazy("Chưa có mức độ “%(what)s”."),
        gettext_lazy("Ghi “Nhận biết”, “Thông hiểu” hoặc “Vận dụng”, hoặc để trống."),
    ),
    "unknown_fixed_order": (
        gettext_lazy("Cột “Giữ thứ tự” ghi “%(what)s”."),
        gettext_lazy("Ghi “Có” hoặc “Không”, hoặc để trống."),
    ),
    "unreadable_date": (
        gettext_lazy("Ngày kiểm tra “%(what)s” không đọc được."),
        gettext_lazy("Ghi theo dạng ngày/tháng/năm, ví dụ 05/09/2026."),
    ),
    "error_value": (
        gettext_lazy("Ô %(what)s."),
        gettext_lazy("Sửa công thức, hoặc thay công thức bằng nội dung."),
    ),
    "formula_unread": (
        gettext_lazy("Ô %(what)s có công thức chưa được tính."),
        gettext_lazy("Mở tệp bằng Excel rồi lưu lại, hoặc thay công thức bằng nội dung."),
    ),
    "number_format": (
        gettext_lazy("Ô %(what)s chứa số hoặc ngày có định dạng riêng nên có thể đọc sai."),
        gettext_lazy("Định dạng ô là Văn bản (Text) rồi gõ lại đúng như cần hiển thị."),
    ),
    "merged_cells": (
        gettext_lazy("Các ô %(what)s đang gộp."),
        gettext_lazy("Bỏ gộp ô (Merge & Center) rồi điền đủ từng dòng."),
    ),
    "legacy_font": (
        gettext_lazy("Chữ gõ bằng phông cũ (TCVN3 hoặc VNI)."),
        gettext_lazy("Chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi dán lại."),
    ),
    "duplicate_in_file": (
        gettext_lazy("Câu hỏi trùng với câu ở %(what)s."),
        gettext_lazy("Xoá một trong hai dòng."),
    ),
    "duplicate_in_bank": (
        gettext_lazy("Câu hỏi đã có trong ngân hàng: %(what)s."),
        gettext_lazy("Xoá dòng này, hoặc sửa câu đã có trong ngân hàng."),
    ),
    "hidden_sheet": (
        gettext_lazy("Trang đang ẩn nhưng có câu hỏi."),
        gettext_lazy("Bỏ ẩn trang nếu cần nhập, hoặc xoá trang khỏi tệp."),
    ),
    "missing_columns": (
        gettext_lazy("Bảng thiếu cột: %(what)s."),
        gettext_lazy("Thêm cột hoặc sửa tên cột như trong tệp mẫu."),
    ),
    "twin_columns": (
        gettext_lazy("Có hai cột cùng ý nghĩa: %(what)s."),
        gettext_lazy("Giữ lại một cột."),
    ),
    "no_header": (
        gettext_lazy("Không tìm thấy bảng câu hỏi nào trong tệp."),
        gettext_lazy("Dùng tệp mẫu, hoặc đặt dòng tiêu đề: Nội dung câu hỏi, A, B, C, D, Đáp án."),
    ),
    "no_items": (
        gettext_lazy("Tệp chưa có câu hỏi nào."),
        gettext_lazy("Điền câu hỏi vào các dòng dưới dòng tiêu đề."),
    ),
    "too_many_rows": (
        gettext_lazy("Tệp có hơn %(what)s dòng câu hỏi."),
        gettext_lazy("Chia thành nhiều tệp."),
    ),
}


def row_fault(code: str, sheet: str, row: int, what: Any = "") -> Fault:
    """A fault of one row; of the whole sheet when `row` is 0."""
    place = place_of(sheet, row) if row else _("Trang “%s”") % sheet
    return Fault(place, code, *_sentences(code, what), sheet=sheet, row=row)


def file_fault(code: str, file_name: str, what: Any = "") -> Fault:
    """A fault of the file as a whole."""
    return Fault(place_of_file(file_name), code, *_sentences(code, what))


def place_of_file(file_name: str) -> str:
    """“Tệp cau-hoi.xlsx”."""
    return _("Tệp %s") % file_name if file_name else _("Tệp tải lên")


def _sentences(code: str, what: Any) -> tuple[str, str]:
    message, hint = _SENTENCES[code]
    return str(message) % {"what": what}, str(hint)
