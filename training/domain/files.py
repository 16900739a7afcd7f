"""Training files taken in piece by piece, checked by the worker, found again, thrown away."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.jobs import queue_job
from accounts.errors import NotAllowed
from accounts.models import Job, OrgUnit, User
from accounts.text import nfc
from training.domain.file_errors import (
    FileEmpty,
    FileInUse,
    FileNotFound,
    FileTooLarge,
    UnitSpaceUsedUp,
    UploadOver,
    WrongOffset,
)
from training.domain.file_storage import (
    delete_bytes,
    path_in,
    require_room,
    upload_path,
    write_at,
)
from training.domain.file_use import is_used
from training.engine.file_limits import (
    HEAD_BYTES,
    LARGEST,
    MB,
    MOST_BYTES,
    kind_by_head,
    kind_by_name,
)
from training.enums import FileKind, FileState
from training.models import TrainingFile
from training.permissions import may_add_files_at, may_run_training_at

CHECK_FILE = "check_training_file"
# What a form brings along without script; Django keeps it beside, not in memory.
MOST_PLAIN = 20 * MB
PIECE = 4 * MB
# A cut upload may be gone on with for so long.
UPLOAD_LASTS = timedelta(days=3)
DIGEST_SHOWN = 16


@transaction.atomic
def start_upload(*, unit: OrgUnit, name: str, size: int, user: User, now: datetime) -> TrainingFile:
    """Begin to take in a file of `size` bytes for a unit.

    Raises NotAllowed, FileEmpty, FileTooLarge, UnitSpaceUsedUp, DiskFull.
    """
    if not may_add_files_at(user, unit):
        raise NotAllowed
    if size <= 0:
        raise FileEmpty
    _require_size(size, kind_by_name(name))
    # Two uploads begun at once must not both take the last room of the unit.
    OrgUnit.objects.select_for_update().get(pk=unit.pk)
    if used_bytes(unit) + size > settings.TRAINING_UNIT_BYTES:
        raise UnitSpaceUsedUp
    require_room(size)
    return TrainingFile.objects.create(
        unit=unit, name=_shown_name(name), size=size, added_by=user, added_at=now
    )


def used_bytes(unit: OrgUnit) -> int:
    """What the files of the unit take, with those still coming in."""
    files = TrainingFile.objects.filter(unit=unit).exclude(state=FileState.REFUSED)
    return files.aggregate(sum=Sum("size"))["sum"] or 0


def _require_size(size: int, kind: str) -> None:
    most = MOST_BYTES.get(kind, LARGEST)
    if size > most:
        raise FileTooLarge(too_large(kind))


def too_large(kind: str) -> str:
    """The sentence that names the limit of a kind ("": of all)."""
    megabytes = MOST_BYTES.get(kind, LARGEST) // MB
    if not kind:
        return _("Tệp lớn quá %(most)d MB.") % {"most": megabytes}
    return _("%(kind)s lớn quá %(most)d MB.") % {
        "kind": FileKind(kind).label,
        "most": megabytes,
    }


def _shown_name(name: str) -> str:
    """The name without folders and control characters, its end (with the suffix) kept."""
    bare = nfc(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in bare if letter.isprintable()).strip()
    return shown[-200:] or _("tệp không tên")


@transaction.atomic
def append(*, file: TrainingFile, offset: int, chunk: bytes, now: datetime) -> TrainingFile:
    """Take the next part of an upload; with its last byte the worker begins to check.

    Of two who send at once one is told WrongOffset. A file that its first bytes show to be too
    large for its kind is refused at once. Raises WrongOffset, UploadOver, FileTooLarge, DiskFull.
    """
    held = TrainingFile.objects.select_for_update().filter(pk=file.pk).first()
    if held is None or held.state != FileState.UPLOADING:
        raise UploadOver
    if offset != held.received or offset + len(chunk) > held.size:
        raise WrongOffset(received=held.received)
    write_at(held, offset, chunk)
    held.received += len(chunk)
    held.save(update_fields=["received"])
    if offset < HEAD_BYTES and _refused_by_head(held):
        return held
    if held.received == held.size:
        finish(file=held, now=now)
    return held


@transaction.atomic
def take_whole(*, unit: OrgUnit, name: str, file: File, user: User, now: datetime) -> TrainingFile:
    """A file that came with a form, at once. Raises as `start_upload` and `append`."""
    if file.size > MOST_PLAIN:
        raise FileTooLarge(_("Tệp gửi kèm biểu mẫu không được quá %d MB.") % (MOST_PLAIN // MB))
    taken = start_upload(unit=unit, name=name, size=file.size, user=user, now=now)
    for chunk in file.chunks(PIECE):
        if taken.state != FileState.REFUSED:
            taken = append(file=taken, offset=taken.received, chunk=chunk, now=now)
    return taken


def _refused_by_head(file: TrainingFile) -> bool:
    if file.received < min(HEAD_BYTES, file.size):
        return False
    with upload_path(file).open("rb") as begun:
        kind = kind_by_head(begun.read(HEAD_BYTES))
    if kind and file.size > MOST_BYTES[kind]:
        refuse_file(file=file, refusal=too_large(kind))
    elif not kind:
        refuse_file(file=file, refusal=unknown_kind())
    return file.state == FileState.REFUSED


def unknown_kind() -> str:
    return _(
        "Tệp không phải hình, PDF, video MP4/WebM, âm thanh, phụ đề hay gói SCORM mà hệ thống nhận."
    )


def finish(*, file: TrainingFile, now: datetime) -> Job:
    """All bytes are there: the worker finds out what they are. Raises UploadOver."""
    whole = TrainingFile.objects.filter(pk=file.pk, received=F("size"))
    if not whole.filter(state=FileState.UPLOADING).update(state=FileState.CHECKING):
        raise UploadOver
    file.state = FileState.CHECKING
    return queue_job(kind=CHECK_FILE, params={"file": file.pk}, user=file.added_by, now=now)


def refuse_file(*, file: TrainingFile, refusal: str) -> bool:
    """Keep the reason and let the bytes go, unless the file has become ready meanwhile."""
    waiting = TrainingFile.objects.filter(
        pk=file.pk, state__in=[FileState.UPLOADING, FileState.CHECKING]
    )
    refused = waiting.update(state=FileState.REFUSED, refusal=refusal[:400])
    if refused:
        file.state, file.refusal = FileState.REFUSED, refusal[:400]
        transaction.on_commit(lambda: delete_bytes(file))
    return bool(refused)


@transaction.atomic
def cancel_upload(*, file: TrainingFile) -> None:
    """Its sender gives it up. Raises UploadOver once the worker has it."""
    begun = TrainingFile.objects.select_for_update().filter(pk=file.pk, state=FileState.UPLOADING)
    held = begun.first()
    if held is None:
        raise UploadOver
    TrainingFile.objects.filter(pk=held.pk).delete()
    transaction.on_commit(lambda: delete_bytes(held))


@transaction.atomic
def delete_file(*, file: TrainingFile, user: User) -> None:
    """Throw away a file that nothing uses. Raises NotAllowed, FileNotFound, FileInUse."""
    if not may_run_training_at(user, file.unit):
        raise NotAllowed
    held = TrainingFile.objects.select_for_update().filter(pk=file.pk).first()
    if held is None:
        raise FileNotFound
    if is_used(held):
        raise FileInUse
    record_act(
        actor=user, act="delete_training_file", subject=held, unit_id=held.unit_id, size=held.size
    )
    TrainingFile.objects.filter(pk=held.pk).delete()
    transaction.on_commit(lambda: delete_bytes(held))


def sweep_uploads(*, now: datetime) -> int:
    """Clear uploads that nobody went on with; returns how many."""
    ended = TrainingFile.objects.filter(state=FileState.UPLOADING, added_at__lt=now - UPLOAD_LASTS)
    swept = 0
    for file in ended:
        with transaction.atomic():
            # Who sends the last part at this moment holds the row: skip it, it is alive.
            mine = ended.select_for_update(skip_locked=True).filter(pk=file.pk)
            if mine.first() and not is_used(file):
                TrainingFile.objects.filter(pk=file.pk).delete()
                delete_bytes(file)
                swept += 1
    return swept


def open_path(*, file: TrainingFile, part: str = "") -> Path:
    """Where a ready file lies, or a part of it (a video's "poster.jpg"). Raises FileNotFound."""
    if file.state != FileState.READY:
        raise FileNotFound
    return path_in(file, part)


def file_url(file: TrainingFile, part: str = "") -> str:
    """The served address; it changes with the content, so browsers may keep what they got."""
    return f"/tep/{file.public_id}/{file.sha256[:DIGEST_SHOWN]}/{part}"
