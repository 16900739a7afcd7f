"""A page that was opened asks to be counted, and is told how many visits there are."""

import json
from dataclasses import asdict
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from quiz.domain.clock import read_now
from quiz.interfaces.api.posted import Answered, Posted, posted_of, respond
from training.domain.visits import count_visit

NOTHING = Answered(b"", status=204)
LONGEST_PATH = 400


def answer(posted: Posted) -> Answered:
    """For the short chain. 204 where nothing is shown; a body that says nothing counts nothing.

    `from` is the page one came from, as the browser tells it: only its host is looked at.
    """
    try:
        said = json.loads(posted.body)
        path, came_from = said["path"], said["from"]
    except (ValueError, KeyError, TypeError):
        return NOTHING
    if not (isinstance(path, str) and isinstance(came_from, str)) or len(path) > LONGEST_PATH:
        return NOTHING
    figures = count_visit(
        path=path,
        arrived=_host(came_from) != posted.header("HTTP_HOST"),
        agent=posted.header("HTTP_USER_AGENT"),
        now=read_now(),
    )
    return Answered(json.dumps(asdict(figures)).encode()) if figures else NOTHING


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


@csrf_exempt
@require_POST
def visits(request: HttpRequest) -> HttpResponse:
    """The same by the full chain."""
    return respond(answer(posted_of(request)))


visits.answer = answer  # type: ignore[attr-defined]
