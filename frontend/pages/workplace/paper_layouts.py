"""How the body wants its result papers: columns, order, headings, signatures, colours."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import Faults
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.paper_kinds import KINDS, PaperKind
from quiz.domain.paper_layouts import (
    ACCENT,
    COLOUR,
    TEXTS,
    Layout,
    LayoutInput,
    forget_layout,
    read_layout,
    save_layout,
)
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST

LAST = 999


@require_GET
@contest_view(*RUN_CONTEST)
def layouts(request: HttpRequest, contest: Contest) -> HttpResponse:
    rows = [(kind, _state(contest, kind)) for kind in KINDS.values()]
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
        return _show(request, contest, held, _shown(held))
    try:
        save_layout(
            contest=contest, kind=kind, given=_given(shape, request.POST), user=request.user
        )
    except Faults as refusal:
        response = _show(request, contest, held, _posted(shape, request.POST), refusal=refusal)
        response.status_code = refusal.status
        return response
    messages.success(request, _("Đã lưu mẫu. Giấy tờ lập từ bây giờ theo mẫu này."))
    return redirect("w-layouts", pk=contest.pk)


@require_POST
@contest_view(*RUN_CONTEST)
def forget(request: HttpRequest, contest: Contest, kind: str) -> HttpResponse:
    _kind(kind)
    forget_layout(contest=contest, kind=kind, user=request.user)
    messages.success(request, _("Đã bỏ mẫu riêng."))
    return redirect("w-layouts", pk=contest.pk)


def _kind(code: str) -> PaperKind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _given(kind: PaperKind, posted: Mapping[str, str]) -> LayoutInput:
    """Ticked columns by their numbers; columns with equal numbers in their usual order."""
    ticked = [column.code for column in kind.columns if f"use-{column.code}" in posted]
    ticked.sort(key=lambda code: _place(posted.get(f"place-{code}", "")))
    texts = {name: posted.get(name, "").replace("\r\n", "\n") for name in TEXTS}
    colours = {name: posted.get(name, "") for name in ("colour", "accent") if kind.coloured}
    columns = [(code, posted.get(f"heading-{code}", "")) for code in ticked]
    return LayoutInput(columns=columns, **texts, **colours)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else LAST


def _shown(held: Layout) -> dict[str, Any]:
    """The form of a layout: every column, those it has first and numbered."""
    chosen = {laid.code: (place, laid.heading) for place, laid in enumerate(held.columns, start=1)}
    columns = [
        {
            "code": column.code,
            "label": column.label,
            "used": column.code in chosen,
            "place": chosen.get(column.code, ("", ""))[0],
            "heading": chosen.get(column.code, ("", ""))[1],
        }
        for column in sorted(held.kind.columns, key=lambda c: chosen.get(c.code, (LAST,))[0])
    ]
    texts = {name: getattr(held, name) for name in (*TEXTS, "colour", "accent")}
    return {**texts, "columns": columns}


def _posted(kind: PaperKind, posted: Mapping[str, str]) -> dict[str, Any]:
    """The form again, as it was sent."""
    columns = [
        {
            "code": column.code,
            "label": column.label,
            "used": f"use-{column.code}" in posted,
            "place": posted.get(f"place-{column.code}", ""),
            "heading": posted.get(f"heading-{column.code}", ""),
        }
        for column in kind.columns
    ]
    texts = {name: posted.get(name, "") for name in (*TEXTS, "colour", "accent")}
    return {**texts, "columns": columns}


def _show(
    request: HttpRequest,
    contest: Contest,
    held: Layout,
    shown: dict[str, Any],
    *,
    refusal: Faults | None = None,
) -> HttpResponse:
    errors = (
        {fault.place: f"{fault.message} {fault.hint}" for fault in refusal.faults}
        if refusal
        else {}
    )
    context = contest_context(
        request,
        contest,
        "w-results",
        kind=held.kind,
        own=held.saved_for == contest.unit_id,
        shown=shown,
        errors=errors,
        usual_colours=(COLOUR, ACCENT),
    )
    return render(request, "frontend/workplace/result/layout.html", context)
