"""How the body wants its result papers: columns, order, headings, signatures, colours."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import Faults
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.paper_layout_forms import (
    errors_of,
    given_layout,
    posted_layout,
    shown_layout,
)
from quiz.domain.paper_kinds import KINDS, PaperKind
from quiz.domain.paper_layouts import (
    ACCENT,
    COLOUR,
    Layout,
    forget_layout,
    read_layout,
    save_layout,
)
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST


@require_GET
@contest_view(*RUN_CONTEST)
def layouts(request: HttpRequest, contest: Contest) -> HttpResponse:
    rows = [(kind, _state(contest, kind)) for kind in KINDS.values() if kind.of == "contest"]
    context = contest_context(request, contest, "w-results", rows=rows)
    return render(request, "frontend/workplace/result/layouts.html", context)


def _state(contest: Contest, kind: PaperKind) -> str:
    saved_for = read_layout(unit=contest.unit, kind=kind.code).saved_for
    if saved_for is None:
        return _("Mẫu thông dụng")
    return _("Mẫu riêng") if saved_for == contest.unit_id else _("Mẫu của cấp trên")


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def layout(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    shape = _kind(kind)
    held = read_layout(unit=contest.unit, kind=kind)
    if request.method == "GET":
        return _show(request, contest, held, shown_layout(held))
    try:
        save_layout(
            unit=contest.unit, kind=kind, given=given_layout(shape, request.POST), user=request.user
        )
    except Faults as refusal:
        response = _show(
            request, contest, held, posted_layout(shape, request.POST), refusal=refusal
        )
        response.status_code = refusal.status
        return response
    messages.success(request, _("Đã lưu mẫu. Giấy tờ lập từ bây giờ theo mẫu này."))
    return redirect("w-layouts", pk=contest.pk)


@require_POST
@contest_view(*RUN_CONTEST)
def forget(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    _kind(kind)
    forget_layout(unit=contest.unit, kind=kind, user=request.user)
    messages.success(request, _("Đã bỏ mẫu riêng."))
    return redirect("w-layouts", pk=contest.pk)


def _kind(code: str) -> PaperKind:
    if code not in KINDS or KINDS[code].of != "contest":
        raise Http404
    return KINDS[code]


def _show(
    request: HttpRequest,
    contest: Contest,
    held: Layout,
    shown: dict[str, Any],
    *,
    refusal: Faults | None = None,
) -> HttpResponse:
    context = contest_context(
        request,
        contest,
        "w-results",
        kind=held.kind,
        own=held.saved_for == contest.unit_id,
        shown=shown,
        errors=errors_of(refusal),
        usual_colours=(COLOUR, ACCENT),
    )
    return render(request, "frontend/workplace/result/layout.html", context)
