"""A file between its check and its import: kept for a day, found again by a signed token."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.files.base import File
from django.core.files.storage import default_storage

FOLDER = "imports"
KEPT_FOR = timedelta(days=1)
_SALT = "kept-upload"
LONGEST_NAME = 120


@dataclass(frozen=True)
class Kept:
    """An upload that waits: `key` is its name on the disk, `name` what the person calls it."""

    key: str
    name: str

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.key}"

    def open(self) -> File:
        return default_storage.open(self.path)

    def delete(self) -> None:
        default_storage.delete(self.path)


def keep_upload(*, file: File, user_id: int, bank_id: int, now: datetime) -> str:
    """Keep an upload and return the token by which this person finds it, for this bank only."""
    clear_old_uploads(now=now)
    key = uuid.uuid4().hex
    default_storage.save(f"{FOLDER}/{key}", file)
    name = str(file.name)
    short = name if len(name) <= LONGEST_NAME else name[-LONGEST_NAME:]
    return signing.dumps([key, short, user_id, bank_id], salt=_SALT)


def find_upload(token: str, *, user_id: int, bank_id: int) -> Kept | None:
    """The upload of a token; None when it is another person's, too old or not ours at all.

    The file itself may be gone: it is deleted when its import is queued.
    """
    try:
        key, name, *owner = signing.loads(token, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Kept(key, name) if owner == [user_id, bank_id] else None


def clear_old_uploads(*, now: datetime) -> None:
    """Delete what nobody imported."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < now - KEPT_FOR:
            default_storage.delete(f"{FOLDER}/{name}")
