"""Entering by program: the JSON twins of the entry pages, over the same domain functions.

Plain functions on the short chain; what may act is named by a token in a header, so there is no
session and no CSRF. Described to OpenAPI by `entry_schema`.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from accounts.client_address import client_address
from accounts.errors import DomainError, seconds_to_wait
from quiz.domain.admission import Admission
from quiz.domain.attempt_input import parse_answers, refuse_input
from quiz.domain.attempts import read_attempt, save_attempt, start_attempt, submit_attempt
from quiz.domain.frozen import entry_window
from quiz.domain.receipts import receipt_of
from quiz.domain.registration import register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.errors import InputRefused, UnknownToken
from quiz.interfaces.api.entry_models import (
    AttemptAnswer,
    ReceiptAnswer,
    RegisteredAnswer,
    SavedAnswer,
    StartInput,
)

Model = TypeVar("Model", bound=BaseModel)
Call = Callable[..., BaseModel]
LARGEST_ID = 2**62


class WrongMethod(DomainError):
    code = "wrong_method"
    status = 405
    message = gettext_lazy("Địa chỉ này chỉ nhận yêu cầu POST.")
    hint = gettext_lazy("Gửi lại bằng POST, dữ liệu ở dạng JSON.")


def entry_call(call: Call) -> Callable[..., HttpResponse]:
    """A POST answered by a model as JSON, or by a refusal with its own status."""

    @wraps(call)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if request.method != "POST":
                raise WrongMethod()
            # Taken in whole even where it is not needed: who is answered before the body has come
            # finds the kept connection closed at the next call.
            request.body  # noqa: B018
            answer: HttpResponse = HttpResponse(
                call(request, **kwargs).model_dump_json(), content_type="application/json"
            )
        except DomainError as refusal:
            answer = JsonResponse(refusal.as_dict(), status=refusal.status)
            if refusal.status in (429, 503):
                answer["Retry-After"] = str(seconds_to_wait(refusal))
            if refusal.status == 405:
                answer["Allow"] = "POST"
        answer["Cache-Control"] = "no-store"
        return answer

    return csrf_exempt(view)


def read_body(model: type[Model], body: bytes) -> Model:
    """Raises InputRefused naming every malformed field."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise refuse_input(error) from None


def _attempt_token(request: HttpRequest) -> str:
    return request.headers.get("X-Attempt-Token", "")


@entry_call
def register(request: HttpRequest, code: str) -> RegisteredAnswer:
    try:
        data = json.loads(request.body or b"{}")
    except ValueError:
        raise InputRefused(_("Nội dung gửi lên không phải JSON.")) from None
    if not isinstance(data, dict):
        raise InputRefused(_("Nội dung gửi lên không phải JSON."))
    given = parse_registration(data)
    admission = Admission(
        address=client_address(request),
        proof=request.headers.get("X-Entry-Proof", ""),
        ticket=request.headers.get("X-Entry-Ticket", ""),
    )
    registered = register_entrant(contest_code=code, given=given, admission=admission)
    return RegisteredAnswer.of(registered, entry_window(code))


@entry_call
def start(request: HttpRequest, round_id: int) -> AttemptAnswer:
    given = read_body(StartInput, request.body)
    if round_id > LARGEST_ID:
        raise UnknownToken()
    return AttemptAnswer.of(
        start_attempt(
            entrant_token=request.headers.get("X-Entrant-Token", ""),
            round_id=round_id,
            ordinal=given.ordinal,
        )
    )


@entry_call
def save(request: HttpRequest) -> SavedAnswer:
    given = parse_answers(request.body)
    return SavedAnswer.of(save_attempt(token=_attempt_token(request), given=given))


@entry_call
def submit(request: HttpRequest) -> ReceiptAnswer:
    given = parse_answers(request.body)
    sitting = submit_attempt(token=_attempt_token(request), given=given)
    return ReceiptAnswer.of_receipt(sitting, receipt_of(sitting))


@entry_call
def receipt(request: HttpRequest) -> ReceiptAnswer:
    sitting = read_attempt(token=_attempt_token(request))
    return ReceiptAnswer.of_receipt(sitting, receipt_of(sitting))
