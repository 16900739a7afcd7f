"""The worker finds out what an uploaded file is."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from accounts.domain.job_runs import JobRun
from training.domain.file_storage import CONTENT, folder_of, upload_path
from training.domain.files import refuse_file
from training.enums import FileState
from training.interfaces.checking.found import FileRefused, Found
from training.interfaces.checking.sandbox import check_apart
from training.interfaces.checking.sentences import sentence
from training.models import TrainingFile


def check_file(run: JobRun) -> dict[str, Any]:
    """Every step may be done again: bytes are put in place first, then the row says READY, and
    only then the upload goes. A worker killed in between leaves the upload for the next.
    """
    file = TrainingFile.objects.filter(pk=run.params["file"]).first()
    if file is None:
        return {}
    if file.state == FileState.CHECKING:
        _check(file)
    if file.state == FileState.READY:
        upload_path(file).unlink(missing_ok=True)
    return {"state": file.state, "refusal": file.refusal}


def _check(file: TrainingFile) -> None:
    with _draft_folder(file) as draft:
        try:
            found = check_apart(upload_path(file), draft)
        except FileRefused as refused:
            refuse_file(file=file, refusal=sentence(refused.code, refused.values))
            return
        _put_in_place(file, draft)
        _make_ready(file, found)


@contextmanager
def _draft_folder(file: TrainingFile) -> Iterator[Path]:
    """Where the check writes; what killed runs left goes."""
    folder = folder_of(file)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("draft-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="draft-", dir=folder) as draft:
        yield Path(draft)


def _put_in_place(file: TrainingFile, draft: Path) -> None:
    """What the check made, and the upload itself where it was not rewritten."""
    if not (draft / CONTENT).exists():
        os.link(upload_path(file), draft / CONTENT)
    for made in draft.iterdir():
        target = folder_of(file) / made.name
        if target.is_dir():
            shutil.rmtree(target)
        if made.is_file():
            made.chmod(0o640)
        made.replace(target)


def _make_ready(file: TrainingFile, found: Found) -> None:
    content = folder_of(file) / CONTENT
    with content.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    size = content.stat().st_size
    waiting = TrainingFile.objects.filter(pk=file.pk, state=FileState.CHECKING)
    waiting.update(
        state=FileState.READY,
        kind=found.kind,
        mime=found.mime,
        facts=found.facts,
        sha256=digest,
        size=size,
        received=size,
    )
    file.refresh_from_db()
