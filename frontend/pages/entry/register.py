"""Registering: the form the rules ask for, as a page and as its answer."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from frontend.pages.entry.cookies import ENTRANT, remember_code, remember_entrant
from frontend.pages.entry.form_fields import (
    consent_words,
    fault_lines,
    form_fields,
    sex_choices,
)
from frontend.pages.entry.hot import hot, private, see_other
from frontend.pages.entry.remembered import remembered_entrant
from frontend.pages.entry.units import find_units, unit_of
from frontend.pages.public.keeping import is_personal, kept_briefly
from quiz.domain.admission import Admission
from quiz.domain.frozen import FrozenRound, entry_window, frozen_round
from quiz.domain.registration import register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.errors import InputRefused, ProofNeeded

ADULT_AGE = 16


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
    minors = entry.minimum_age is None or entry.minimum_age < ADULT_AGE
    fields = form_fields(frozen, values, faults)
    context = {
        "contest": frozen,
        "round": frozen,
        "fields": fields,
        "faults": fault_lines(fields, faults),
        "groups": groups,
        "group": values.get("group") or (groups[0][0] if len(groups) == 1 else ""),
        "group_error": faults.get("group", {}).get("message", ""),
        "consent_error": faults.get("consent", {}).get("message", ""),
        "consent_text": consent_words(frozen),
        "asks_guardian": minors and "birth_date" in entry.asked_fields,
        "guardian_name": values.get("guardian_name", ""),
        "request_key": values.get("request_key") or uuid.uuid4(),
        "unit_search": values.get("unit_search", ""),
        "units": find_units(values.get("unit_search", "")) if searching else [],
        "unit_chosen": unit_of(values["unit"]) if values.get("unit") else None,
        "sexes": sex_choices(),
        "remembered": request.method == "GET" and remembered_entrant(request, frozen.contest_id),
    }
    if asked is not None:
        context["asked"] = asked
        context["challenge"] = json.dumps(asked.details["challenge"])
    status = asked.status if asked else 422 if faults else 200
    return private(render(request, "frontend/entry/register.html", context, status=status))


# Stands for the form's random value in the page that is drawn once for all who come.
_ANY_KEY = str(uuid.UUID(int=0))


@kept_briefly
def _empty_form(request: HttpRequest, code: str) -> HttpResponse:
    frozen = frozen_round(entry_window(code).round_id)
    return show_form(request, frozen, values={"unit": "", "request_key": _ANY_KEY})


def _fresh_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form as everybody gets it who brings nothing along, with a random value of its own."""
    drawn = _empty_form(request, code).content
    return private(HttpResponse(drawn.replace(_ANY_KEY.encode(), str(uuid.uuid4()).encode())))


@hot
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, code: str) -> HttpResponse:
    values: dict[str, Any] = dict(request.POST.items())

    def form(**shown: Any) -> HttpResponse:
        frozen = frozen_round(entry_window(code).round_id)
        return show_form(request, frozen, **{"values": values} | shown)

    if request.method != "POST":
        if is_personal(request) or ENTRANT in request.COOKIES:
            return form(values={"unit": request.GET.get("don-vi", "")})
        return _fresh_form(request, code)
    if "unit_find" in values:
        return form(searching=True)
    admission = Admission(
        client_address(request), values.get("proof", ""), values.get("ticket", "")
    )
    try:
        given = parse_registration(values | {"consent": values.get("consent") == "1"})
        registered = register_entrant(contest_code=code, given=given, admission=admission)
    except InputRefused as refusal:
        return form(faults=refusal.details["fields"])
    except ProofNeeded as asked:
        return form(asked=asked)
    response = see_other("ready", code=code)
    remember_entrant(response, code, registered.token)
    remember_code(response, code, registered.code)
    return response
