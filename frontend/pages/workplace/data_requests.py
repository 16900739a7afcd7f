"""Requests about personal data: which wait, by when, and the answer to each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.data_requests import (
    OFFICIALS,
    describe,
    grant_request,
    refuse_request,
    requests_in_reach,
    wanted_of,
)
from accounts.domain.retention import describe_stores, last_run
from accounts.enums import DataRequestState
from accounts.errors import DomainError
from accounts.models import DataRequest, OrgUnit
from accounts.permissions import MANAGE
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted

PER_PAGE = 30


@require_GET
@workplace_view(*OFFICIALS)
def data_requests(request: HttpRequest) -> HttpResponse:
    """Those that wait first, the most pressing on top."""
    reach, now = requests_in_reach(request.user), timezone.now()
    waiting = list(reach.waiting().order_by("due_at", "pk")[:PER_PAGE])
    answered = reach.exclude(state=DataRequestState.OPEN).order_by("-decided_at")
    page = Paginator(answered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(row, *describe(row)) for row in waiting],
        "more": max(0, reach.waiting().count() - PER_PAGE),
        "overdue": reach.overdue(now).count(),
        "page": page,
        "now": now,
        "sees_retention": request.user.memberships.filter(role__in=MANAGE).exists(),
    }
    return render(request, "frontend/workplace/data_request/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workplace_view(*OFFICIALS)
def data_request(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(
        requests_in_reach(request.user).select_related("unit", "decided_by"), number=number
    )
    if request.method == "POST":
        return attempted(lambda: _answer(request, row), lambda error: _page(request, row, error))
    return _page(request, row)


def _answer(request: HttpRequest, row: DataRequest) -> HttpResponse:
    now = timezone.now()
    if request.POST.get("act") == "grant":
        grant_request(request=row, user=request.user, now=now)
    else:
        refuse_request(
            request=row, user=request.user, reason=request.POST.get("reason", ""), now=now
        )
    messages.success(request, _("Đã trả lời yêu cầu %(number)s.") % {"number": row.number})
    return redirect("w-data-requests")


def _page(
    request: HttpRequest, row: DataRequest, refusal: DomainError | None = None
) -> HttpResponse:
    title, url = describe(row)
    context = {
        "row": row,
        "about": title,
        "about_url": url,
        "wanted": _wanted_rows(row),
        "now": timezone.now(),
        "refusal": refusal,
        "open": row.state == DataRequestState.OPEN,
    }
    return render(request, "frontend/workplace/data_request/request.html", context)


def _wanted_rows(row: DataRequest) -> list[tuple[str, str]]:
    labels = {
        "full_name": _("Họ và tên đúng"),
        "birth_date": _("Ngày sinh đúng"),
        "unit": _("Đơn vị đúng"),
        "email": _("Thư điện tử đúng"),
    }
    wanted = wanted_of(row)
    if code := wanted.get("unit"):
        unit = OrgUnit.objects.filter(code=code).first()
        wanted["unit"] = unit.name if unit else code
    return [(labels[name], value) for name, value in wanted.items()]


@require_GET
@workplace_view(*MANAGE)
def retention(request: HttpRequest) -> HttpResponse:
    """What is held, why and until when; and what the last daily run ended."""
    run = last_run()
    states = describe_stores(now=timezone.now())
    context = {
        "rows": [(state, run.ended.get(state.store.code) if run else None) for state in states],
        "dates": [row for state in states for row in state.store.until()],
        "run": run,
        "failed": [state.store.title for state in states if run and state.store.code in run.failed],
    }
    return render(request, "frontend/workplace/data_request/retention.html", context)
