"""Where the bytes of training files lie: a folder a file, named by its public id.

While it comes in: `upload`. Once checked: `content`, beside it what was made from it (`poster.jpg`
of a video) and, of a package, `package/`. Nothing in a file's folder is named by whoever sent it,
but the parts of a package, whose names the reader has looked at.
"""

import errno
import os
import shutil
from pathlib import Path

from django.core.files.storage import default_storage

from accounts.domain.jobs import FULL_DISK
from training.domain.file_errors import DiskFull, FileNotFound
from training.models import TrainingFile

FOLDER = "training"
UPLOAD, CONTENT, POSTER, PACKAGE = "upload", "content", "poster.jpg", "package"
# What must stay free on the disk for everything else that writes.
KEPT_FREE = 1024 * 2**20


def files_folder() -> Path:
    return Path(default_storage.path(FOLDER))


def folder_of(file: TrainingFile) -> Path:
    return files_folder() / file.public_id.hex[:2] / file.public_id.hex


def upload_path(file: TrainingFile) -> Path:
    return folder_of(file) / UPLOAD


def path_in(file: TrainingFile, part: str = "") -> Path:
    """Where a part of the file lies; "" is the file itself. Raises FileNotFound.

    `part` comes from an address: whatever leads out of the file's folder is not there.
    """
    folder = folder_of(file)
    path = (folder / (part or CONTENT)).resolve()
    upwards = ".." in Path(part).parts or not path.is_relative_to(folder.resolve())
    if upwards or part.startswith(UPLOAD) or not path.is_file():
        raise FileNotFound
    return path


def require_room(size: int) -> None:
    """Raises DiskFull unless `size` bytes more leave the rest of the program its room."""
    folder = files_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < size + KEPT_FREE:
        raise DiskFull


def write_at(file: TrainingFile, offset: int, chunk: bytes) -> None:
    """Write a part of an upload. Raises DiskFull; what was there before stays as it was.

    Whatever a killed process wrote behind `offset` is written over or cut off.
    """
    path = upload_path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("r+b" if path.exists() else "w+b") as target:
            target.truncate(offset)
            target.seek(offset)
            try:
                target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            except OSError:
                target.truncate(offset)
                raise
    except OSError as error:
        if error.errno in (*FULL_DISK, errno.EFBIG):
            raise DiskFull from error
        raise


def delete_bytes(file: TrainingFile) -> None:
    """Everything that is kept of the file."""
    shutil.rmtree(folder_of(file), ignore_errors=True)
