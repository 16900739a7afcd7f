"""From a workbook to the bank: checked whole, then stored whole; by page, job or command."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import Faults
from accounts.interfaces.excel.opening import Source
from accounts.models import Job, User
from quiz.domain.banks import known_digests, lock_bank
from quiz.domain.item_import import Report, import_drafts, require_may_import, say_nothing
from quiz.domain.item_sources import Origin
from quiz.domain.legal_documents import citation_faults
from quiz.drafts import place_of
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import ReadItems, read_items
from quiz.interfaces.excel.items_reading import EXCEL, key_evidence
from quiz.models import ItemBank
from quiz.reading_documents import evidence_document

IMPORT_JOB = "import_items"


def check_file(*, bank: ItemBank, source: Source, name: str = "") -> ReadItems:
    """What a workbook holds and everything that keeps it out of this bank. Stores nothing."""
    read = read_items(source, known_digests=known_digests(bank), name=name)
    found = [fault for draft in read.drafts for fault in citation_faults(draft)]
    if not found:
        return read
    faulty = {(fault.sheet, fault.row) for fault in found}
    sound = tuple(d for d in read.drafts if (d.sheet, d.row) not in faulty)
    return replace(read, drafts=sound, faults=(*read.faults, *found))


def import_read(
    *, bank: ItemBank, read: ReadItems, author: User, name: str, report: Report = say_nothing
) -> int:
    """Store what `check_file` read from the file `name`, all or nothing. Raises Faults."""
    if read.faults:
        raise Faults(read.faults)
    return import_drafts(
        bank=bank,
        drafts=read.drafts,
        author=author,
        origins=[
            Origin(
                file_name=name,
                format=EXCEL,
                place=place,
                label=place_of(draft.sheet, draft.row),
                passage=read.passage(draft),
                evidence=evidence_document(key_evidence(draft)),
            )
            for place, draft in enumerate(read.drafts, 1)
        ],
        report=report,
    )


def queue_import(
    *,
    bank: ItemBank,
    open_file: Callable[[], File],
    name: str,
    user: User,
    now: datetime,
    key: str = "",
    next: str = "",
) -> Job:
    """Put an import in the queue. Raises NotAllowed, and what `open_file` raises.

    `key` names the upload: asked for twice (a double click), it is imported once. `next` is where
    the person goes on from the job's page.
    """
    require_may_import(user=user, bank=bank)
    with transaction.atomic():
        lock_bank(bank)
        asked = Job.objects.of(user).filter(kind=IMPORT_JOB, params__upload=key)
        if key and (job := asked.first()):
            return job
        with open_file() as file:
            return queue_job(
                kind=IMPORT_JOB,
                title=(_("Nhập câu hỏi: %s") % name)[:200],
                params={"bank": bank.pk, "name": name, "upload": key, "next": next},
                user=user,
                now=now,
                upload=File(file, name=name),
            )


def import_items(run: JobRun) -> dict[str, Any]:
    """Job “import_items”: the whole file is stored with the job's end, or nothing of it.

    The bank may have changed since the file was checked, so everything is checked again; a file
    with faults comes back with a note beside each row.
    """
    bank = ItemBank.objects.get(pk=run.params["bank"])
    require_may_import(user=run.user, bank=bank)
    lock_bank(bank)
    run.progress(0, note=_("Đang đọc tệp"))
    with run.job.upload.open("rb") as file:
        read = check_file(bank=bank, source=file, name=run.params["name"])
        if read.faults and not read.unreadable:
            with run.new_file(annotated_name(run.params["name"])) as copy:
                write_annotated(file, read.faults, read.notices, copy)
    note = _("Đang lưu câu hỏi")
    count = import_read(
        bank=bank,
        read=read,
        author=run.user,
        name=run.params["name"],
        report=lambda done, total: run.progress(done, total, note),
    )
    return {"items": count, "message": imported_sentence(count)}


def imported_sentence(count: int) -> str:
    return (
        ngettext(
            "Đã nhập %d câu, đang chờ người khác duyệt.",
            "Đã nhập %d câu, đang chờ người khác duyệt.",
            count,
        )
        % count
    )


def annotated_name(name: str) -> str:
    """“cau-hoi.xls” → “cau-hoi-loi-can-sua.xlsx”."""
    stem = name.rpartition(".")[0] or name
    return f"{stem[:120]}-loi-can-sua.xlsx"
