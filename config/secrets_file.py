"""Secrets made once per installation and kept readable by their owner alone."""

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

NAMES = ("django", "field", "token")


def load_secrets(path: Path) -> dict[str, str]:
    """The secrets in `path`, created with mode 0600 at the first call.

    Two processes starting at once both get the secrets of the one that linked its file first.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({name: secrets.token_urlsafe(48) for name in NAMES}, file)
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return json.loads(path.read_text())
