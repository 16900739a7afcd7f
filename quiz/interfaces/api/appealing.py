"""Appealing by program, without an account: the JSON twin of the public page, on the full chain."""

from accounts.domain.throttling import take_turn
from quiz.domain.appeal_codes import find_appeal
from quiz.domain.appeal_reading import BY_ADDRESS, told_answer, told_state
from quiz.domain.appeals import AppealInput, file_appeal
from quiz.domain.clock import read_now
from quiz.enums import AppealState
from quiz.interfaces.api.appeal_models import (
    AppealAnswer,
    AppealCodeInput,
    AppealFiling,
    FiledAnswer,
)
from quiz.interfaces.api.entry import entry_call, read_body
from quiz.interfaces.api.posted import Posted
from quiz.interfaces.api.returning import public_contest
from quiz.queries.appeal import DECIDED


@entry_call
def file(posted: Posted, code: str) -> FiledAnswer:
    given = read_body(AppealFiling, posted.body)
    filed = file_appeal(
        contest=public_contest(code),
        given=AppealInput(
            request_key=given.request_key,
            round_number=str(given.round),
            kind=given.kind,
            text=given.text,
            contact=given.contact,
            code=given.entry_code,
            receipt=given.receipt,
            slot="" if given.slot is None else str(given.slot),
            evidence=given.evidence.encode(),
        ),
        address=posted.address,
        now=read_now(),
    )
    return FiledAnswer(number=filed.appeal.number, code=filed.code)


@entry_call
def answer(posted: Posted, code: str) -> AppealAnswer:
    given = read_body(AppealCodeInput, posted.body)
    limit, seconds = BY_ADDRESS
    take_turn(purpose="appeal-code", key=posted.address, limit=limit, seconds=seconds)
    found = find_appeal(contest=public_contest(code), code=given.code)
    decided = found.state in DECIDED
    return AppealAnswer(
        number=found.number,
        round=found.round.number,
        kind=found.kind,
        filed_at=found.filed_at,
        state=told_state(found),
        accepted=found.state == AppealState.ACCEPTED if decided else None,
        answer=told_answer(found),
        decided_at=found.decided_at if decided else None,
    )
