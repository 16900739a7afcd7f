"""From data to the rule document and back; everything wrong is told at once, in words."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from accounts.errors import Fault, Faults
from quiz.rules.labels import describe_place
from quiz.rules.schema import RuleDocument


def parse_rules(data: Any) -> RuleDocument:
    """The document of a mapping, or of JSON as text or bytes.

    Raises `Faults` naming every wrong value and its place. That the rules make sense together is
    asked of `check_rules`.
    """
    try:
        if isinstance(data, str | bytes):
            return RuleDocument.model_validate_json(data)
        return RuleDocument.model_validate(data)
    except ValidationError as error:
        raise Faults([_fault(detail) for detail in error.errors(include_url=False)]) from None


def dump_rules(document: RuleDocument) -> dict[str, Any]:
    """The document as JSON-ready data for storing; `parse_rules` gives it back equal."""
    return document.model_dump(mode="json")


def to_canonical(value: Any) -> Any:
    """A part of the document as plain data with one form for equal values.

    Decimals become strings without trailing zeros (1.0 and 1 are the same rule), dates ISO 8601.
    """
    if isinstance(value, BaseModel):
        return to_canonical(value.model_dump())
    if isinstance(value, Mapping):
        return {str(name): to_canonical(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_canonical(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def entry_part(document: RuleDocument) -> dict[str, Any]:
    """What an attempt keeps: who may enter, the papers, time, marking, the prediction asked."""
    entry = to_canonical(document.entry)
    if entry["reentry"] == "code":
        # The field is younger than the first frozen rounds: left out they hash as they did.
        del entry["reentry"]
    return {
        "schema_version": document.schema_version,
        "entry": entry,
        "groups": to_canonical(document.groups),
    }


def result_part(document: RuleDocument) -> dict[str, Any]:
    """What a round's ranking, prizes and publication follow.

    The prediction stands here too: the ranking measures against the value it names.
    """
    result = to_canonical(document.result)
    if result["unit_prizes"] is None:
        # Younger than the first frozen rounds, like `reentry`.
        del result["unit_prizes"]
    if result["budget"] is None:
        del result["budget"]
    for tier in result["prizes"]:
        if tier["by"] == "rank":
            del tier["by"]
    for part in (result.get("unit_prizes") or {}).get("components", ()):
        if not part["name"]:
            del part["name"]
    return {
        "schema_version": document.schema_version,
        "prediction": to_canonical(document.entry.prediction),
        "result": result,
    }


def _fault(detail: ErrorDetails) -> Fault:
    kind = detail["type"]
    path = [step for step in detail["loc"] if isinstance(step, int) or not step.startswith("__")]
    describe = _MESSAGES.get(kind, _not_understood)
    message, hint = describe(detail.get("ctx", {}))
    return Fault(place=describe_place(path), code=kind, message=message, hint=hint)


def _not_understood(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("giá trị không hợp lệ."), _("Nhập lại giá trị này theo hướng dẫn bên cạnh ô.")


def _missing(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("chưa có giá trị."), _("Điền giá trị vào ô này.")


def _unknown_field(_context: Mapping[str, Any]) -> tuple[str, str]:
    return (
        _("thể lệ không có mục này."),
        _("Bỏ mục này hoặc kiểm tra lại tên mục trong tệp thể lệ."),
    )


def _whole_number(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("phải là số nguyên."), _("Chỉ nhập chữ số, ví dụ 15.")


def _number(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("phải là một số."), _("Nhập số, dùng dấu chấm cho phần thập phân, ví dụ 0.5.")


def _at_least(context: Mapping[str, Any]) -> tuple[str, str]:
    limit = context.get("ge", context.get("gt"))
    if "gt" in context:
        return (
            _("phải lớn hơn %(limit)s.") % {"limit": limit},
            _("Nhập một số lớn hơn %(limit)s.") % {"limit": limit},
        )
    return (
        _("không được nhỏ hơn %(limit)s.") % {"limit": limit},
        _("Nhập một số từ %(limit)s trở lên.") % {"limit": limit},
    )


def _at_most(context: Mapping[str, Any]) -> tuple[str, str]:
    limit = context.get("le", context.get("lt"))
    return (
        _("không được lớn hơn %(limit)s.") % {"limit": limit},
        _("Nhập một số không quá %(limit)s.") % {"limit": limit},
    )


def _decimal_places(context: Mapping[str, Any]) -> tuple[str, str]:
    places = context.get("decimal_places")
    return (
        _("có quá %(places)s chữ số thập phân.") % {"places": places},
        _("Làm tròn còn %(places)s chữ số thập phân.") % {"places": places},
    )


def _choice(context: Mapping[str, Any]) -> tuple[str, str]:
    choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return (
        _("không phải là một lựa chọn có trong danh sách."),
        _("Chọn một trong các giá trị: %(choices)s.") % {"choices": choices},
    )


def _date(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("không phải là ngày."), _("Nhập ngày theo dạng năm-tháng-ngày, ví dụ 2026-11-22.")


def _truth(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("phải là có hoặc không."), _("Chọn có hoặc không.")


def _text(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("phải là chữ."), _("Nhập lại dưới dạng chữ.")


def _long_text(context: Mapping[str, Any]) -> tuple[str, str]:
    limit = context.get("max_length")
    return (
        _("dài quá %(limit)s ký tự.") % {"limit": limit},
        _("Rút gọn còn tối đa %(limit)s ký tự.") % {"limit": limit},
    )


def _code(_context: Mapping[str, Any]) -> tuple[str, str]:
    return (
        _("mã chỉ gồm chữ không dấu, chữ số, dấu gạch và có tối đa 40 ký tự."),
        _("Đặt lại mã, ví dụ giai-nhat."),
    )


def _list(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("phải là một danh sách."), _("Nhập lại thành danh sách, mỗi dòng một mục.")


def _long_list(context: Mapping[str, Any]) -> tuple[str, str]:
    limit = context.get("max_length")
    return (
        _("có quá %(limit)s dòng.") % {"limit": limit},
        _("Bớt còn tối đa %(limit)s dòng.") % {"limit": limit},
    )


def _group_of_fields(_context: Mapping[str, Any]) -> tuple[str, str]:
    return _("thiếu cấu trúc các mục con."), _("Nhập lại phần này bằng mẫu quy định.")


def _json(_context: Mapping[str, Any]) -> tuple[str, str]:
    return (
        _("tệp không phải là JSON đọc được."),
        _("Xuất lại tệp thể lệ từ hệ thống rồi sửa trên bản đó."),
    )


_MESSAGES: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "int_parsing": _whole_number,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "int_parsing_size": _whole_number,
    "decimal_parsing": _number,
    "decimal_type": _number,
    "finite_number": _number,
    "greater_than": _at_least,
    "greater_than_equal": _at_least,
    "less_than": _at_most,
    "less_than_equal": _at_most,
    "decimal_max_places": _decimal_places,
    "literal_error": _choice,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "bool_parsing": _truth,
    "bool_type": _truth,
    "string_type": _text,
    "string_unicode": _text,
    "string_too_long": _long_text,
    "string_pattern_mismatch": _code,
    "list_type": _list,
    "too_long": _long_list,
    "model_type": _group_of_fields,
    "model_attributes_type": _group_of_fields,
    "dict_type": _group_of_fields,
    "json_invalid": _json,
}
