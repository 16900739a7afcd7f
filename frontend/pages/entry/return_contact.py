"""Back by a one-time code: ask for it, type it, say who of those behind the phone one is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.client_address import client_address
from frontend.pages.entry.cookies import forget_asking, remember_asking, secret_of_asking
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.returning import contest_of, enter_as, show_ways
from quiz.domain.return_codes import ask_return_code, confirm_return_code, short_name
from quiz.domain.return_errors import WrongReturnCode
from quiz.domain.tokens import EntrantToken, open_entrant_token, seal_entrant_token
from quiz.errors import InputRefused, UnknownToken
from quiz.models import Contest, Entrant


@require_POST
def ask_code(request: HttpRequest, code: str) -> HttpResponse:
    """Answered alike whether anybody gave this contact or nobody."""
    contest = contest_of(code)
    typed = request.POST.get("contact", "")[:250]
    try:
        secret = ask_return_code(contest=contest, contact=typed, address=client_address(request))
    except InputRefused as refusal:
        told = refusal.details["fields"]["contact"]["message"]
        return show_ways(request, contest, contact=typed, contact_error=told, status=refusal.status)
    response = see_other("return-code", code=code)
    remember_asking(response, code, secret)
    return private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest, code: str) -> HttpResponse:
    contest = contest_of(code)
    if request.method != "POST":
        return _show(request, contest)
    try:
        entrants = confirm_return_code(
            contest=contest,
            browser=secret_of_asking(request),
            code=request.POST.get("code", "")[:20],
        )
    except WrongReturnCode as refusal:
        return _show(request, contest, error=str(refusal), status=refusal.status)
    if len(entrants) > 1:
        response = _choose(request, contest, entrants)
    else:
        response = enter_as(code, _token(entrants[0]))
    forget_asking(response, code)
    return response


def _show(
    request: HttpRequest, contest: Contest, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"contest": contest, "error": error}
    page = render(request, "frontend/entry/return_code.html", context, status=status)
    return private(page, referrer="same-origin")


def _token(entrant: Entrant) -> str:
    return seal_entrant_token(EntrantToken(entrant.contest_id, entrant.pk))


def _choose(request: HttpRequest, contest: Contest, entrants: list[Entrant]) -> HttpResponse:
    context = {
        "contest": contest,
        "persons": [(_token(entrant), short_name(entrant.full_name)) for entrant in entrants],
    }
    page = render(request, "frontend/entry/return_person.html", context)
    return private(page, referrer="same-origin")


@require_POST
def choose_person(request: HttpRequest, code: str) -> HttpResponse:
    """The token chosen was handed to this browser by the page before. Raises UnknownToken."""
    contest, token = contest_of(code), request.POST.get("person", "")
    if open_entrant_token(token).contest_id != contest.pk:
        raise UnknownToken()
    return enter_as(code, token)
