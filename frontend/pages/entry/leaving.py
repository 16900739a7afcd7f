"""“Người khác thi trên máy này”: the browser forgets the person, once told what is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from frontend.pages.entry.cookies import entrant_token, forget_person, shown_code
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.returning import contest_of
from quiz.domain.readiness import read_readiness
from quiz.errors import UnknownToken


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str) -> HttpResponse:
    contest = contest_of(code)
    if request.method == "POST":
        response = see_other("return", code=code)
        forget_person(response, code)
        return private(response)
    try:
        standing = read_readiness(contest_code=code, entrant_token=entrant_token(request))
    except UnknownToken:
        return private(see_other("return", code=code))
    context = {
        "contest": contest,
        "entrant": standing.entrant,
        "running": standing.running,
        "weak": standing.weak,
        "fresh_code": shown_code(request),
    }
    return private(render(request, "frontend/entry/leave.html", context), referrer="same-origin")
