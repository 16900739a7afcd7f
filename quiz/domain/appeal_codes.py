"""The code by which whoever appealed reads the answer."""

import uuid

from quiz.domain.appeal_errors import UnknownAppeal
from quiz.domain.form_codes import FormCodes
from quiz.engine.codes import BadCode
from quiz.models import Appeal, Contest

_CODES = FormCodes("appeal-code")


def codes_of_form(request_key: uuid.UUID) -> list[str]:
    """The code that a form leads to, and those it led to under older field keys."""
    return _CODES.of_form(request_key)


def appeal_digest(code: str) -> bytes:
    """Under what a new code is stored."""
    return _CODES.digest(code)


def is_code_of(appeal: Appeal, code: str) -> bool:
    return bytes(appeal.code_digest) in _CODES.digests(code)


def find_appeal(*, contest: Contest, code: str) -> Appeal:
    """Raises UnknownAppeal."""
    try:
        digests = _CODES.digests_of_typed(code)
    except BadCode:
        raise UnknownAppeal from None
    rows = Appeal.objects.filter(contest=contest).select_related("round", "entrant", "attempt")
    found = rows.filter(code_digest__in=digests).first()
    if found is None:
        raise UnknownAppeal
    return found
