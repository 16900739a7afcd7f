"""The log of an attempt as PDF, and the page behind its QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontend.pages.addresses import absolute_url
from frontend.pages.entry.hot import private
from quiz.domain.clock import read_now
from quiz.domain.log_seals import open_log
from quiz.errors import UnknownToken
from quiz.interfaces.pdf.attempt_log import write_attempt_log
from quiz.models import Attempt

_PLACE = "PLACE"


def log_response(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The PDF of an attempt given with its pool, round and contest."""
    link = absolute_url(request, reverse("attempt-log-check", args=[_PLACE]))
    body = write_attempt_log(
        attempt=attempt, made_at=read_now(), link=link.replace(_PLACE, "{seal}")
    )
    round = attempt.round
    name = f"nhat-ky-{round.contest.code}-{round.number}-{attempt.ordinal}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


@require_safe
def attempt_log_check(request: HttpRequest, seal: str) -> HttpResponse:
    """Which hash the system gave out with this extract; 404 where it gave out none."""
    try:
        sealed = open_log(seal)
    except UnknownToken:
        sealed = None
    context = {"sealed": sealed, "section": "contests"}
    status = 200 if sealed else 404
    page = render(request, "frontend/public/appeal/log_check.html", context, status=status)
    return private(page, referrer="same-origin")
