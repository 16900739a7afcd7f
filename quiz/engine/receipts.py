"""The receipt of an attempt: all its answers, openable, signed by the round; it shows no score.

It is a pure function of the stored row, so asking again gives the same receipt, and it holds the
attempt's secret: its holder can find the leaf in the published tree without asking anyone.
Signatures are Ed25519 (RFC 8032) over H("receipt", canon(document)); the short code is that digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from quiz.engine.canonical import H, canon, canon_of_plain, plain
from quiz.engine.codes import (
    BadCode,
    new_entry_code,
    normalise_code,
    normalise_entry_code,
    short_code,
)
from quiz.engine.commitments import leaf, leaf_of_plain

__all__ = [
    "RECEIPT_FORMAT",
    "BadCode",
    "SignedReceipt",
    "new_entry_code",
    "normalise_code",
    "normalise_entry_code",
    "public_key_of",
    "read_private_key",
    "receipt_code",
    "receipt_digest",
    "receipt_document",
    "short_code",
    "sign_receipt",
    "verify_receipt",
]

RECEIPT_FORMAT = "minhthi-receipt/1"


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """`document` is JSON-ready; `signature` has 128 hexadecimal digits."""

    document: dict[str, Any]
    code: str
    signature: str


def receipt_document(
    *, contest: str, round_number: int, secret: bytes, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The receipt as JSON-ready data.

    `values`: the leaf's fields (`quiz.engine.commitments.FIELDS`), `secret`: the attempt's.
    """
    written = plain(values)
    return {
        "format": RECEIPT_FORMAT,
        "contest": contest,
        "round": round_number,
        "leaf": leaf_of_plain(secret, written).hex(),
        "secret": secret.hex(),
        "values": written,
    }


def receipt_digest(document: Mapping[str, Any]) -> bytes:
    return H("receipt", canon(document))


def receipt_code(document: Mapping[str, Any]) -> str:
    """The code to read out or compare by eye."""
    return short_code(receipt_digest(document))


def read_private_key(private_key: bytes) -> Ed25519PrivateKey:
    """The round's signing key, of 32 random bytes; reading it costs as much as signing."""
    return Ed25519PrivateKey.from_private_bytes(private_key)


def public_key_of(private_key: bytes) -> str:
    """64 hexadecimal digits, published with the round, of a key of 32 random bytes."""
    return read_private_key(private_key).public_key().public_bytes_raw().hex()


def sign_receipt(key: Ed25519PrivateKey, document: dict[str, Any]) -> SignedReceipt:
    """Code and signature of what `receipt_document` made; the same each time."""
    digest = H("receipt", canon_of_plain(document))
    return SignedReceipt(document, short_code(digest), key.sign(digest).hex())


def verify_receipt(public_key: str, document: Mapping[str, Any], signature: str) -> bool:
    """Whether the round signed this document and the leaf in it is that of its values."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), receipt_digest(document))
        return document["leaf"] == leaf(bytes.fromhex(document["secret"]), document["values"]).hex()
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
