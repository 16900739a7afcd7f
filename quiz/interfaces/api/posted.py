"""What the short chain hands to a call that takes and answers JSON, without Django's request."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse

from accounts.client_address import address_in
from accounts.errors import DomainError, seconds_to_wait

JSON = "application/json"
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Posted:
    """The body of a POST; headers stand in the WSGI environment under their names there."""

    body: bytes
    environ: Mapping[str, Any]

    def header(self, name: str) -> str:
        """“HTTP_X_ATTEMPT_TOKEN” → its value, "" without it."""
        return str(self.environ.get(name, ""))

    @property
    def address(self) -> str:
        return address_in(self.environ)

    @property
    def attempt_token(self) -> str:
        return self.header("HTTP_X_ATTEMPT_TOKEN")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer in JSON, to be sent by either chain."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def answer_posted(call: Callable[[], bytes]) -> Answered:
    """What `call` gives, or the refusal it raises, with when to come back."""
    try:
        return Answered(call())
    except DomainError as refusal:
        return refuse_posted(refusal)


def refuse_posted(refusal: DomainError) -> Answered:
    headers: Headers = []
    if refusal.status in (429, 503):
        headers.append(("Retry-After", str(seconds_to_wait(refusal))))
    if refusal.status == 405:
        headers.append(("Allow", "POST"))
    body = json.dumps(refusal.as_dict(), cls=DjangoJSONEncoder).encode()
    return Answered(body, refusal.status, tuple(headers))


def respond(answered: Answered) -> HttpResponse:
    """The same as Django's response, for the full chain."""
    response = HttpResponse(answered.body, status=answered.status, content_type=JSON)
    for name, value in answered.headers:
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


def is_json(environ: Mapping[str, Any]) -> bool:
    """Whether a body in JSON was posted."""
    return str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip() == JSON


def posted_of(request: HttpRequest) -> Posted:
    return Posted(request.body, request.META)
