"""The mã dự thi: 80 random bits that bring an entrant back; only a keyed digest is stored."""

import hmac
import uuid

from django.conf import settings

from accounts.crypto import derived_key, field_secrets, keyed_digest, keyed_digests
from quiz.engine.receipts import new_entry_code, normalise_entry_code
from quiz.errors import UnknownCode
from quiz.models import Entrant

CODE_BYTES = 10


def code_of_request(request_key: uuid.UUID) -> str:
    """The code of a registration.

    It follows from the registration's random key and the installation's, so that a registration
    sent again after a lost reply shows the same code although the code itself is never stored.
    """
    return _code_under(settings.FIELD_KEY, request_key)


def _code_under(secret: str, request_key: uuid.UUID) -> str:
    key = derived_key("entry-code", secret)
    return new_entry_code(hmac.digest(key, request_key.bytes, "sha256")[:CODE_BYTES])


def older_code(request_key: uuid.UUID, stored: bytes) -> str | None:
    """The code shown to a registration that came before the field key was exchanged."""
    for secret in field_secrets():
        code = _code_under(secret, request_key)
        if stored in keyed_digests("entry-code", _plain(code)):
            return code
    return None


def code_digest(code: str) -> bytes:
    """Under what a new code is stored. Raises UnknownCode when it can't be a code."""
    return keyed_digest("entry-code", _plain(code))


def _plain(code: str) -> bytes:
    try:
        return normalise_entry_code(code).encode()
    except ValueError as error:
        raise UnknownCode() from error


def find_entrant(*, contest_id: int, code: str) -> Entrant:
    """Who holds this code in this contest. Raises UnknownCode."""
    digests = keyed_digests("entry-code", _plain(code))  # it may be older than the field key
    found = Entrant.objects.filter(contest_id=contest_id, code_digest__in=digests).first()
    if found is None:
        raise UnknownCode()
    return found
