"""The bytes of items' pictures and sounds: one file a content, named by its SHA-256."""

import hashlib
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

FOLDER = "items"


def items_folder() -> Path:
    return Path(default_storage.path(FOLDER))


def path_of(sha256: str) -> Path:
    return path_in(items_folder(), sha256)


def path_in(folder: Path, sha256: str) -> Path:
    """Where `folder`, or a copy of it, keeps these bytes."""
    return folder / sha256[:2] / sha256


def store_bytes(content: bytes) -> str:
    """Keep the bytes and return their SHA-256; kept already and whole, nothing is written."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists() or path.read_bytes() != content:
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
