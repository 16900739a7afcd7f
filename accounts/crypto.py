"""Personal numbers at rest: encrypted, and found again by a keyed digest (blind index)."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache(maxsize=8)
def derived_key(purpose: str, secret: str) -> bytes:
    """32 bytes for one purpose, so that one key never serves two."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def _field_key(purpose: str) -> bytes:
    return derived_key(purpose, settings.FIELD_KEY)


def seal_text(text: str) -> bytes:
    """Encrypt a field; the empty text stays empty so that it needs no key to be seen as missing."""
    if not text:
        return b""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_field_key("field")).encrypt(nonce, text.encode(), None)


def open_text(sealed: bytes | memoryview) -> str:
    """The text of `seal_text`. Raises ValueError when the key is another one."""
    data = bytes(sealed)
    if not data:
        return ""
    try:
        return (
            AESGCM(_field_key("field"))
            .decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
            .decode()
        )
    except InvalidTag as error:
        raise ValueError("sealed with another key") from error


def blind_index(purpose: str, text: str) -> bytes:
    """16 bytes that are equal for equal texts and say nothing without the key; b"" for ""."""
    if not text:
        return b""
    return hmac.new(_field_key("index:" + purpose), text.encode(), hashlib.sha256).digest()[:16]


def keyed_digest(purpose: str, value: bytes) -> bytes:
    """32 bytes under which a secret handed out (a code, a link) is stored."""
    return hmac.new(_field_key("digest:" + purpose), value, hashlib.sha256).digest()


def random_code(size: int) -> str:
    """A URL-safe secret of `size` random bytes."""
    return base64.urlsafe_b64encode(os.urandom(size)).decode().rstrip("=")
