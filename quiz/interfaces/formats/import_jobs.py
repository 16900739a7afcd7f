"""Reading an upload and storing what was accepted: at once when small, by the worker when big."""

from contextlib import ExitStack
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job, run_if_small
from accounts.enums import JobState
from accounts.models import Job, User
from quiz.domain.item_imports import (
    begin_import,
    discard_import,
    fill_import,
    open_import,
    store_import,
    take_key_column,
)
from quiz.enums import DraftDecision
from quiz.interfaces.excel.item_import import imported_sentence
from quiz.interfaces.formats.found_media import take_media
from quiz.interfaces.formats.reading import AUTO, read_file
from quiz.interfaces.formats.refusals import FileTooLarge, UnreadableFile
from quiz.interfaces.formats.texts import MOST_BYTES
from quiz.models import ItemBank, ItemImport

READ_JOB, STORE_JOB = "read_items", "store_items"
READ_AT_ONCE = 256 * 1024  # bytes of a file that is read within a second or so
STORE_AT_ONCE = 250  # items that are stored within half a second


def queue_reading(
    *,
    bank: ItemBank,
    user: User,
    now: datetime,
    file: File,
    name: str,
    key_file: File | None = None,
    format: str = AUTO,
) -> tuple[ItemImport, Job]:
    """Keep an upload for review and read it. Raises NotAllowed, FileTooLarge.

    A small one has been read when this returns (unless a worker was quicker to take it).
    """
    size = file.size + (key_file.size if key_file else 0)
    if size > MOST_BYTES:
        raise FileTooLarge.beyond(MOST_BYTES)
    session = begin_import(
        bank=bank, user=user, now=now, file=file, name=name, key_file=key_file, format=format
    )
    return session, _queue_read(session, size, user, now)


def _queue_read(session: ItemImport, size: int, user: User, now: datetime) -> Job:
    job = queue_job(
        kind=READ_JOB,
        title=(_("Đọc tệp câu hỏi: %s") % session.file_name)[:200],
        params={"session": session.pk, "next": import_path(session)},
        user=user,
        now=now,
    )
    return run_if_small(job=job, size=size, at_once=READ_AT_ONCE)


def read_with_column(*, session: ItemImport, column: str, user: User, now: datetime) -> Job:
    """Read an import again with the answers of another printed paper of its key file.

    Raises what `take_key_column` raises.
    """
    take_key_column(session=session, column=column, user=user, now=now)
    return _queue_read(session, session.upload.size + session.key_upload.size, user, now)


def begin_reading(**upload: Any) -> ItemImport:
    """As `queue_reading`, for callers that show no refused job: a file that can't be read leaves
    no import behind. Raises NotAllowed, FileTooLarge, UnreadableFile.
    """
    session, job = queue_reading(**upload)
    if job.state == JobState.FAILED:
        discard_import(session=session, user=upload["user"])
        refusal = UnreadableFile(job.error, "")
        refusal.code = job.error_code
        raise refusal
    session.refresh_from_db()
    return session


def import_path(session: ItemImport) -> str:
    """Where the person looks through the import."""
    return f"/lam-viec/ngan-hang/{session.bank_id}/nhap/{session.public_id}/"


def read_import(run: JobRun) -> dict[str, Any]:
    """Job “read_items”: the file is there to be looked through when the job is done, or not."""
    session = ItemImport.objects.of(run.user).get(pk=run.params["session"])
    run.progress(0, note=_("Đang đọc tệp"))
    with ExitStack() as files:
        reading = read_file(
            files.enter_context(session.upload.open("rb")),
            name=session.file_name,
            format=session.asked_format,
            key_file=files.enter_context(session.key_upload.open("rb"))
            if session.key_upload
            else None,
            key_name=str(session.key_upload.name or ""),
            key_column=session.key_column,
        )
    reading = take_media(bank=session.bank, user=run.user, reading=reading)
    fill_import(session=session, reading=reading)
    count = len(reading.items)
    return {"items": count, "message": _("Đã đọc %d câu, chưa câu nào được lưu.") % count}


def queue_store(*, session: ItemImport, user: User, now: datetime) -> Job:
    """Store what was accepted; a small number has been stored when this returns.

    Raises NotAllowed, ImportExpired, ImportClosed.
    """
    with transaction.atomic():
        open_import(session=session, user=user, now=now)
    job = queue_job(
        kind=STORE_JOB,
        title=(_("Lưu câu hỏi: %s") % session.file_name)[:200],
        params={"session": session.pk, "next": import_path(session)},
        user=user,
        now=now,
    )
    count = session.drafts.filter(decision=DraftDecision.ACCEPTED).count()
    return run_if_small(job=job, size=count, at_once=STORE_AT_ONCE)


def store_items(run: JobRun) -> dict[str, Any]:
    """Job “store_items”: every accepted item is in the bank with the job's end, or none."""
    session = ItemImport.objects.of(run.user).select_related("bank").get(pk=run.params["session"])
    note = _("Đang lưu câu hỏi")
    count = store_import(
        session=session,
        user=run.user,
        now=run.now,
        report=lambda done, total: run.progress(done, total, note),
    )
    return {"items": count, "message": imported_sentence(count)}
