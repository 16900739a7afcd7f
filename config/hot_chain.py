"""The short chain: register, start, save, submit, receipt, and nothing that they do not need.

No session, no user, no CSRF (what may act is named by a token), and of Django's own handling of a
request only what these need: at a million entries an hour its signals, its walk through all routes
and its middleware cost more than the statements. A view with an `answer` takes and gives JSON; for
it not even Django's request is made.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.core.handlers.exception import response_for_exception
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, get_resolver
from django.utils import translation

from frontend.languages import language_of
from frontend.safe_headers import SAFE_HEADERS
from quiz.interfaces.api.posted import JSON, Answered, Posted, is_json

ROUTES = "config.hot_urls"
# What takes and answers JSON is small; a larger body is left to Django, which refuses it.
LARGEST_JSON = 100_000
# Every answer carries SAFE_HEADERS, unless the view says otherwise.
JSON_HEADERS = (("Content-Type", JSON), *SAFE_HEADERS)
STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
StartResponse = Callable[..., Any]


def answer_shortly(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The WSGI application of the short chain."""
    # Django's signal does this for the other chain; here only after something went wrong.
    if connection.errors_occurred:
        close_old_connections()
    translation.activate(language_of(environ))
    try:
        answered = _answer_posted(environ)
    except Exception as error:  # noqa: BLE001  (answered as Django answers it)
        return _send(response_for_exception(WSGIRequest(environ), error), start_response)
    if answered is None:
        return _send_page(WSGIRequest(environ), start_response)
    start_response(STATUS_LINES[answered.status], [*JSON_HEADERS, *answered.headers])
    return [answered.body]


def _answer_posted(environ: dict[str, Any]) -> Answered | None:
    """The answer in JSON; None where a view wants Django's request."""
    match = _match(environ["PATH_INFO"])
    answer = getattr(match.func, "answer", None)
    length = environ.get("CONTENT_LENGTH", "")
    if answer is None or environ["REQUEST_METHOD"] != "POST" or not is_json(environ):
        return None
    if length and not (length.isdigit() and int(length) <= LARGEST_JSON):
        return None
    # Taken in whole even where it is not needed: who is answered before the body has come finds
    # the kept connection closed at the next call.
    body = environ["wsgi.input"].read(int(length)) if length else b""
    return answer(Posted(body, environ), **match.kwargs)


def _send_page(request: HttpRequest, start_response: StartResponse) -> Iterable[bytes]:
    try:
        request.resolver_match = match = _match(request.path_info)
        response = match.func(request, *match.args, **match.kwargs)
    except Exception as error:  # noqa: BLE001
        response = response_for_exception(request, error)
    request.close()
    return _send(response, start_response)


def _send(response: HttpResponse, start_response: StartResponse) -> Iterable[bytes]:
    headers = list(response.items())
    headers += [pair for pair in SAFE_HEADERS if pair[0] not in response.headers]
    headers += [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    start_response(f"{response.status_code} {response.reason_phrase}", headers)
    return [response.content]


@lru_cache(maxsize=2048)
def _match(path: str) -> ResolverMatch:
    """Few paths are asked for: they name a contest, a round or a picture, never a person."""
    return get_resolver(ROUTES).resolve(path)
