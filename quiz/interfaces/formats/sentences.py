"""The sentences of readers and writers: what is unsupported, left out, or worth a look."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Fault

# Code → (what is so, what to do). `%(what)s` names the thing.
_SENTENCES: dict[str, tuple[Any, Any]] = {
    "unsupported_type": (
        gettext_lazy("Chưa nhập được loại câu “%(what)s”."),
        gettext_lazy("Soạn lại thành câu chọn đáp án nếu cần dùng câu này."),
    ),
    "unreadable_item": (
        gettext_lazy("Không đọc được câu này: %(what)s."),
        gettext_lazy("Sửa trong tệp gốc rồi tải lên lại."),
    ),
    "outside_package": (
        gettext_lazy("“%(what)s” nằm ngoài gói nên không được đọc."),
        gettext_lazy("Đưa tệp này vào trong gói rồi tải lên lại."),
    ),
    "missing_part": (
        gettext_lazy("Gói thiếu tệp “%(what)s”."),
        gettext_lazy("Xuất lại gói từ hệ thống cũ."),
    ),
    "media_left_out": (
        gettext_lazy("Hình ảnh, âm thanh chưa được đưa vào: %(what)s."),
        gettext_lazy("Thêm lại tệp này khi soạn câu."),
    ),
    "fractions_left_out": (
        gettext_lazy("Tỉ lệ điểm của từng phương án không giữ được: %(what)s."),
        gettext_lazy("Xem lại đáp án; cách tính điểm do thể lệ quy định."),
    ),
    "feedback_left_out": (
        gettext_lazy("Lời nhận xét cho phương án sai không giữ được: %(what)s."),
        gettext_lazy("Chép sang ô “Giải thích” nếu cần."),
    ),
    "order_fixed": (
        gettext_lazy(
            "Có phương án nhắc đến phương án khác (như “Cả A, B, C đều đúng”) "
            "nên thứ tự phương án được giữ nguyên."
        ),
        gettext_lazy("Không cần làm gì."),
    ),
    "some_options_fixed": (
        gettext_lazy("Tệp chỉ giữ chỗ một số phương án; cả câu được giữ nguyên thứ tự."),
        gettext_lazy("Bỏ “Giữ thứ tự” nếu các phương án đảo được."),
    ),
    "tags_left_out": (
        gettext_lazy("Nhãn quá dài hoặc quá nhiều, không giữ được: %(what)s."),
        gettext_lazy("Đặt nhãn ngắn hơn khi soạn câu."),
    ),
    "level_mapped": (
        gettext_lazy("Mức độ “%(what)s” được xếp vào Nhận biết, Thông hiểu hoặc Vận dụng."),
        gettext_lazy("Xem lại mức độ."),
    ),
    "own_scoring": (
        gettext_lazy("Câu có cách chấm riêng trong tệp; chỉ lấy đáp án đã ghi."),
        gettext_lazy("Xem lại đáp án của câu này."),
    ),
    "key_disagrees": (
        gettext_lazy("Tệp ghi hai đáp án khác nhau: đáp án đúng và phương án được tính điểm."),
        gettext_lazy("Xem lại đáp án của câu này."),
    ),
    "stem_with_blank": (
        gettext_lazy("Chỗ trống trong câu dẫn được ghi là “_____”."),
        gettext_lazy("Xem lại câu dẫn."),
    ),
    "not_carried": (
        gettext_lazy("Định dạng này không mang được: %(what)s."),
        gettext_lazy("Dùng GIFT, Moodle XML hoặc QTI nếu cần giữ đủ."),
    ),
    "media_not_carried": (
        gettext_lazy("Câu có hình ảnh hoặc âm thanh không nằm trong tệp."),
        gettext_lazy("Gắn lại khi đưa câu vào hệ thống khác."),
    ),
    "left_out": (
        gettext_lazy("Câu này không ghi được vào tệp: %(what)s."),
        gettext_lazy("Xuất câu này bằng định dạng khác."),
    ),
}
# Types of other systems that no item of ours can hold, as Moodle, GIFT and QTI name them.
_TYPES: dict[str, Any] = {
    "shortanswer": gettext_lazy("trả lời ngắn"),
    "numerical": gettext_lazy("điền số"),
    "essay": gettext_lazy("tự luận"),
    "match": gettext_lazy("ghép đôi"),
    "matching": gettext_lazy("ghép đôi"),
    "description": gettext_lazy("đoạn giới thiệu"),
    "cloze": gettext_lazy("điền vào đoạn văn"),
    "multianswer": gettext_lazy("điền vào đoạn văn"),
    "gapselect": gettext_lazy("chọn từ điền chỗ trống"),
    "ddwtos": gettext_lazy("kéo thả từ"),
    "ordering": gettext_lazy("sắp thứ tự"),
    "calculated": gettext_lazy("tính toán"),
    "textEntryInteraction": gettext_lazy("trả lời ngắn"),
    "extendedTextInteraction": gettext_lazy("tự luận"),
    "matchInteraction": gettext_lazy("ghép đôi"),
    "associateInteraction": gettext_lazy("ghép đôi"),
    "orderInteraction": gettext_lazy("sắp thứ tự"),
    "inlineChoiceInteraction": gettext_lazy("chọn từ điền chỗ trống"),
    "gapMatchInteraction": gettext_lazy("kéo thả từ"),
    "composite": gettext_lazy("nhiều phần trong một câu"),
}


def said(code: str, place: str, what: Any = "") -> Fault:
    """A fault or notice of one place."""
    message, hint = _SENTENCES[code]
    return Fault(place, code, str(message) % {"what": what}, str(hint))


def unsupported(place: str, type: str) -> Fault:
    """An item left out for its type, by the name people know and the one of the format."""
    name = f"{_TYPES[type]} ({type})" if type in _TYPES else type
    return said("unsupported_type", place, name)


def place_in_file(number: int, line: int) -> str:
    """“Câu 3 (dòng 14)”."""
    return _("Câu %(number)d (dòng %(line)d)") % {"number": number, "line": line}


def listed(names: list[str]) -> str:
    """Up to five names: “a”, “b” …"""
    shown = ", ".join(f"“{name[:60]}”" for name in names[:5])
    return f"{shown}, …" if len(names) > 5 else shown
