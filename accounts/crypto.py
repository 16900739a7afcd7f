"""Personal numbers at rest: encrypted, and found again by a keyed digest (blind index).

The installation's field key can be exchanged. What is written carries the current key
(`FIELD_KEY`); what was written before is read and found with the keys in `FIELD_KEYS_OLD`, until
`manage.py rotate_field_key` has moved it.
"""

import base64
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
# A sealed value begins with this byte and its key's id; those of the first version with the nonce.
_MARK = b"\x01"
_ID_BYTES = 4
_HEAD_BYTES = len(_MARK) + _ID_BYTES
INDEX_BYTES = 16


@lru_cache(maxsize=256)
def derived_key(purpose: str, secret: str) -> bytes:
    """32 bytes for one purpose, so that one key never serves two."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def field_secrets() -> list[str]:
    """The current field key and the ones before it, in this order."""
    return [settings.FIELD_KEY, *settings.FIELD_KEYS_OLD]


@lru_cache(maxsize=16)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(derived_key("field", secret))


@lru_cache(maxsize=16)
def _head(secret: str) -> bytes:
    return _MARK + derived_key("key-id", secret)[:_ID_BYTES]


def key_id(secret: str = "") -> str:
    """Names a field key (the current one) without telling it."""
    return _head(secret or settings.FIELD_KEY)[len(_MARK) :].hex()


def seal_text(text: str) -> bytes:
    """Encrypt a field; the empty text stays empty so that it needs no key to be seen as missing."""
    if not text:
        return b""
    nonce, secret = os.urandom(NONCE_BYTES), settings.FIELD_KEY
    return _head(secret) + nonce + _cipher(secret).encrypt(nonce, text.encode(), None)


def open_text(sealed: bytes | memoryview) -> str:
    """The text of `seal_text`. Raises ValueError when the key is none of ours."""
    data = bytes(sealed)
    if not data:
        return ""
    secrets = field_secrets()
    for secret in secrets:
        if data.startswith(_head(secret)):
            text = _decrypt(secret, data[_HEAD_BYTES:])
            if text is not None:
                return text
    for secret in secrets:
        text = _decrypt(secret, data)
        if text is not None:
            return text
    raise ValueError("sealed with another key")


def text_opener() -> Callable[[bytes], str]:
    """`open_text` for a great many values: what the current key needs is looked up once."""
    head, decrypt = _head(settings.FIELD_KEY), _cipher(settings.FIELD_KEY).decrypt
    nonce_end = _HEAD_BYTES + NONCE_BYTES

    def open_one(sealed: bytes) -> str:
        if sealed.startswith(head):
            try:
                return decrypt(sealed[_HEAD_BYTES:nonce_end], sealed[nonce_end:], None).decode()
            except (InvalidTag, ValueError):
                pass  # the nonce of a value from before keys had names may look like a head
        return open_text(sealed)

    return open_one


def _decrypt(secret: str, data: bytes) -> str | None:
    try:
        return _cipher(secret).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        return None


def is_sealed_now(sealed: bytes | memoryview) -> bool:
    """Whether a value is missing or carries the current key's name."""
    return not sealed or bytes(sealed[:_HEAD_BYTES]) == _head(settings.FIELD_KEY)


def sealed_now_head() -> bytes:
    """What every value sealed with the current key begins with."""
    return _head(settings.FIELD_KEY)


def _index(secret: str, purpose: str, text: str) -> bytes:
    key = derived_key("index:" + purpose, secret)
    return hmac.digest(key, text.encode(), "sha256")[:INDEX_BYTES]


def _digest(secret: str, purpose: str, value: bytes) -> bytes:
    key = derived_key("digest:" + purpose, secret)
    return hmac.digest(key, value, "sha256")


def blind_index(purpose: str, text: str) -> bytes:
    """16 bytes that are equal for equal texts and say nothing without the key; b"" for ""."""
    return _index(settings.FIELD_KEY, purpose, text) if text else b""


def blind_indexes(purpose: str, text: str) -> list[bytes]:
    """Every index `text` may stand under, the current key's first; for look-ups."""
    return [_index(secret, purpose, text) for secret in field_secrets()] if text else []


def keyed_digest(purpose: str, value: bytes) -> bytes:
    """32 bytes under which a secret handed out (a code, a link) is stored."""
    return _digest(settings.FIELD_KEY, purpose, value)


def keyed_digests(purpose: str, value: bytes) -> list[bytes]:
    """Every digest a secret handed out may be stored under; for look-ups."""
    return [_digest(secret, purpose, value) for secret in field_secrets()]


def random_code(size: int) -> str:
    """A URL-safe secret of `size` random bytes."""
    return base64.urlsafe_b64encode(os.urandom(size)).decode().rstrip("=")
