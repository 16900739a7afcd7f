"""Registering: the form the rules ask for, as a page and as its answer."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.models import ConsentText
from frontend.pages.entry.cookies import remember_code, remember_entrant
from frontend.pages.entry.hot import hot, private, see_other
from frontend.pages.entry.units import find_units, unit_of
from quiz.domain.admission import Admission
from quiz.domain.frozen import FrozenRound, entry_window, frozen_round
from quiz.domain.registration import register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.enums import Sex
from quiz.errors import InputRefused, ProofNeeded
from quiz.rules.labels import identity_label

ADULT_AGE = 16


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


def _fields(frozen: FrozenRound, values: Mapping[str, str], faults: Mapping) -> list[FormField]:
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
    ]


def _fault_lines(
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


def show_form(
    request: HttpRequest,
    frozen: FrozenRound,
    *,
    values: Mapping[str, str],
    faults: Mapping[str, Mapping[str, str]] | None = None,
    searching: bool = False,
    asked: ProofNeeded | None = None,
) -> HttpResponse:
    """The form with what was typed, and each fault at its field, or the proof `asked` for."""
    faults = faults or {}
    entry = frozen.rules.entry
    groups = [(pool.group_code, pool.group_name) for pool in frozen.pools.values()]
    consent = ConsentText.objects.get(pk=frozen.consent_text_id)
    minors = entry.minimum_age is None or entry.minimum_age < ADULT_AGE
    fields = _fields(frozen, values, faults)
    context = {
        "contest": frozen,
        "round": frozen,
        "fields": fields,
        "faults": _fault_lines(fields, faults),
        "groups": groups,
        "group": values.get("group") or (groups[0][0] if len(groups) == 1 else ""),
        "group_error": faults.get("group", {}).get("message", ""),
        "consent_error": faults.get("consent", {}).get("message", ""),
        "consent_text": (get_language() == "en" and consent.body_en) or consent.body,
        "asks_guardian": minors and "birth_date" in entry.asked_fields,
        "guardian_name": values.get("guardian_name", ""),
        "request_key": values.get("request_key") or uuid.uuid4(),
        "unit_search": values.get("unit_search", ""),
        "units": find_units(values.get("unit_search", "")) if searching else [],
        "unit_chosen": unit_of(values["unit"]) if values.get("unit") else None,
        "sexes": [
            (Sex.FEMALE, pgettext("giới tính", "Nữ")),
            (Sex.MALE, pgettext("giới tính", "Nam")),
        ],
    }
    if asked is not None:
        context["asked"] = asked
        context["challenge"] = json.dumps(asked.details["challenge"])
    status = asked.status if asked else 422 if faults else 200
    return private(render(request, "frontend/entry/register.html", context, status=status))


@hot
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, code: str) -> HttpResponse:
    if request.method != "POST":
        frozen = frozen_round(entry_window(code).round_id)
        return show_form(request, frozen, values={"unit": request.GET.get("don-vi", "")})
    values: dict[str, Any] = dict(request.POST.items())
    if "unit_find" in values:
        frozen = frozen_round(entry_window(code).round_id)
        return show_form(request, frozen, values=values, searching=True)
    admission = Admission(
        client_address(request), values.get("proof", ""), values.get("ticket", "")
    )
    try:
        given = parse_registration(values | {"consent": values.get("consent") == "1"})
        registered = register_entrant(contest_code=code, given=given, admission=admission)
    except InputRefused as refusal:
        frozen = frozen_round(entry_window(code).round_id)
        return show_form(request, frozen, values=values, faults=refusal.details["fields"])
    except ProofNeeded as asked:
        frozen = frozen_round(entry_window(code).round_id)
        return show_form(request, frozen, values=values, asked=asked)
    response = see_other("ready", code=code)
    remember_entrant(response, code, registered.token)
    remember_code(response, code, registered.code)
    return response
