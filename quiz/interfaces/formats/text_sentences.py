"""What the readers of free text say about an item, a passage or a file, each by its code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.errors import Fault
from quiz.readings import Passage

# Code → (what is the matter, what to do). `%(what)s` repeats what stands in the file.
_SENTENCES: dict[str, tuple[Any, Any]] = {
    "essay_item": (
        _("Câu tự luận chưa nhập được."),
        _("Bỏ qua, hoặc soạn lại thành câu có phương án trả lời."),
    ),
    "no_options": (
        _("Không tìm thấy phương án trả lời nào của câu này."),
        _("Kiểm tra trong tệp: mỗi phương án cần bắt đầu bằng A., B., C.…"),
    ),
    "left_out": (
        _("Đoạn này không thuộc câu hỏi nào nên để lại."),
        _("Nếu trong đoạn có câu hỏi, ghi “Câu 1:” và “A.”, “B.” ở đầu dòng."),
    ),
    "left_out_inside": (
        _("Có đoạn trong câu chưa đưa vào đâu: “%(what)s”."),
        _("Nếu là giải thích hay phương án, chép vào đúng chỗ."),
    ),
    "stem_from_above": (
        _("Câu không có câu dẫn riêng nên lấy đoạn phía trên làm câu dẫn."),
        _("Xem câu dẫn có đúng không."),
    ),
    "heading_as_topic": (
        _("Tiêu đề “%(what)s” được dùng làm chủ đề của các câu bên dưới."),
        _("Nếu không đúng, sửa chủ đề của từng câu."),
    ),
    "key_list_used": (
        _("Bảng đáp án trong tệp có %(what)s đáp án, đã ghép theo số câu."),
        _("Không cần làm gì."),
    ),
    "key_list_unmatched": (
        _("Bảng đáp án không ghép được: số câu trong tệp lặp lại theo từng phần."),
        _("Chọn đáp án từng câu, hoặc tách mỗi phần thành một tệp."),
    ),
    "only_answers": (
        _("Tệp có %(what)s đáp án nhưng không có câu hỏi nào."),
        _("Tải tệp câu hỏi lên, rồi chọn tệp này làm tệp đáp án."),
    ),
    "several_papers": (
        _("Bảng đáp án có nhiều mã đề (%(what)s) nên chưa dùng."),
        _("Chọn mã đề ứng với tệp câu hỏi này."),
    ),
    "key_without_item": (
        _("Đáp án của câu %(what)s không có câu hỏi tương ứng."),
        _("Kiểm tra số câu trong tệp câu hỏi và tệp đáp án."),
    ),
    "hidden_text": (
        _("Chữ ẩn trong tệp Word không được đọc."),
        _("Nếu cần, bỏ định dạng ẩn (Hidden) rồi tải lên lại."),
    ),
    "evidence_disagrees": (
        _("Các dấu hiệu đáp án trong tệp không khớp nhau."),
        _("Đối chiếu với văn bản gốc rồi chọn phương án đúng."),
    ),
    "letters_out_of_order": (
        _("Chữ cái của các phương án bị thiếu hoặc lặp."),
        _("Xem lại thứ tự phương án trước khi nhận đáp án."),
    ),
    "number_missing": (
        _("Câu này không có số thứ tự trong tệp."),
        _("Xem câu dẫn có bị lẫn với câu trước không."),
    ),
    "has_picture": (
        _("Có hình ảnh ở %(what)s, chưa được đưa vào."),
        _("Thêm hình ảnh ở trang câu hỏi sau khi nhập."),
    ),
    "has_formula": (
        _("Có công thức ở %(what)s, được đọc thành chữ thường."),
        _("Xem lại công thức."),
    ),
    "order_fixed": (
        _("Có phương án nhắc đến phương án khác nên thứ tự phương án được giữ nguyên."),
        _("Không cần làm gì."),
    ),
    "read_as_multiple": (
        _("Có hơn một đáp án nên được hiểu là câu nhiều đáp án."),
        _("Nếu chỉ một đáp án đúng, bỏ bớt."),
    ),
    "level_unknown": (
        _("Chưa có mức độ “%(what)s”."),
        _("Chọn Nhận biết, Thông hiểu hoặc Vận dụng."),
    ),
    "no_items": (
        _("Không tìm thấy câu hỏi nào trong tệp."),
        _("Mỗi câu cần bắt đầu bằng “Câu 1:” hoặc “1.”, mỗi phương án bằng “A.”, “B.”."),
    ),
}


def fault(code: str, place: str, what: Any = "", *, row: int = 0) -> Fault:
    """The fault or notice of this code, at this place."""
    message, hint = _SENTENCES[code]
    return Fault(place, code, str(message) % {"what": what}, str(hint), row=row)


def passage(code: str, place: str, source: str, what: Any = "", *, row: int = 0) -> Passage:
    """The same, with the passage it is about."""
    message, hint = _SENTENCES[code]
    said = str(message) % {"what": what}
    return Passage(place, code, said, str(hint), row=row, source=source)
