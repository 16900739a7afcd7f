"""A round's items whose legal basis goes out of force before it closes: one decision each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.posted import posted_number
from quiz.domain.citation_doubts import citation_end
from quiz.domain.validity_decisions import (
    LONGEST_REASON,
    Doubt,
    drop_item,
    dropped_from,
    keep_item,
    last_day,
    open_doubts,
    settled_in,
    take_back_drop,
)
from quiz.enums import RoundState
from quiz.models import Contest, ItemVersion, Round, ValidityDecision
from quiz.permissions import RUN_CONTEST, may_settle_version


@dataclass(frozen=True)
class Row:
    """An item to decide about: what of its basis ends, and whether this person may keep it."""

    version: ItemVersion
    ends: Sequence[str]
    keeps: bool


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def round_validity(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Stems without keys; posted, the decision about one item."""
    if request.method == "GET":
        return _page(request, round)
    versions = ItemVersion.objects.select_related("item__bank")
    version = get_object_or_404(
        versions, pk=posted_number(request, "version"), item__bank__in=_banks(contest)
    )
    reason, number = request.POST.get("reason", ""), {"number": version.item.number}
    try:
        if request.POST.get("decision") == "drop":
            drop_item(round=round, version=version, reason=reason, user=request.user)
            messages.success(request, _("Đã bỏ câu %(number)d khỏi vòng này.") % number)
        else:
            keep_item(version=version, reason=reason, user=request.user)
            messages.success(request, _("Đã ghi: câu %(number)d vẫn đúng.") % number)
    except DomainError as refusal:
        return _page(request, round, refusal=refusal, refused=version.pk)
    return redirect("w-round-validity", pk=contest.pk, round_pk=round.pk)


def _banks(contest: Contest) -> list[int]:
    return list(contest.groups.exclude(bank=None).values_list("bank", flat=True))


@require_POST
@contest_view(*RUN_CONTEST)
def take_back(
    request: HttpRequest, contest: Contest, round: Round, decision_pk: int
) -> HttpResponse:
    """Let the round ask a dropped item again."""
    decision = get_object_or_404(
        ValidityDecision.objects.select_related("round__contest", "version__item__bank"),
        pk=decision_pk,
        round=round,
    )
    try:
        take_back_drop(decision=decision, user=request.user)
    except DomainError as refusal:
        return _page(request, round, refusal=refusal)
    messages.success(request, _("Đã đưa câu %d trở lại vòng.") % decision.version.item.number)
    return redirect("w-round-validity", pk=contest.pk, round_pk=round.pk)


def _page(
    request: HttpRequest,
    round: Round,
    *,
    refusal: DomainError | None = None,
    refused: int | None = None,
) -> HttpResponse:
    dropped = dropped_from(round)
    shown = ItemVersion.objects.filter(pk__in=dropped).select_related("item__bank")
    context = contest_context(
        request,
        round.contest,
        "w-contest",
        refusal=refusal,
        round=round,
        draft=round.state == RoundState.DRAFT,
        last_day=last_day(round),
        rows=[_row(request, doubt) for doubt in open_doubts(round=round)],
        dropped=[(version, dropped[version.pk]) for version in shown.order_by("item__number")],
        kept=settled_in(round=round),
        refused=refused,
        reason=request.POST.get("reason", ""),
        longest=LONGEST_REASON,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/round/validity.html", context, status=status)


def _row(request: HttpRequest, doubt: Doubt) -> Row:
    ends = [citation_end(citation) for citation in doubt.citations]
    return Row(doubt.version, ends, may_settle_version(request.user, doubt.version))
