"""A code that whoever sent a form reads the answer by: 80 random bits, only a digest is stored.

It follows from the form's random key, so that a form sent again shows the same code.
"""

import hmac
import uuid
from dataclasses import dataclass

from accounts.crypto import derived_key, field_secrets, keyed_digest, keyed_digests
from quiz.domain.entry_codes import CODE_BYTES
from quiz.engine.codes import new_entry_code, normalise_entry_code


@dataclass(frozen=True)
class FormCodes:
    """The codes of one kind of form; `purpose` keeps kinds apart."""

    purpose: str

    def of_form(self, request_key: uuid.UUID) -> list[str]:
        """The code that a form leads to, and those it led to under older field keys."""
        keys = (derived_key(self.purpose, secret) for secret in field_secrets())
        digests = (hmac.digest(key, request_key.bytes, "sha256") for key in keys)
        return [new_entry_code(digest[:CODE_BYTES]) for digest in digests]

    def digest(self, code: str) -> bytes:
        """Under what a new code is stored."""
        return keyed_digest(self.purpose, code.encode())

    def digests(self, code: str) -> list[bytes]:
        """Under what a code may have been stored, by the field key then."""
        return list(keyed_digests(self.purpose, code.encode()))

    def digests_of_typed(self, typed: str) -> list[bytes]:
        """The same for a code as people type it. Raises BadCode if it can't be one."""
        return self.digests(normalise_entry_code(typed))
