"""A certificate as one line of text that carries its own proof: what the QR code on paper holds.

The line is `MT1.<payload>.<signature>`, both in base64url without padding (RFC 4648, section 5).
The payload is the canonical JSON array of its fields in the order of `Told`; the signature is
Ed25519 (RFC 8032) over H("certificate", payload), as receipts are signed.
`docs/certificate-format.md` tells it to others.
"""

import base64
import binascii
import json
from dataclasses import astuple, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from quiz.engine.canonical import H, canon

PREFIX = "MT1"
TAG = "certificate"
LONGEST = 2000


class CodeUnreadableError(ValueError):
    """The text is no certificate's code."""


@dataclass(frozen=True)
class Told:
    """What the paper says; days as “2026-11-30”, `expires` "" where it has no end.

    `code` finds the certificate where there is a network, to learn whether it was revoked.
    """

    number: str
    holder: str
    unit: str
    course: str
    body: str
    completed: str
    expires: str
    code: str


def write_code(told: Told, key: Ed25519PrivateKey) -> str:
    payload = canon(list(astuple(told)))
    return f"{PREFIX}.{_text(payload)}.{_text(key.sign(H(TAG, payload)))}"


def read_code(text: str) -> tuple[Told, bytes, bytes]:
    """What a code tells, its payload and signature, nothing checked yet.

    Takes the line itself or an address that ends in “#” and the line. Raises CodeUnreadableError.
    """
    line = text.strip().rpartition("#")[2]
    parts = line.split(".")
    if len(line) > LONGEST or len(parts) != 3 or parts[0] != PREFIX:
        raise CodeUnreadableError
    try:
        payload, signature = _bytes(parts[1]), _bytes(parts[2])
        fields: Any = json.loads(payload)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CodeUnreadableError from error
    if not isinstance(fields, list) or len(fields) != len(Told.__dataclass_fields__):
        raise CodeUnreadableError
    if not all(isinstance(field, str) for field in fields):
        raise CodeUnreadableError
    return Told(*fields), payload, signature


def is_signed(*, payload: bytes, signature: bytes, public_key: str) -> bool:
    """Whether the key (hexadecimal) signed this payload."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(signature, H(TAG, payload))
    except InvalidSignature:
        return False
    return True


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
