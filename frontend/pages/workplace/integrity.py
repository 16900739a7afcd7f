"""Integrity hints of a round for their reviewers: what was found, why, and that it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.figure_tabs import show_round_tab
from frontend.pages.workplace.item_statistics import percent
from quiz.domain.integrity import hints_of, queue_search, see_hint
from quiz.engine.integrity.drift import PERIODS
from quiz.engine.integrity.likeness import WINDOW_MS
from quiz.engine.integrity.speed import SECONDS_AN_ITEM
from quiz.enums import HintKind
from quiz.models import Attempt, Contest, IntegrityHint, Round
from quiz.permissions import REVIEW_HINTS

PER_PAGE = 20
LINKS_SHOWN = 10
MINUTE_MS = 60_000


@dataclass(frozen=True)
class ShownHint:
    """A hint with its figures as sentences and the entries it is about."""

    hint: IntegrityHint
    sentences: list[str]
    attempts: list[Attempt]
    more: int


@require_GET
@contest_view(*REVIEW_HINTS)
def hints(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return _page(request, round)


def _page(request: HttpRequest, round: Round, refusal: DomainError | None = None) -> HttpResponse:
    return show_round_tab(
        request,
        round,
        "frontend/workplace/round/hints.html",
        here="w-hints",
        read=lambda: _found(request, round),
        refusal=refusal,
        window=WINDOW_MS // MINUTE_MS,
        floor=round_number(SECONDS_AN_ITEM),
    )


def _found(request: HttpRequest, round: Round) -> dict[str, Any]:
    found = hints_of(round=round, user=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "waiting": found.filter(seen_at=None).count(),
        "hints": _shown(page.object_list),
    }


def round_number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _shown(hints: Iterable[IntegrityHint]) -> list[ShownHint]:
    rows = list(hints)
    wanted = {pk for hint in rows for pk in hint.attempts[:LINKS_SHOWN]}
    attempts = Attempt.objects.select_related("entrant__unit").in_bulk(wanted)
    return [
        ShownHint(
            hint,
            hint_sentences(hint),
            [attempts[pk] for pk in hint.attempts[:LINKS_SHOWN] if pk in attempts],
            max(0, len(hint.attempts) - LINKS_SHOWN),
        )
        for hint in rows
    ]


def hint_sentences(hint: IntegrityHint) -> list[str]:
    """Why it was found, with the figures that another person can check."""
    told = hint.details
    if hint.kind == HintKind.SPEED and told:
        return [
            _("Trả lời %(answered)s câu trong %(seconds)s giây, đúng %(right)s câu.")
            % {
                "answered": told["answered"],
                "seconds": round_number(told["seconds"]),
                "right": told["right"],
            }
        ]
    if hint.kind == HintKind.DRIFT and told:
        return [
            _(
                "Tỷ lệ đúng từ %(before)s lên %(after)s kể từ phần %(part)s trên %(parts)s "
                "của vòng, so với người có hiểu biết ngang nhau ở các câu khác."
            )
            % {
                "before": percent(told["before"]),
                "after": percent(told["after"]),
                "part": told["cut"] + 1,
                "parts": told.get("periods", PERIODS),
            }
        ]
    return [_pair(pair) for pair in told.get("pairs", [])[:3]]


def _pair(pair: dict[str, Any]) -> str:
    minutes = -(-pair["apart"] // MINUTE_MS)
    words = _(
        "Giống nhau %(same)s trên %(common)s câu chung, "
        "trong đó %(wrong)s câu cùng sai một phương án"
    ) % {"same": pair["same"], "common": pair["common"], "wrong": pair["same_wrong"]}
    apart = ngettext("kết thúc cách nhau %(n)s phút", "kết thúc cách nhau %(n)s phút", minutes) % {
        "n": minutes
    }
    unit = _("cùng đơn vị") if pair["one_unit"] else _("khác đơn vị")
    return f"{words}; {apart}; {unit}."


@require_POST
@contest_view(*REVIEW_HINTS)
def search(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """Look for hints, in the worker."""

    def act() -> HttpResponse:
        queue_search(round=round, user=request.user, now=timezone.now())
        return redirect("w-hints", pk=contest.pk, round_pk=round.pk)

    return attempted(act, lambda refusal: _page(request, round, refusal))


@require_POST
@contest_view(*REVIEW_HINTS)
def seen(request: HttpRequest, contest: Contest, round: Round, hint_pk: int) -> HttpResponse:
    hint = get_object_or_404(round.hints, pk=hint_pk)
    hint.round = round
    note = request.POST.get("note", "")

    def act() -> HttpResponse:
        see_hint(hint=hint, user=request.user, note=note, now=timezone.now())
        messages.success(request, _("Đã ghi là đã xem."))
        return redirect("w-hints", pk=contest.pk, round_pk=round.pk)

    return attempted(act, lambda refusal: _page(request, round, refusal))
