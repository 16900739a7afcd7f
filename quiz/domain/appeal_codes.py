"""The code by which whoever appealed reads the answer: 80 random bits, only a digest is stored."""

import hmac
import uuid

from accounts.crypto import derived_key, field_secrets, keyed_digest, keyed_digests
from quiz.domain.appeal_errors import UnknownAppeal
from quiz.domain.entry_codes import CODE_BYTES
from quiz.engine.codes import BadCode, new_entry_code, normalise_entry_code
from quiz.models import Appeal, Contest

_PURPOSE = "appeal-code"


def codes_of_form(request_key: uuid.UUID) -> list[str]:
    """The code that a form leads to, and those it led to under older field keys.

    It follows from the form's random key, so that a form sent again shows the same code.
    """
    keys = (derived_key(_PURPOSE, secret) for secret in field_secrets())
    digests = (hmac.digest(key, request_key.bytes, "sha256") for key in keys)
    return [new_entry_code(digest[:CODE_BYTES]) for digest in digests]


def appeal_digest(code: str) -> bytes:
    """Under what a new code is stored."""
    return keyed_digest(_PURPOSE, code.encode())


def is_code_of(appeal: Appeal, code: str) -> bool:
    return bytes(appeal.code_digest) in keyed_digests(_PURPOSE, code.encode())


def find_appeal(*, contest: Contest, code: str) -> Appeal:
    """Raises UnknownAppeal."""
    try:
        plain = normalise_entry_code(code)
    except BadCode:
        raise UnknownAppeal from None
    rows = Appeal.objects.filter(contest=contest).select_related("round", "entrant", "attempt")
    found = rows.filter(code_digest__in=keyed_digests(_PURPOSE, plain.encode())).first()
    if found is None:
        raise UnknownAppeal
    return found
