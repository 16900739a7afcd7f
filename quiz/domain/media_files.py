"""The bytes of items' pictures and sounds: one file a content, named by its SHA-256."""

import hashlib
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

FOLDER = "items"


def path_of(sha256: str) -> Path:
    return Path(default_storage.path(f"{FOLDER}/{sha256[:2]}/{sha256}"))


def store_bytes(content: bytes) -> str:
    """Keep the bytes and return their SHA-256; kept already, nothing is written."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved: whoever reads meets the whole file or none.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        written = Path(file.name)
        written.chmod(0o640)
        written.replace(path)
    return sha256


def read_bytes(sha256: str) -> bytes:
    """Raises FileNotFoundError when the media folder lost it."""
    return path_of(sha256).read_bytes()


def delete_bytes(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)
