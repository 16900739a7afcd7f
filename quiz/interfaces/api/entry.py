"""Entering by program: the JSON twins of the entry pages, over the same domain functions.

Functions of what was posted, on the short chain without Django's request; what may act is named by
a token in a header, so there is no session and no CSRF. Described to OpenAPI by `entry_schema`.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from accounts.errors import DomainError
from quiz.domain.admission import Admission
from quiz.domain.attempt_input import parse_answers, refuse_input
from quiz.domain.attempts import read_attempt, save_attempt, start_attempt, submit_attempt
from quiz.domain.frozen import entry_window
from quiz.domain.receipts import receipt_of
from quiz.domain.registration import register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.errors import InputRefused, UnknownToken
from quiz.interfaces.api.entry_models import (
    ReceiptAnswer,
    RegisteredAnswer,
    SavedAnswer,
    StartInput,
)
from quiz.interfaces.api.paper_json import attempt_json
from quiz.interfaces.api.posted import (
    Answered,
    Posted,
    answer_posted,
    posted_of,
    refuse_posted,
    respond,
)

Model = TypeVar("Model", bound=BaseModel)
Call = Callable[..., BaseModel | bytes]
LARGEST_ID = 2**62


class WrongMethod(DomainError):
    code = "wrong_method"
    status = 405
    message = gettext_lazy("Địa chỉ này chỉ nhận yêu cầu POST.")
    hint = gettext_lazy("Gửi lại bằng POST, dữ liệu ở dạng JSON.")


def entry_call(call: Call) -> Callable[..., HttpResponse]:
    """A POST answered by a model (or its JSON), or by a refusal with its own status.

    The view serves the full chain; `view.answer(posted, **kwargs)` is what the short one asks.
    """

    def answer(posted: Posted, **kwargs: Any) -> Answered:
        return answer_posted(lambda: _written(call(posted, **kwargs)))

    @wraps(call)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return respond(refuse_posted(WrongMethod()))
        return respond(answer(posted_of(request), **kwargs))

    view.answer = answer
    return csrf_exempt(view)


def _written(answer: BaseModel | bytes) -> bytes:
    return answer if isinstance(answer, bytes) else answer.model_dump_json().encode()


def read_body(model: type[Model], body: bytes) -> Model:
    """Raises InputRefused naming every malformed field."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise refuse_input(error) from None


@entry_call
def register(posted: Posted, code: str) -> RegisteredAnswer:
    try:
        data = json.loads(posted.body or b"{}")
    except ValueError:
        raise InputRefused(_("Nội dung gửi lên không phải JSON.")) from None
    if not isinstance(data, dict):
        raise InputRefused(_("Nội dung gửi lên không phải JSON."))
    given = parse_registration(data)
    admission = Admission(
        address=posted.address,
        proof=posted.header("HTTP_X_ENTRY_PROOF"),
        ticket=posted.header("HTTP_X_ENTRY_TICKET"),
    )
    registered = register_entrant(contest_code=code, given=given, admission=admission)
    return RegisteredAnswer.of(registered, entry_window(code))


@entry_call
def start(posted: Posted, round_id: int) -> bytes:
    given = read_body(StartInput, posted.body)
    if round_id > LARGEST_ID:
        raise UnknownToken()
    return attempt_json(
        start_attempt(
            entrant_token=posted.header("HTTP_X_ENTRANT_TOKEN"),
            round_id=round_id,
            ordinal=given.ordinal,
        )
    )


@entry_call
def save(posted: Posted) -> SavedAnswer:
    given = parse_answers(posted.body)
    return SavedAnswer.of(save_attempt(token=posted.attempt_token, given=given))


@entry_call
def submit(posted: Posted) -> ReceiptAnswer:
    given = parse_answers(posted.body)
    sitting = submit_attempt(token=posted.attempt_token, given=given)
    return ReceiptAnswer.of_receipt(sitting, receipt_of(sitting))


@entry_call
def receipt(posted: Posted) -> ReceiptAnswer:
    sitting = read_attempt(token=posted.attempt_token)
    return ReceiptAnswer.of_receipt(sitting, receipt_of(sitting))
