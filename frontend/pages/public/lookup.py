"""An entrant finds their own results by the mã dự thi, once a round is released."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from quiz.domain.clock import read_now
from quiz.domain.lookup import awaited_rounds, look_up
from quiz.errors import UnknownCode
from quiz.models import Contest

CODE_LENGTH = 60


# The form changes nothing and knows no session, so a foreign page gains nothing by posting it;
# without a token in it the page can be cached and needs no cookie. The code is posted, because
# addresses are kept in histories and logs.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    contests = Contest.objects.public()
    context = {
        "section": "lookup",
        "contests": [(contest.code, contest.title) for contest in contests],
        "chosen": request.POST.get("contest") or request.GET.get("contest", ""),
        "code": request.POST.get("code", "")[:CODE_LENGTH],
    }
    if request.method == "POST":
        context |= _answer(contests.filter(code=context["chosen"]).first(), context["code"])
    status = 404 if context.get("refusal") else 200
    response = render(request, "frontend/public/lookup.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _answer(contest: Contest | None, code: str) -> dict[str, object]:
    """The entrant's rounds, or one refusal that is the same for every wrong code."""
    try:
        if contest is None:
            raise UnknownCode
        found = look_up(contest=contest, code=code)
        awaited = awaited_rounds(contest=contest, now=read_now())
        return {"contest": contest, "rounds": found, "awaited": awaited, "asked": True}
    except UnknownCode as refusal:
        return {"refusal": refusal}
