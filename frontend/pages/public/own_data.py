"""A person's own page by mã dự thi: what is held, why, until when, who looked; and what to ask."""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.client_address import client_address
from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.domain.throttling import take_turn
from accounts.enums import ConsentPurpose, DataRequestKind
from accounts.errors import DomainError, Fault, Faults
from accounts.models import DataRequest
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.units import find_units, unit_of
from frontend.pages.public.own_data_access import entrant_of, forget, remember
from quiz.domain.entry_codes import find_entrant
from quiz.domain.minors import is_minor
from quiz.domain.own_data import describe_own_data, own_copy
from quiz.domain.own_data_requests import ask_correction, ask_erasure, withdraw, withdraw_publishing
from quiz.errors import UnknownCode
from quiz.models import Contest, Entrant

CODE_LENGTH = 60
View = Callable[..., HttpResponse]


class UnknownNumber(DomainError):
    code = "unknown_number"
    status = 404
    message = gettext_lazy("Không có yêu cầu nào mang số này.")
    hint = gettext_lazy("Kiểm tra lại số yêu cầu, ví dụ YC-7KQ4-M2RD.")


@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """The form; a wrong code is answered alike whoever entered."""
    contests = Contest.objects.public()
    chosen = request.POST.get("contest") or request.GET.get("contest", "")
    context: dict[str, Any] = {
        "contests": [(contest.code, contest.title) for contest in contests],
        "chosen": chosen,
    }
    if request.method == "POST" and "number" in request.POST:
        context |= _by_number(request)
    elif request.method == "POST":
        try:
            entrant = _find(chosen, request.POST.get("code", "")[:CODE_LENGTH])
        except UnknownCode as refusal:
            context |= {"refusal": refusal, "status": refusal.status}
        else:
            response = see_other("own-data-page")
            remember(response, entrant)
            return private(response)
    status = context.pop("status", 200)
    page = render(request, "frontend/public/own_data/enter.html", context, status=status)
    return private(page, referrer="same-origin")


def _find(contest_code: str, code: str) -> Entrant:
    contest = Contest.objects.public().filter(code=contest_code).first()
    if contest is None:
        raise UnknownCode
    return find_entrant(contest_id=contest.pk, code=code)


def _by_number(request: HttpRequest) -> dict[str, Any]:
    """How far a request is, for whom its number is all that is left: after an erasure.

    Raises TooManyRequests; the page of a request tells its kind, its state and its answer alone.
    """
    take_turn(purpose="request-number", key=client_address(request), limit=60, seconds=600)
    number = request.POST["number"].strip().upper()[:20]
    found = DataRequest.objects.filter(number=number).first()
    if found is None:
        return {"refusal": UnknownNumber(), "number": number, "status": 404}
    return {"found": [found], "now": timezone.now()}


def by_code(view: View) -> View:
    """For who opened their data in this browser; all others are sent to the form."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        entrant = entrant_of(request)
        if entrant is None:
            return private(see_other("own-data"))
        return private(view(request, entrant), referrer="same-origin")

    return opened


@require_GET
@by_code
def own_data_page(request: HttpRequest, entrant: Entrant) -> HttpResponse:
    return _page(request, entrant)


def _page(
    request: HttpRequest, entrant: Entrant, *, refusal: DomainError | None = None, **more: Any
) -> HttpResponse:
    data = describe_own_data(entrant=entrant)
    named = [one for one in data.agreed if one.text.purpose == ConsentPurpose.PUBLISH_MINOR]
    context = {
        "contest": entrant.contest,
        "data": data,
        "minor": is_minor(entrant.birth_date, timezone.localdate()),
        "may_unpublish": any(one.consent.withdrawn_at is None for one in named),
        "now": timezone.now(),
        "refusal": refusal,
        **more,
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/public/own_data/page.html", context, status=status)


@require_POST
@by_code
def own_data_ask(request: HttpRequest, entrant: Entrant) -> HttpResponse:
    """One of the requests; without script the unit picker posts here to find a unit first."""
    if "unit_find" in request.POST:
        search = request.POST.get("unit_search", "")
        typed = {name: request.POST.get(name, "") for name in ("full_name", "birth_date")}
        return _page(
            request, entrant, units=find_units(search), unit_search=search, typed=typed, asks=True
        )
    try:
        _act(request, entrant)
    except DomainError as refusal:
        code = request.POST.get("unit", "")
        typed = {name: request.POST.get(name, "") for name in ("full_name", "birth_date")}
        return _page(
            request,
            entrant,
            refusal=refusal,
            typed=typed,
            unit_chosen=unit_of(code) if code else None,
            asks=True,
        )
    return see_other("own-data-page")


def _act(request: HttpRequest, entrant: Entrant) -> None:
    now, kind = timezone.now(), request.POST.get("act", "")
    if kind == DataRequestKind.CORRECTION:
        made = ask_correction(entrant=entrant, wanted=request.POST.dict(), now=now)
    elif "sure" not in request.POST:
        raise Faults([_not_sure()])
    elif kind == DataRequestKind.ERASURE:
        made = ask_erasure(entrant=entrant, now=now)
    elif kind == "publishing":
        made = withdraw_publishing(entrant=entrant, now=now)
    else:
        made = withdraw(entrant=entrant, now=now)
    messages.success(request, _("Đã nhận yêu cầu số %(number)s.") % {"number": made.number})


def _not_sure() -> Fault:
    return Fault(
        _("Yêu cầu"), "not_sure", _("Chưa đánh dấu xác nhận."), _("Đọc kỹ rồi đánh dấu vào ô.")
    )


@require_GET
@by_code
def own_data_json(request: HttpRequest, entrant: Entrant) -> HttpResponse:
    copy = _copied(entrant)
    body = json.dumps(copy, ensure_ascii=False, indent=1)
    return _file(body, "application/json", f"du-lieu-{entrant.contest.code}.json")


@require_GET
@by_code
def own_data_html(request: HttpRequest, entrant: Entrant) -> HttpResponse:
    """The same to read: one file that opens in any browser and asks nobody for anything."""
    copy = _readable(_copied(entrant))
    page = render_to_string("frontend/public/own_data/copy.html", {"copy": copy})
    return _file(page, "text/html; charset=utf-8", f"du-lieu-{entrant.contest.code}.html")


def _copied(entrant: Entrant) -> dict[str, Any]:
    record_act(actor=None, act="copy_own_data", subject=entrant, unit_id=entrant.contest.unit_id)
    return own_copy(entrant=entrant, now=timezone.now())


def _readable(value: Any, name: str = "") -> Any:
    """The copy with its moments and days as people write them."""
    if isinstance(value, dict):
        return {key: _readable(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_readable(part) for part in value]
    if value and name.endswith("_at"):
        return show_moment(datetime.fromisoformat(value))
    if value and name == "kept_until":
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return value


def _file(body: str, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)


@require_POST
def own_data_leave(request: HttpRequest) -> HttpResponse:
    response = see_other("own-data")
    forget(response)
    return private(response)
