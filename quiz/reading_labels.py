"""What a person is told of a key's evidence and of a proposed repair."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.drafts import option_letter
from quiz.readings import CERTAIN, Evidence, Mark, RepairKind

_MARKS: dict[Mark, Any] = {
    Mark.STATED: gettext_lazy("ghi trong tệp"),
    Mark.ANSWER_LINE: gettext_lazy("dòng “Đáp án”"),
    Mark.INLINE: gettext_lazy("ghi chú ngay trong phương án"),
    Mark.STAR: gettext_lazy("dấu * trước phương án"),
    Mark.BOLD: gettext_lazy("in đậm"),
    Mark.UNDERLINE: gettext_lazy("gạch chân"),
    Mark.HIGHLIGHT: gettext_lazy("tô nền"),
    Mark.COLOUR: gettext_lazy("chữ màu"),
    Mark.TABLE_COLUMN: gettext_lazy("cột đáp án"),
    Mark.ANSWER_TABLE: gettext_lazy("bảng đáp án cuối tệp"),
    Mark.KEY_FILE: gettext_lazy("tệp đáp án riêng"),
    Mark.OPTION_TEXT: gettext_lazy("nhắc lại nguyên văn phương án"),
    Mark.ONLY_OPTION: gettext_lazy("chỉ in phương án đúng"),
}
_REPAIRS: dict[RepairKind, Any] = {
    RepairKind.DECOMPOSED: gettext_lazy("ghép dấu rời vào chữ"),
    RepairKind.LOOKALIKE: gettext_lazy("sửa chữ gõ nhầm (như ƣ thành ư)"),
    RepairKind.LEGACY_FONT: gettext_lazy("chuyển phông cũ sang Unicode"),
    RepairKind.PAGE_NUMBER: gettext_lazy("bỏ số trang lẫn vào câu"),
    RepairKind.LETTER_PREFIX: gettext_lazy("bỏ chữ cái đầu phương án"),
    RepairKind.SPACING: gettext_lazy("nối dòng, bỏ khoảng trắng thừa"),
}


def letters_of(places: frozenset[int]) -> str:
    """{0, 2} → “A, C”."""
    return ", ".join(option_letter(place) for place in sorted(places))


def evidence_label(evidence: Evidence) -> str:
    """“B: in đậm (Cổng dịch vụ công)”."""
    label = str(_MARKS[evidence.mark])
    letters = letters_of(evidence.options)
    told = f"{letters}: {label}" if letters else label
    return f"{told} ({evidence.text})" if evidence.text else told


def repair_label(kind: RepairKind) -> str:
    return str(_REPAIRS[kind])


def field_label(field: str) -> str:
    """“option:2” → “Phương án C”."""
    name, _colon, place = field.partition(":")
    if name == "option":
        return _("Phương án %s") % option_letter(int(place))
    return {"stem": _("Câu dẫn"), "rationale": _("Giải thích"), "topic": _("Chủ đề")}[name]


def confidence_label(confidence: int, *, has_key: bool) -> str:
    """How firmly the file says what is right."""
    if not has_key:
        return _("Chưa có đáp án")
    if confidence >= CERTAIN:
        return _("Đáp án rõ")
    return _("Cần xác nhận đáp án (%d %%)") % confidence
