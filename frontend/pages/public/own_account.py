"""The own page of someone who signs in: what is held about the account, a copy, requests."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.audit import record_act
from accounts.domain.data_requests import ask
from accounts.domain.own_account import USER, account_data, check_wanted, own_account_data
from accounts.enums import DataRequestKind
from accounts.errors import DomainError, Fault, Faults
from accounts.models import DataRequest, OrgUnit
from frontend.pages.entry.hot import private


@require_GET
@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponse:
    context = {
        "rows": [row for row in account_data(request.user) if row[1]],
        "requests": DataRequest.objects.about(USER, request.user.pk),
        "now": timezone.now(),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    page = render(request, "frontend/public/own_data/account.html", context, status=status)
    return private(page, referrer="same-origin")


@require_POST
@login_required
def own_account_ask(request: HttpRequest) -> HttpResponse:
    try:
        made = _ask(request)
    except DomainError as refusal:
        return _page(request, refusal)
    messages.success(request, _("Đã nhận yêu cầu số %(number)s.") % {"number": made.number})
    return redirect("own-account")


def _ask(request: HttpRequest) -> DataRequest:
    kind, wanted = request.POST.get("act", ""), None
    place = _("Yêu cầu")
    if kind == DataRequestKind.CORRECTION:
        wanted = check_wanted(request.POST.dict())
        if not wanted:
            fault = Fault(place, "empty", _("Chưa ghi mục nào cần sửa."), _("Điền ít nhất một ô."))
            raise Faults([fault])
    elif kind != DataRequestKind.ERASURE or "sure" not in request.POST:
        fault = Fault(place, "not_sure", _("Chưa đánh dấu xác nhận."), _("Đọc kỹ rồi đánh dấu."))
        raise Faults([fault])
    return ask(
        subject_kind=USER,
        subject_id=request.user.pk,
        kind=kind,
        unit=request.user.unit or OrgUnit.objects.filter(parent=None).first(),
        now=timezone.now(),
        wanted=wanted,
    )


@require_GET
@login_required
def own_account_json(request: HttpRequest) -> HttpResponse:
    user = request.user
    record_act(actor=user, act="copy_own_data", subject=user, unit_id=user.unit_id)
    copy = {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "fields": [{"label": label, "value": value} for label, value in own_account_data(user)],
    }
    body = json.dumps(copy, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="du-lieu-tai-khoan.json"'}
    return private(HttpResponse(body, content_type="application/json", headers=headers))
