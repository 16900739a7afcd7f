"""What lets a browser act for an entrant or an attempt: encrypted, opaque, never in a URL.

A token holds row numbers, the paper's seed and the epoch: no identity, no deadline, nothing that
tells a count. Whoever holds it may act, so pages that carry it are `no-store`, and writes take it
from a header or a hidden field only.
"""

import base64
import binascii
import os
import struct
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from accounts.crypto import NONCE_BYTES, derived_key
from quiz.errors import UnknownToken

SEED_BYTES = 16
_ATTEMPT = struct.Struct(">QQQ16sH")
_ENTRANT = struct.Struct(">QQ")
_CLAIM = struct.Struct(">QQQ")
_LOG = struct.Struct(">QQ32s")


@dataclass(frozen=True, slots=True)
class AttemptToken:
    round_id: int
    pool_id: int
    attempt_id: int
    seed: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class EntrantToken:
    """`weak`: its holder knew a staff code and a birth date, as colleagues may. It opens the
    paper now open or the next one, and nothing that is over.
    """

    contest_id: int
    entrant_id: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class StaffClaim:
    """Who said a staff code and the birth date that belongs to it, and when (Unix seconds)."""

    contest_id: int
    roster_entry_id: int
    at: int


@lru_cache(maxsize=8)
def _cipher(purpose: str, secret: str) -> AESGCM:
    return AESGCM(derived_key("token:" + purpose, secret))


def _seal(purpose: str, plain: bytes) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(purpose, settings.TOKEN_KEY).encrypt(nonce, plain, None)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _open(purpose: str, token: str, shape: struct.Struct) -> tuple:
    """The fields of a token. Raises UnknownToken for anything not sealed here for this purpose."""
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        plain = _cipher(purpose, settings.TOKEN_KEY).decrypt(
            data[:NONCE_BYTES], data[NONCE_BYTES:], None
        )
        return shape.unpack(plain)
    except (binascii.Error, InvalidTag, ValueError, struct.error) as error:
        raise UnknownToken() from error


def seal_attempt_token(token: AttemptToken) -> str:
    return _seal(
        "attempt",
        _ATTEMPT.pack(token.round_id, token.pool_id, token.attempt_id, token.seed, token.epoch),
    )


def open_attempt_token(token: str) -> AttemptToken:
    """Raises UnknownToken."""
    return _attempt_under(settings.TOKEN_KEY, token)


@lru_cache(maxsize=4096)
def _attempt_under(_key: str, token: str) -> AttemptToken:
    """Kept: each answer of a sheet brings the same token again. What it may do the row decides."""
    return AttemptToken(*_open("attempt", token, _ATTEMPT))


def seal_entrant_token(token: EntrantToken) -> str:
    purpose = "entrant-weak" if token.weak else "entrant"
    return _seal(purpose, _ENTRANT.pack(token.contest_id, token.entrant_id))


def open_entrant_token(token: str) -> EntrantToken:
    """Raises UnknownToken, for a weak one too: whoever takes those says so by name."""
    return EntrantToken(*_open("entrant", token, _ENTRANT))


def open_any_entrant_token(token: str) -> EntrantToken:
    """A strong or a weak one. Raises UnknownToken."""
    try:
        return open_entrant_token(token)
    except UnknownToken:
        contest_id, entrant_id = _open("entrant-weak", token, _ENTRANT)
        return EntrantToken(contest_id, entrant_id, weak=True)


def seal_staff_claim(claim: StaffClaim) -> str:
    return _seal("staff", _CLAIM.pack(claim.contest_id, claim.roster_entry_id, claim.at))


def open_staff_claim(token: str) -> StaffClaim:
    """Raises UnknownToken."""
    return StaffClaim(*_open("staff", token, _CLAIM))


def seal_log_facts(attempt_id: int, made_ms: int, digest: bytes) -> str:
    """An extract of an attempt's log, made at that moment (Unix ms) with that SHA-256. It proves
    and never acts, so it may stand in an address.
    """
    return _seal("attempt-log", _LOG.pack(attempt_id, made_ms, digest))


def open_log_seal(seal: str) -> tuple[int, int, bytes]:
    """(attempt, made_ms, digest). Raises UnknownToken."""
    attempt_id, made_ms, digest = _open("attempt-log", seal, _LOG)
    return attempt_id, made_ms, digest
