"""The door of every page of one contest, and how a refused act comes back to its page."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from quiz.models import Contest

View = Callable[..., HttpResponse]


def contest_view(*roles: str) -> Callable[[View], View]:
    """A page of one contest, for holders of `roles` at the contest's unit or above.

    The view gets the contest instead of `pk`, and the round instead of `round_pk`; out of reach
    either is a 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
            reach = Contest.objects.within_reach_of(request.user, *roles)
            contest = get_object_or_404(reach.select_related("unit", "rules", "roster"), pk=pk)
            if "round_pk" in kwargs:
                rounds = contest.rounds.select_related("rules")
                kwargs["round"] = get_object_or_404(rounds, pk=kwargs.pop("round_pk"))
                kwargs["round"].contest = contest
            return view(request, contest, **kwargs)

        return workplace_view(*roles)(opened)

    return decorate


def attempted(
    act: Callable[[], HttpResponse], otherwise: Callable[[DomainError], HttpResponse]
) -> HttpResponse:
    """What `act` answers; refused, the page it came from with the refusal and its status."""
    try:
        return act()
    except DomainError as refusal:
        response = otherwise(refusal)
        response.status_code = refusal.status
        return response


def acted(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    said: str,
    to: HttpResponse,
    otherwise: Callable[[DomainError], HttpResponse],
) -> HttpResponse:
    """Do it, say so and go `to`; refused as in `attempted`."""

    def done() -> HttpResponse:
        act()
        messages.success(request, said)
        return to

    return attempted(done, otherwise)
