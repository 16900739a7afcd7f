"""“Không phải tôi”: somebody tells the organisers that another used their name or number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from frontend.pages.entry.cookies import entrant_token
from frontend.pages.entry.hot import private, see_other
from frontend.pages.entry.remembered import remembered_entrant
from frontend.pages.entry.returning import contest_of
from quiz.domain.entrant_reports import LONGEST, file_report
from quiz.errors import InputRefused


@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, code: str) -> HttpResponse:
    """Whatever is reported, the answer is that it was received."""
    contest = contest_of(code)
    context = {
        "contest": contest,
        "remembered": remembered_entrant(request, contest.pk),
        "sent": "da-gui" in request.GET,
        "text": request.POST.get("text", ""),
        "contact": request.POST.get("contact", ""),
        "longest": LONGEST,
    }
    status = 200
    if request.method == "POST":
        try:
            file_report(
                contest=contest,
                text=context["text"],
                contact=context["contact"],
                entrant_token=entrant_token(request) if "attach" in request.POST else "",
                address=client_address(request),
            )
            response = see_other("not-me", code=code)
            response["Location"] += "?da-gui=1"
            return private(response)
        except InputRefused as refusal:
            context["error"] = refusal.details["fields"]["text"]["message"]
            status = refusal.status
    page = render(request, "frontend/entry/not_me.html", context, status=status)
    return private(page, referrer="same-origin")
