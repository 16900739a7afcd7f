"""The pages of figures beside each other: of the contest's rounds, and of one round."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new
from quiz.domain.usage_counting import COUNTABLE
from quiz.enums import RoundState
from quiz.errors import CountsSecret
from quiz.models import Contest, Round
from quiz.permissions import may_review_hints


def round_tabs(contest: Contest) -> list[tuple[str, str, str]]:
    """(address, words, key): the whole contest ("all") and each round that was frozen."""
    whole = (reverse("w-figures", kwargs={"pk": contest.pk}), _("Cả cuộc thi"), "all")
    rounds = contest.rounds.exclude(state=RoundState.DRAFT).order_by("number")
    return [
        whole,
        *(
            (
                reverse("w-round-figures", kwargs={"pk": contest.pk, "round_pk": round.pk}),
                round.name,
                str(round.pk),
            )
            for round in rounds
        ),
    ]


def figure_tabs(contest: Contest, round: Round, user: User) -> list[tuple[str, str, str]]:
    """(address, words, route) of the pages of figures of `round`."""
    rows = [("w-round-figures", _("Tham gia")), ("w-item-analysis", _("Câu hỏi"))]
    if may_review_hints(user, contest):
        rows.append(("w-hints", _("Dấu hiệu cần xem")))
    return [
        (reverse(route, kwargs={"pk": contest.pk, "round_pk": round.pk}), words, route)
        for route, words in rows
    ]


def show_round_tab(
    request: HttpRequest,
    round: Round,
    template: str,
    *,
    here: str,
    read: Callable[[], dict[str, Any]],
    refusal: DomainError | None = None,
    **more: Any,
) -> HttpResponse:
    """One of those pages with what `read` finds, or with why its counts are secret.

    `here` is its route. 204 to a page that asks whether work has ended, while it has not.
    """
    jobs = jobs_of([round], request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    context = contest_context(
        request,
        round.contest,
        "w-figures",
        refusal=refusal,
        round=round,
        jobs=jobs,
        figure_tabs=figure_tabs(round.contest, round, request.user),
        here=here,
        countable=round.state in COUNTABLE,
        **more,
    )
    try:
        context |= read()
    except CountsSecret as secret:
        context["secret"] = secret
    return render(request, template, context)
