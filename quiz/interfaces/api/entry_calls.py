"""The calls of entering and coming back as the OpenAPI document tells them."""

from dataclasses import dataclass

from pydantic import BaseModel

from quiz.domain.attempt_input import AnswersInput
from quiz.domain.registration_input import RegistrationInput
from quiz.interfaces.api.appeal_models import (
    AppealAnswer,
    AppealCodeInput,
    AppealFiling,
    FiledAnswer,
)
from quiz.interfaces.api.entry_models import (
    AttemptAnswer,
    ReceiptAnswer,
    RegisteredAnswer,
    SavedAnswer,
    StartInput,
)
from quiz.interfaces.api.return_models import (
    AskedAnswer,
    ClaimAnswer,
    CodeInput,
    ConfirmInput,
    ContactInput,
    PersonsAnswer,
    ReceivedAnswer,
    ReportInput,
    ReturnedAnswer,
    StaffInput,
    StaffRegisterInput,
)

Model = type[BaseModel]


@dataclass(frozen=True)
class EntryCall:
    """One call: what it takes, what it answers, which header names who acts."""

    path: str
    operation: str
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None
    header: str = ""
    parameter: tuple[str, str] = ("", "")
    optional: tuple[str, ...] = ()


ENTRY_CALLS = (
    EntryCall(
        "/api/v1/entry/contests/{code}/register",
        "entry_register",
        "Register for a contest; the same body sent again gives the same answer.",
        RegisteredAnswer,
        RegistrationInput,
        parameter=("code", "string"),
        optional=("X-Entry-Proof", "X-Entry-Ticket"),
    ),
    EntryCall(
        "/api/v1/entry/rounds/{round_id}/start",
        "entry_start",
        "Start an attempt, or go on with the one of that ordinal.",
        AttemptAnswer,
        StartInput,
        header="X-Entrant-Token",
        parameter=("round_id", "integer"),
    ),
    EntryCall(
        "/api/v1/entry/save",
        "entry_save",
        "Store the whole answer set; a replayed save is a success.",
        SavedAnswer,
        AnswersInput,
        header="X-Attempt-Token",
    ),
    EntryCall(
        "/api/v1/entry/submit",
        "entry_submit",
        "Store the answer set and end the attempt; repeated, the same receipt.",
        ReceiptAnswer,
        AnswersInput,
        header="X-Attempt-Token",
    ),
    EntryCall(
        "/api/v1/entry/receipt",
        "entry_receipt",
        "The signed receipt of an ended attempt.",
        ReceiptAnswer,
        None,
        header="X-Attempt-Token",
    ),
)


def _back(path: str, operation: str, summary: str, *, takes: Model, answers: Model) -> EntryCall:
    return EntryCall(
        f"/api/v1/return/contests/{{code}}/{path}",
        operation,
        summary,
        answers,
        takes,
        parameter=("code", "string"),
    )


RETURN_CALLS = (
    _back(
        "code",
        "return_by_code",
        "Come back by the mã dự thi.",
        takes=CodeInput,
        answers=ReturnedAnswer,
    ),
    _back(
        "contact",
        "return_ask_code",
        "Have a one-time code sent; answered alike whether anybody gave this contact.",
        takes=ContactInput,
        answers=AskedAnswer,
    ),
    _back(
        "contact/confirm",
        "return_confirm_code",
        "Whom the right code brings back; it works once.",
        takes=ConfirmInput,
        answers=PersonsAnswer,
    ),
    _back(
        "staff",
        "return_claim_staff",
        "Say who one is on the contest's roster.",
        takes=StaffInput,
        answers=ClaimAnswer,
    ),
    _back(
        "staff/register",
        "return_register_staff",
        "Register as that person of the roster.",
        takes=StaffRegisterInput,
        answers=ReturnedAnswer,
    ),
    _back(
        "reports",
        "return_report",
        "Tell the organisers that another used one's name or number.",
        takes=ReportInput,
        answers=ReceivedAnswer,
    ),
)


def _appeal(path: str, operation: str, summary: str, *, takes: Model, answers: Model) -> EntryCall:
    place = f"/api/v1/appeals/contests/{{code}}/{path}"
    return EntryCall(place, operation, summary, answers, takes, parameter=("code", "string"))


APPEAL_CALLS = (
    _appeal(
        "file",
        "appeal_file",
        "Complain about a round; the same body sent again gives the same answer.",
        takes=AppealFiling,
        answers=FiledAnswer,
    ),
    _appeal(
        "answer",
        "appeal_answer",
        "How far an appeal is and what was answered, by its code.",
        takes=AppealCodeInput,
        answers=AppealAnswer,
    ),
)

CALLS = (*ENTRY_CALLS, *RETURN_CALLS, *APPEAL_CALLS)
