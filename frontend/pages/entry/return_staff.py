"""Entering as a person of the roster: staff code and birth date, then what is still asked."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.errors import DomainError
from accounts.models import RosterEntry
from frontend.pages.entry.cookies import entrant_token, remember_code
from frontend.pages.entry.form_fields import (
    consent_words,
    fault_lines,
    form_fields,
    sex_choices,
)
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.returning import contest_of, enter_as
from quiz.domain.registration_input import parse_registration
from quiz.domain.return_errors import ClaimExpired, NotListed, SetAside, WayClosed
from quiz.domain.return_staff import (
    KNOWN,
    claim_staff_entry,
    entry_round,
    group_of,
    open_claim,
    register_listed,
)
from quiz.domain.tokens import open_any_entrant_token, open_entrant_token
from quiz.errors import InputRefused, UnknownToken
from quiz.models import Contest


@require_http_methods(["GET", "HEAD", "POST"])
def by_staff_code(request: HttpRequest, code: str) -> HttpResponse:
    contest = contest_of(code)
    if contest.roster_id is None:
        raise WayClosed()
    if request.method != "POST":
        return _ask(request, contest)
    try:
        return _register(request, contest) if "claim" in request.POST else _claim(request, contest)
    except (NotListed, ClaimExpired, SetAside) as refusal:
        return _ask(request, contest, refusal=refusal)


def _claim(request: HttpRequest, contest: Contest) -> HttpResponse:
    try:
        claimed = claim_staff_entry(
            contest=contest,
            staff_code=request.POST.get("staff_code", ""),
            birth_date=request.POST.get("birth_date", "")[:20],
            address=client_address(request),
        )
    except InputRefused as refusal:
        return _ask(request, contest, faults=refusal.details["fields"])
    if claimed.back:
        return _enter_weakly(request, contest, claimed.back)
    return _ask_rest(request, contest, claimed.entry, claimed.token)


def _enter_weakly(request: HttpRequest, contest: Contest, token: str) -> HttpResponse:
    """On with this token, unless the browser holds a better one of the same entrant."""
    weak = open_any_entrant_token(token)
    with suppress(UnknownToken):
        held = open_entrant_token(entrant_token(request))
        if (held.contest_id, held.entrant_id) == (weak.contest_id, weak.entrant_id):
            return private(see_other("ready", code=contest.code))
    return enter_as(contest.code, token)


def _register(request: HttpRequest, contest: Contest) -> HttpResponse:
    values: dict[str, Any] = dict(request.POST.items())
    claim = values["claim"]
    try:
        typed = parse_registration(values | {"consent": values.get("consent") == "1"})
        answer = register_listed(contest=contest, claim=claim, typed=typed)
    except InputRefused as refusal:
        entry = open_claim(contest=contest, token=claim)
        return _ask_rest(
            request, contest, entry, claim, values=values, faults=refusal.details["fields"]
        )
    if isinstance(answer, str):
        return _enter_weakly(request, contest, answer)
    response = enter_as(contest.code, answer.token)
    remember_code(response, contest.code, answer.code)
    return response


def _ask(
    request: HttpRequest,
    contest: Contest,
    *,
    refusal: DomainError | None = None,
    faults: dict[str, dict[str, str]] | None = None,
) -> HttpResponse:
    told = {name: fault["message"] for name, fault in (faults or {}).items()}
    context = {
        "contest": contest,
        "refusal": refusal,
        "staff_code": request.POST.get("staff_code", "")[:60],
        "birth_date": request.POST.get("birth_date", "")[:20],
        "staff_code_error": told.get("staff_code", ""),
        "birth_date_error": told.get("birth_date", ""),
    }
    status = refusal.status if refusal else 422 if faults else 200
    page = render(request, "frontend/entry/return_staff.html", context, status=status)
    return private(page, referrer="same-origin")


def _ask_rest(
    request: HttpRequest,
    contest: Contest,
    entry: RosterEntry,
    claim: str,
    *,
    values: dict[str, Any] | None = None,
    faults: dict[str, dict[str, str]] | None = None,
) -> HttpResponse:
    """Who the roster says it is, what else the rules ask for, and the consent."""
    values, faults = values or {}, faults or {}
    frozen = entry_round(contest)
    fields = form_fields(frozen, values, faults, without=KNOWN)
    groups = [(pool.group_code, pool.group_name) for pool in frozen.pools.values()]
    context = {
        "contest": frozen,
        "entry": entry,
        "claim": claim,
        "request_key": values.get("request_key") or uuid.uuid4(),
        "fields": fields,
        "faults": fault_lines(fields, faults),
        "groups": [] if group_of(frozen, entry) else groups,
        "group": values.get("group", ""),
        "group_error": faults.get("group", {}).get("message", ""),
        "sexes": sex_choices(),
        "consent_text": consent_words(frozen),
        "consent_error": faults.get("consent", {}).get("message", ""),
    }
    page = render(
        request,
        "frontend/entry/return_staff_rest.html",
        context,
        status=422 if faults else 200,
    )
    return private(page, referrer="same-origin")
