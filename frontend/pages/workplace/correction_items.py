"""Choosing an item of a round whose key was wrong, and what to do about it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.correction_rows import (
    FOUND,
    find_items,
    remedy_choices,
    shown_item,
)
from frontend.pages.workplace.corrections import back, correction_of
from quiz.domain.corrections import amend_key
from quiz.domain.key_openings import note_keys_of_round
from quiz.models import Contest, Pool, Round
from quiz.permissions import RUN_CONTEST


@require_GET
@contest_view(*RUN_CONTEST)
def items(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The stems of the round's items, without keys."""
    correction = correction_of(round)
    wanted = request.GET.get("q", "").strip()[:200]
    page = Paginator(find_items(round, wanted), FOUND).get_page(request.GET.get("page"))
    context = contest_context(
        request, contest, "w-results", round=round, correction=correction, page=page, wanted=wanted
    )
    return render(request, "frontend/workplace/correction/items.html", context)


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def item(
    request: HttpRequest, contest: Contest, round: Round, code: str, place: int
) -> HttpResponse:
    """The item with its key; POST puts the amendment into the correction."""
    correction = correction_of(round)
    pool = get_object_or_404(
        Pool.objects.select_related("key", "group", "round"), round=round, group__code=code
    )
    if place >= len(pool.document["items"]):
        raise Http404
    note_keys_of_round(round=round, user=request.user)
    given: dict[str, Any] = {"remedy": "replace", "key": [], "reason": ""}
    refusal: DomainError | None = None
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("key") if one.isdigit()]
        given = {
            "remedy": request.POST.get("remedy", ""),
            "key": chosen,
            "reason": request.POST.get("reason", ""),
        }
        try:
            amend_key(correction=correction, pool=pool, place=place, user=request.user, **given)
        except DomainError as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã thêm vào đính chính."))
            return back(round)
    shown = shown_item(pool, place)
    context = contest_context(
        request,
        contest,
        "w-results",
        refusal=refusal,
        round=round,
        shown=shown,
        remedies=remedy_choices(shown.kind),
        options=[
            (str(at), f"{letter}. {text}", _("đáp án đã chốt") if right else "")
            for at, (letter, text, right) in enumerate(shown.options)
        ],
        given=given | {"key": [str(one) for one in given["key"]]},
    )
    status = refusal.status if refusal is not None else 200
    return render(request, "frontend/workplace/correction/item.html", context, status=status)
