"""The ways back: mã dự thi, a one-time code, the roster's staff code; one page offers them all."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.entry.cookies import remember_entrant
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.remembered import remembered_entrant
from quiz.domain.return_ways import ReturnWays, ways_back
from quiz.errors import ContestNotFound, RegistrationClosed
from quiz.models import Contest


def contest_of(code: str) -> Contest:
    """Raises ContestNotFound."""
    contest = Contest.objects.public().filter(code=code).first()
    if contest is None:
        raise ContestNotFound()
    return contest


def _ways(contest: Contest) -> ReturnWays:
    """Before any round is frozen there is nothing to come back to."""
    with suppress(RegistrationClosed):
        return ways_back(contest=contest)
    return ReturnWays(by_phone=False, by_email=False, by_staff_code=False)


def show_ways(
    request: HttpRequest, contest: Contest, *, status: int = 200, **more: str
) -> HttpResponse:
    """The page; `typed`, `error` of the mã dự thi, `contact`, `contact_error` of the other form."""
    context = {
        "contest": contest,
        "ways": _ways(contest),
        "remembered": remembered_entrant(request, contest.pk),
        **more,
    }
    page = render(request, "frontend/entry/return.html", context, status=status)
    return private(page, referrer="same-origin")


def enter_as(code: str, token: str) -> HttpResponse:
    """On to the ready page with this token in the browser."""
    response = see_other("ready", code=code)
    remember_entrant(response, code, token)
    return private(response)


@require_safe
def ways(request: HttpRequest, code: str) -> HttpResponse:
    """Also where the QR of a mã dự thi leads, the code behind the # where no server sees it."""
    return show_ways(request, contest_of(code))
