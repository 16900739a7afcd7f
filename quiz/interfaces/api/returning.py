"""Coming back by program: the JSON twins of the pages for returning entrants.

On the full chain, unlike the entry calls: they send messages and count turns. What may act is named
by a token, so there is no session and no CSRF.
"""

import json

from quiz.domain.entrant_reports import file_report
from quiz.domain.entry_codes import find_entrant
from quiz.domain.registration_input import parse_registration
from quiz.domain.return_codes import ask_return_code, confirm_return_code, short_name
from quiz.domain.return_staff import claim_staff_entry, register_listed
from quiz.domain.tokens import EntrantToken, seal_entrant_token
from quiz.errors import ContestNotFound
from quiz.interfaces.api.entry import entry_call, read_body
from quiz.interfaces.api.posted import Posted
from quiz.interfaces.api.return_models import (
    AskedAnswer,
    ClaimAnswer,
    CodeInput,
    ConfirmInput,
    ContactInput,
    PersonAnswer,
    PersonsAnswer,
    ReceivedAnswer,
    ReportInput,
    ReturnedAnswer,
    StaffInput,
    StaffRegisterInput,
)
from quiz.models import Contest, Entrant


def public_contest(code: str) -> Contest:
    """Raises ContestNotFound."""
    contest = Contest.objects.public().filter(code=code).first()
    if contest is None:
        raise ContestNotFound()
    return contest


def _token(entrant: Entrant) -> str:
    return seal_entrant_token(EntrantToken(entrant.contest_id, entrant.pk))


@entry_call
def by_code(posted: Posted, code: str) -> ReturnedAnswer:
    given = read_body(CodeInput, posted.body)
    entrant = find_entrant(contest_id=public_contest(code).pk, code=given.entry_code)
    return ReturnedAnswer(entrant_token=_token(entrant), entry_code=None)


@entry_call
def ask_code(posted: Posted, code: str) -> AskedAnswer:
    given = read_body(ContactInput, posted.body)
    secret = ask_return_code(
        contest=public_contest(code), contact=given.contact, address=posted.address
    )
    return AskedAnswer(secret=secret)


@entry_call
def confirm_code(posted: Posted, code: str) -> PersonsAnswer:
    given = read_body(ConfirmInput, posted.body)
    found = confirm_return_code(contest=public_contest(code), browser=given.secret, code=given.code)
    return PersonsAnswer(
        persons=[
            PersonAnswer(name=short_name(entrant.full_name), entrant_token=_token(entrant))
            for entrant in found
        ]
    )


@entry_call
def claim_staff(posted: Posted, code: str) -> ClaimAnswer:
    given = read_body(StaffInput, posted.body)
    claimed = claim_staff_entry(
        contest=public_contest(code),
        staff_code=given.staff_code,
        birth_date=given.birth_date,
        address=posted.address,
    )
    return ClaimAnswer(
        claim=claimed.token,
        full_name=claimed.entry.full_name,
        unit=claimed.entry.unit.name,
        entrant_token=claimed.back or None,
    )


@entry_call
def register_staff(posted: Posted, code: str) -> ReturnedAnswer:
    read_body(StaffRegisterInput, posted.body)
    data = json.loads(posted.body)
    typed = parse_registration(data)
    answer = register_listed(contest=public_contest(code), claim=data["claim"], typed=typed)
    if isinstance(answer, str):
        return ReturnedAnswer(entrant_token=answer, entry_code=None)
    return ReturnedAnswer(entrant_token=answer.token, entry_code=answer.code)


@entry_call
def report(posted: Posted, code: str) -> ReceivedAnswer:
    given = read_body(ReportInput, posted.body)
    file_report(
        contest=public_contest(code),
        text=given.text,
        contact=given.contact,
        entrant_token=given.entrant_token,
        address=posted.address,
    )
    return ReceivedAnswer(received=True)
