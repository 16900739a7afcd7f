"""The fields a contest asks an entrant for, as the templates draw them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import ConsentText
from quiz.domain.frozen import FrozenRound
from quiz.enums import Sex
from quiz.rules.labels import identity_label


@dataclass(frozen=True)
class FormField:
    """One field as the template draws it; `kind` is the component's, or "unit", "sex"."""

    name: str
    label: str
    kind: str
    required: bool
    value: str = ""
    error: str = ""
    help: str = ""
    autocomplete: str = ""


_KINDS = {
    "birth_date": ("date", "bday"),
    "phone": ("tel", "tel-national"),
    "national_id": ("digits", ""),
    "email": ("email", "email"),
    "address": ("text", "street-address"),
    "full_name": ("text", "name"),
    "staff_code": ("text", ""),
    "unit": ("unit", ""),
    "sex": ("sex", ""),
}


def _help(name: str) -> str:
    return {
        "birth_date": _("Ví dụ 05/09/1990. Không nhớ ngày, tháng thì chỉ ghi năm sinh."),
        "phone": _("10 chữ số. Cả nhà có thể dùng chung một số."),
        "national_id": _("12 chữ số. Được mã hóa khi lưu, không công bố."),
        "unit": _("Gõ vài chữ, không cần dấu; tên xã, huyện cũ cũng tìm được."),
        "full_name": _("Như trên giấy tờ tùy thân, có dấu."),
    }.get(name, "")


def form_fields(
    frozen: FrozenRound, values: Mapping[str, str], faults: Mapping, *, without: Container[str] = ()
) -> list[FormField]:
    """What the rules ask for, in their order, but the names in `without`."""
    entry = frozen.rules.entry
    return [
        FormField(
            name=field.name,
            label=identity_label(field.name, entry.birth_precision),
            kind=_KINDS[field.name][0],
            autocomplete=_KINDS[field.name][1],
            required=field.required,
            value=values.get(field.name, ""),
            error=faults.get(field.name, {}).get("message", ""),
            help=_help(field.name),
        )
        for field in entry.identity_fields
        if field.name not in without
    ]


def fault_lines(
    fields: list[FormField], faults: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, str]]:
    """(anchor, “Họ và tên: …”) for each fault, in the order of the form."""
    labels = {
        "group": _("Đối tượng dự thi"),
        **{field.name: field.label for field in fields},
        "consent": _("Đồng ý"),
    }
    known = [name for name in labels if name in faults]
    return [
        (f"id_{name}", f"{labels.get(name, name)}: {faults[name]['message']}")
        for name in [*known, *(name for name in faults if name not in labels)]
    ]


def sex_choices() -> list[tuple[str, str]]:
    return [
        (Sex.FEMALE, pgettext("giới tính", "Nữ")),
        (Sex.MALE, pgettext("giới tính", "Nam")),
    ]


def consent_words(frozen: FrozenRound) -> str:
    """What is agreed to, in the reader's language where there is such a text."""
    consent = ConsentText.objects.get(pk=frozen.consent_text_id)
    return (get_language() == "en" and consent.body_en) or consent.body
