"""Are the backups such that the installation could be restored from them now?

Reads the folder that deploy/bin/backup and deploy/bin/archive-wal fill:
`base/TIME/data` (a base backup, named by its end in UTC), `wal/SEGMENT.gz`, and by
deploy/bin/copy-items `items/`, pictures and sounds of items as the media folder has them; by
deploy/bin/copy-training `training/`, a folder a training file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Job
from config.run.processes import wait_until
from quiz.domain.lost_media import LostMedia, lost_media
from quiz.models import MediaFile
from training.domain.file_storage import CONTENT
from training.domain.files import CHECK_FILE
from training.enums import FileState
from training.models import TrainingFile

SEGMENT = re.compile(r"^([0-9A-F]{8})([0-9A-F]{8})000000([0-9A-F]{2})\.gz$")
BEGIN = re.compile(r"^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)", re.MULTILINE)
STAMP = "%Y%m%dT%H%M%SZ"
# A day and the hours a large one may take; the timer runs daily.
OLDEST_BASE = timedelta(hours=30)
ARCHIVING_SECONDS = 30.0
# A row is written before its bytes.
WRITING = timedelta(minutes=1)
MOST_TOLD = 20


@dataclass(frozen=True)
class BackupState:
    """What is there, and the sentences of what is wrong; none means it can be restored."""

    bases: list[datetime]
    segments: int
    faults: list[str]


def read_backups(*, folder: Path, segment: str, now: datetime) -> BackupState:
    """Look at `folder`; `segment` was ended just now ("": the server keeps none)."""
    bases = _bases(folder)
    faults = [*_base_faults(bases, now), *_archiver_faults(folder, segment)]
    segments = sorted(path.name for path in (folder / "wal").glob("*.gz"))
    if bases:
        faults += _chain_faults(bases[-1][1], segments)
    return BackupState([moment for moment, _path in bases], len(segments), faults)


def end_segment() -> str:
    """Have the server end its WAL segment now and name it; "" if it archives none.

    Needs the rights of PostgreSQL's own account.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW archive_mode")
        if cursor.fetchone()[0] == "off":
            return ""
        # A segment without anything in it would not be ended.
        cursor.execute("SELECT pg_create_restore_point('backup_check')")
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        return str(cursor.fetchone()[0])


def media_faults(*, folder: Path, now: datetime) -> list[str]:
    """What `folder` lacks of the items' pictures and sounds, up to when it was last filled."""
    copied = folder / ".copied"
    if not copied.exists():
        if not MediaFile.objects.exists():
            return []
        return [_("Chưa chép hình, âm thanh của câu hỏi: chạy “systemctl start minhthi-backup”.")]
    moment = datetime.fromtimestamp(copied.stat().st_mtime, UTC)
    faults = tell_lost(lost_media(folder=folder, added_before=moment - WRITING))
    if now - moment > OLDEST_BASE:
        faults.append(
            _(
                "Hình, âm thanh của câu hỏi chép lần cuối cách đây %(hours)d giờ: "
                "xem “systemctl status minhthi-items”."
            )
            % {"hours": (now - moment) / timedelta(hours=1)}
        )
    return faults


def training_faults(*, folder: Path, now: datetime) -> list[str]:
    """What `folder` lacks of the training files that were ready when it was last filled."""
    copied = folder / ".copied"
    files = TrainingFile.objects.filter(state=FileState.READY).order_by("pk")
    if not copied.exists():
        if not files.exists():
            return []
        return [_("Chưa chép tệp học liệu: chạy “systemctl start minhthi-backup”.")]
    moment = datetime.fromtimestamp(copied.stat().st_mtime, UTC)
    checked = Job.objects.filter(kind=CHECK_FILE)
    later = checked.filter(Q(finished_at=None) | Q(finished_at__gte=moment - WRITING))
    new = {params["file"] for params in later.values_list("params", flat=True)}
    lost = [file.name for file in files.exclude(pk__in=new) if not _is_copied(folder, file)]
    faults = _few([_("Tệp học liệu “%s” không có bản sao dùng được.") % name for name in lost])
    if now - moment > OLDEST_BASE:
        faults.append(
            _(
                "Tệp học liệu chép lần cuối cách đây %(hours)d giờ: "
                "xem “systemctl status minhthi-items”."
            )
            % {"hours": (now - moment) / timedelta(hours=1)}
        )
    return faults


def _is_copied(folder: Path, file: TrainingFile) -> bool:
    """By its size: whole films are not read each night, and copies were compared when made."""
    path = folder / file.public_id.hex[:2] / file.public_id.hex / CONTENT
    return path.is_file() and path.stat().st_size == file.size


def tell_lost(lost: list[LostMedia]) -> list[str]:
    """A sentence for each, up to a number that can be read."""
    return _few([_("Hình, âm thanh của %s.") % each for each in lost])


def _few(told: list[str]) -> list[str]:
    """A sentence a file, and how many more there are."""
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], _("… và %d tệp nữa.") % more] if more > 0 else told


def _bases(folder: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in sorted((folder / "base").glob("[0-9]*Z")):
        moment = datetime.strptime(path.name, STAMP).replace(tzinfo=UTC)
        found.append((moment, path))
    return found


def _base_faults(bases: list[tuple[datetime, Path]], now: datetime) -> Iterator[str]:
    if not bases:
        yield _("Chưa có bản sao lưu nào: chạy “systemctl start minhthi-backup”.")
    elif now - bases[-1][0] > OLDEST_BASE:
        yield _(
            "Bản sao lưu mới nhất đã quá %(hours)d giờ: xem “systemctl status minhthi-backup”."
        ) % {"hours": (now - bases[-1][0]) / timedelta(hours=1)}


def _archiver_faults(folder: Path, segment: str) -> Iterator[str]:
    path = folder / "wal" / f"{segment}.gz"
    if not segment:
        yield _("PostgreSQL chưa bật lưu WAL: đặt archive_mode = on rồi khởi động lại.")
    elif not wait_until(path.exists, seconds=ARCHIVING_SECONDS):
        yield _("PostgreSQL không lưu được đoạn WAL: xem nhật ký PostgreSQL và chỗ trống ổ đĩa.")


def _chain_faults(base: Path, segments: list[str]) -> Iterator[str]:
    """Every segment from the base's first on must be there, up to the newest."""
    label = (base / "data" / "backup_label").read_text(encoding="utf-8")
    begin = BEGIN.search(label)
    if begin is None:
        yield _("Bản sao lưu %s hỏng: không đọc được backup_label.") % base.name
        return
    # A restore begins a new timeline; what an older one wrote later is no part of it.
    own = [name for name in segments if name[:8] >= begin[1][:8]]
    kept = {position for name in own if (position := _position(name)) is not None}
    first = _position(f"{begin[1]}.gz")
    if first not in kept:
        yield _("Thiếu đoạn WAL %s, bản sao lưu mới nhất cần đoạn này.") % begin[1]
        return
    last = max(kept)
    missing = sum(position not in kept for position in range(first, last))
    if missing:
        yield _("Thiếu %d đoạn WAL sau bản sao lưu mới nhất: chạy sao lưu ngay.") % missing


def _position(name: str) -> int | None:
    """A segment's place in the log, whichever timeline wrote it; None for other files."""
    parts = SEGMENT.match(name)
    return int(parts[2], 16) * 256 + int(parts[3], 16) if parts else None
