"""Reading pages that are the same for everyone, answered before either chain is entered.

A view says how long its page may be kept (`frontend.pages.public.keeping`); here the whole answer,
headers and all, is given again for so long. In the minute before a close thousands ask for the
same page, and the middleware alone would cost as much as storing an answer.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings

from frontend.languages import said_language

KEPT = 256
Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Answer(NamedTuple):
    """`until` is a moment of the monotonic clock."""

    until: float
    status: str
    headers: Headers
    body: bytes


_answers: dict[tuple[str, ...], Answer] = {}


def answer_or_ask(
    environ: dict[str, Any], start_response: Callable[..., Any], chain: Application
) -> Iterable[bytes]:
    """The kept answer to this GET, else what `chain` answers, kept if its view allows."""
    key = _key(environ)
    if key is None:
        return chain(environ, start_response)
    kept = _answers.get(key)
    if kept is not None and monotonic() < kept.until:
        start_response(kept.status, kept.headers)
        return [kept.body]
    told: list[tuple[str, Headers]] = []

    def tell(status: str, headers: Headers, *more: Any) -> Any:
        told.append((status, headers))
        return start_response(status, headers, *more)

    response = chain(environ, tell)
    until = getattr(response, "kept_until", None)
    if until is not None and "Set-Cookie" not in dict(told[0][1]):
        if len(_answers) >= KEPT:
            _answers.clear()
        _answers[key] = Answer(until, *told[0], response.content)
    return response


def _key(environ: dict[str, Any]) -> tuple[str, ...] | None:
    """What the answer depends on; None where it may depend on the person who asks."""
    signed_in = f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")
    if signed_in or environ.get("QUERY_STRING"):
        return None
    return (
        environ.get("PATH_INFO", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        *said_language(environ),
    )
