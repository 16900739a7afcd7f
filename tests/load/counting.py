"""The house's settings with a counter on its password checks; for tests/load/sign_in.py."""

import os
from pathlib import Path

from django.contrib.auth.hashers import ScryptPasswordHasher

from config.settings import *  # noqa: F403
from config.settings import PASSWORD_HASHERS, VAR_DIR

COUNTED = Path(VAR_DIR) / "password-checks"


class CountingHasher(ScryptPasswordHasher):
    """One byte for each password that is made or checked, whichever process does it."""

    def encode(self, *words: object, **named: object) -> str:
        with COUNTED.open("ab", buffering=0) as counter:
            os.write(counter.fileno(), b".")
        return super().encode(*words, **named)


PASSWORD_HASHERS = [f"{__name__}.CountingHasher", *PASSWORD_HASHERS[1:]]
