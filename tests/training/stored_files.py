"""Training files as they lie stored after the worker's check, made without it."""

from hashlib import sha256
from typing import Any

from django.utils import timezone

from accounts.models import OrgUnit, User
from tests.media_samples import PNG
from training.domain.file_storage import CONTENT, folder_of
from training.enums import FileKind, FileState
from training.models import TrainingFile

MIMES = {
    FileKind.IMAGE: "image/png",
    FileKind.PDF: "application/pdf",
    FileKind.VIDEO: "video/mp4",
    FileKind.SOUND: "audio/mpeg",
    FileKind.SUBTITLES: "text/vtt",
    FileKind.SCORM: "application/zip",
}


def make_ready_file(
    *,
    unit: OrgUnit,
    user: User,
    kind: FileKind = FileKind.IMAGE,
    content: bytes = PNG,
    name: str = "hình.png",
    facts: dict[str, Any] | None = None,
) -> TrainingFile:
    """A file that may be used, its bytes in the media folder. Give a video its `seconds`."""
    file = TrainingFile.objects.create(
        unit=unit,
        name=name,
        size=len(content),
        received=len(content),
        state=FileState.READY,
        kind=kind,
        mime=MIMES[kind],
        sha256=sha256(content).hexdigest(),
        facts=facts or {},
        added_by=user,
        added_at=timezone.now(),
    )
    folder_of(file).mkdir(parents=True, exist_ok=True)
    (folder_of(file) / CONTENT).write_bytes(content)
    return file
