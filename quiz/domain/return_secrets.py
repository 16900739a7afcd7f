"""The secrets of a one-time code; neither the code nor the browser's cookie is stored."""

import hmac
import os

from django.conf import settings

from accounts.crypto import derived_key, keyed_digest

BROWSER_BYTES = 32
CODE_DIGITS = 6


def new_browser_secret() -> str:
    """What binds a code to the browser that asked for it."""
    return os.urandom(BROWSER_BYTES).hex()


def browser_digest(browser: str) -> bytes:
    """Under what a request for a code is stored."""
    return keyed_digest("return-browser", browser.encode())


def code_of(digest: bytes) -> str:
    """The code of a request: it follows from the stored digest by a key of the installation."""
    key = derived_key("return-code", settings.TOKEN_KEY)
    number = int.from_bytes(hmac.digest(key, digest, "sha256")[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
