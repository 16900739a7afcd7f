"""What is promised before anyone answers, and what each attempt promises field by field.

The round: H("commit", S ‖ canon(document)) is published when it opens. S is 32 secret random bytes;
without them a short key could be found by trying.

The attempt: each field of its leaf is committed on its own under a key made from the attempt's
secret s, so that one field can be opened without the others, and erasing s leaves a leaf that says
nothing more about the person. HMAC-SHA256 (RFC 2104) is the commitment.
"""

import hmac
from collections.abc import Collection, Mapping
from typing import Any

from quiz.engine.canonical import H, canon, canon_of_plain, plain

FIELDS = (
    "paper",
    "answers",
    "prediction",
    "started",
    "ended",
    "person",
    "unit",
    "group",
    "closed_by",
)
# Since leaf version 2: the commitment of the round the attempt belongs to, so that a tree can't be
# shown beside other keys or rules; and the digest of `quiz.engine.bounds`.
FIELDS_2 = (*FIELDS, "round", "bounds")
LEAF_VERSION = 2
FIELDS_OF_VERSION = {1: FIELDS, 2: FIELDS_2}
_KNOWN = tuple(frozenset(fields) for fields in FIELDS_OF_VERSION.values())
SECRET_BYTES = 32

Opening = dict[str, dict[str, Any]]


class CommitmentError(ValueError):
    """A secret of the wrong length, a field missing or unknown, an opening that does not fit."""


def commit_round(secret: bytes, document: Mapping[str, Any]) -> str:
    """The round's commitment, 64 hexadecimal digits.

    `document` holds everything fixed at the opening: pools, keys, rules, draw version and the
    public key of the receipts.
    """
    return H("commit", _secret(secret) + canon(document)).hex()


def field_key(secret: bytes, name: str) -> bytes:
    """The key that opens one field of one attempt, and nothing else."""
    return hmac.digest(_secret(secret), f"field:{name}".encode(), "sha256")


def field_commitments(secret: bytes, values: Mapping[str, Any]) -> dict[str, str]:
    """Commitment (hexadecimal) of each field of the leaf. Raises `CommitmentError`."""
    return commit_plain(secret, plain(values))


def commit_plain(secret: bytes, written: Mapping[str, Any]) -> dict[str, str]:
    """The same of fields that `plain` has written, which are not looked through again."""
    _check_fields(written)
    return {
        name: hmac.digest(field_key(secret, name), canon_of_plain(value), "sha256").hex()
        for name, value in written.items()
    }


def _check_fields(fields: Mapping[str, Any]) -> None:
    if fields.keys() not in _KNOWN:
        raise CommitmentError(f"a leaf has exactly the fields {', '.join(FIELDS_2)}")


def leaf_of_commitments(commitments: Mapping[str, str]) -> bytes:
    """The leaf, 32 bytes: H("leaf", canon({field: commitment}))."""
    _check_fields(commitments)
    return H("leaf", canon_of_plain(dict(commitments)))


def leaf(secret: bytes, values: Mapping[str, Any]) -> bytes:
    """The leaf of an attempt from its secret and its fields."""
    return leaf_of_commitments(field_commitments(secret, values))


def leaf_of_plain(secret: bytes, written: Mapping[str, Any]) -> bytes:
    """The same from fields that `plain` has written, which are not looked through again."""
    return leaf_of_commitments(commit_plain(secret, written))


def open_leaf(
    secret: bytes, values: Mapping[str, Any], fields: Collection[str] = FIELDS_2
) -> Opening:
    """Show some fields with their keys, of the others the commitment alone.

    {"group": {"value": …, "key": hex}, "person": {"commitment": hex}, …}, ready for JSON.
    """
    written = plain(values)
    return open_committed(secret, written, commit_plain(secret, written), fields)


def open_committed(
    secret: bytes,
    written: Mapping[str, Any],
    commitments: Mapping[str, str],
    fields: Collection[str],
) -> Opening:
    """The same from fields that `plain` has written and their commitments, made before."""
    if not set(fields) <= written.keys() | set(FIELDS_2):
        raise CommitmentError("unknown field")
    return {
        name: {"value": written[name], "key": field_key(secret, name).hex()}
        if name in fields
        else {"commitment": commitment}
        for name, commitment in commitments.items()
    }


def leaf_of_opening(opening: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The leaf an opening belongs to; compare it with the one in the tree.

    Raises `CommitmentError` when a field is neither opened nor committed to.
    """
    return leaf_of_commitments({name: _commitment(part) for name, part in opening.items()})


def _commitment(part: Mapping[str, Any]) -> str:
    match part:
        case {"value": value, "key": str(key)} if len(part) == 2:
            return _commit(_from_hex(key), value)
        case {"commitment": str(commitment)} if len(part) == 1:
            return _from_hex(commitment).hex()
    raise CommitmentError("a field is opened by value and key, or closed by its commitment")


def _commit(key: bytes, value: Any) -> str:
    return hmac.digest(key, canon(value), "sha256").hex()


def _from_hex(text: str) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError as error:
        raise CommitmentError("not hexadecimal digits") from error
    return _secret(data)


def _secret(data: bytes) -> bytes:
    if len(data) != SECRET_BYTES:
        raise CommitmentError(f"expected {SECRET_BYTES} bytes, got {len(data)}")
    return bytes(data)
