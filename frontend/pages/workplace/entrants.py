"""Entrants of a contest: found, looked at, and the acts on one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.reveals import read_reason, reason_choices
from accounts.enums import Role
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.attempt_events import attempt_history
from quiz.domain.count_secrecy import may_see_counts, open_counts
from quiz.domain.entrant_reports import count_waiting
from quiz.domain.entrants import (
    Numbers,
    describe_entrants,
    reveal_numbers,
    search_entrants,
    set_may_win,
)
from quiz.domain.extra_attempts import extra_attempts_of
from quiz.domain.minors import is_minor, named_with_consent, record_guardian_consent
from quiz.domain.own_data_requests import ask_erasure
from quiz.enums import CorrectionState
from quiz.models import Attempt, Contest, Correction, Entrant
from quiz.permissions import RUN_CONTEST, SEE_CONTEST, may_export_persons, may_see_appeals

PER_PAGE = 50
# Without the counts a search shows so many and never how many there are.
FOUND = 20


@require_GET
@contest_view(*SEE_CONTEST)
def entrants(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _list(request, contest)


def _list(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    """While a count decides prizes there is only a search: pages of a list could be counted."""
    query = request.GET.get("q", "").strip()
    seen = may_see_counts(user=request.user, contest=contest)
    found = search_entrants(contest=contest, text=query)
    page = None
    if seen:
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
    else:
        shown = list(found[:FOUND]) if query else []
    rows = describe_entrants(shown)
    context = contest_context(
        request,
        contest,
        "w-entrants",
        refusal=refusal,
        query=query,
        seen=seen,
        page=page,
        rows=[rows[entrant.pk] for entrant in shown],
        most=FOUND,
        reports=count_waiting(contest=contest),
    )
    return render(request, "frontend/workplace/entrant/list.html", context)


@require_POST
@contest_view(*SEE_CONTEST)
def show_counts(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Opens the counts to this person, who from now on can't win."""

    def act() -> HttpResponse:
        open_counts(user=request.user, contest=contest)
        messages.success(request, _("Đã mở số liệu. Bạn không còn được nhận giải cuộc thi này."))
        return redirect("w-entrants", pk=contest.pk)

    return attempted(act, lambda refusal: _list(request, contest, refusal))


def entrant_of(contest: Contest, entrant_pk: int) -> Entrant:
    people = Entrant.objects.filter(contest=contest)
    entrant = get_object_or_404(
        people.select_related("group", "unit", "duplicate_of"), pk=entrant_pk
    )
    entrant.contest = contest
    return entrant


@require_GET
@contest_view(*SEE_CONTEST)
def entrant(request: HttpRequest, contest: Contest, entrant_pk: int) -> HttpResponse:
    return show_entrant(request, entrant_of(contest, entrant_pk))


def show_entrant(
    request: HttpRequest,
    entrant: Entrant,
    refusal: DomainError | None = None,
    numbers: Numbers | None = None,
) -> HttpResponse:
    """`numbers`: the whole ones, on the one page that answers a reason given."""
    contest = entrant.contest
    row = describe_entrants([entrant])[entrant.pk]
    attempts = Attempt.objects.filter(entrant=entrant).select_related("round")
    ordered = list(attempts.order_by("round__number", "ordinal"))
    last = {attempt.round_id: attempt.pk for attempt in ordered}.values()
    context = contest_context(
        request,
        contest,
        "w-entrants",
        refusal=refusal,
        entrant=entrant,
        row=row,
        numbers=numbers or row.numbers,
        revealed=numbers is not None,
        may_reveal=may_export_persons(request.user, contest),
        reasons=reason_choices(),
        sees_logs=may_see_appeals(request.user, contest),
        minor=is_minor(entrant.birth_date, timezone.localdate()),
        consented=bool(named_with_consent([entrant])),
        correcting=set(
            Correction.objects.filter(
                round__contest=contest, state=CorrectionState.DRAFT, opened_by=request.user
            ).values_list("round", flat=True)
        ),
        attempts=[
            {
                "attempt": attempt,
                "history": attempt_history(attempt=attempt),
                "extra": extra_attempts_of(entrant=entrant, round_id=attempt.round_id),
                "last": attempt.pk in last,
            }
            for attempt in ordered
        ],
    )
    return render(request, "frontend/workplace/entrant/entrant.html", context)


@require_POST
@contest_view(Role.EXPORTER)
def show_numbers(request: HttpRequest, contest: Contest, entrant_pk: int) -> HttpResponse:
    """The whole numbers on this one page, against a reason; the next page masks them again."""
    shown = entrant_of(contest, entrant_pk)

    def act() -> HttpResponse:
        reason = read_reason(
            code=request.POST.get("reason", ""), text=request.POST.get("reason_text", "")
        )
        numbers = reveal_numbers(entrant=shown, user=request.user, reason=reason)
        return show_entrant(request, shown, numbers=numbers)

    return attempted(act, lambda refusal: show_entrant(request, shown, refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def change_entrant(request: HttpRequest, contest: Contest, entrant_pk: int) -> HttpResponse:
    """May win or not; a guardian's consent to the name of someone under 16; an erasure asked for
    by word of mouth or on paper.
    """
    shown = entrant_of(contest, entrant_pk)

    def act() -> HttpResponse:
        if "erasure" in request.POST:
            asked = ask_erasure(entrant=shown, now=timezone.now())
            return redirect("w-data-request", number=asked.number)
        if "guardian" in request.POST:
            record_guardian_consent(
                entrant=shown,
                guardian=request.POST["guardian"],
                user=request.user,
                now=timezone.now(),
            )
        else:
            set_may_win(
                entrant=shown, may_win=request.POST.get("may_win") == "1", user=request.user
            )
        messages.success(request, _("Đã lưu."))
        return redirect("w-entrant", pk=contest.pk, entrant_pk=shown.pk)

    return attempted(act, lambda refusal: show_entrant(request, shown, refusal))
