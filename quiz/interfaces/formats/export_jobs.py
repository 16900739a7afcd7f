"""Items out of a bank as a job: the file, its count, and what the format could not carry.

A file holds keys, so who asks for one needs the right to see them and is noted to have seen them.
"""

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import DomainError, Fault, NotAllowed
from accounts.models import Job, User
from quiz.domain.item_exports import NothingToExport, drafts_of, versions_to_export
from quiz.domain.key_openings import open_keys
from quiz.interfaces.formats.writers import WRITERS, Writer
from quiz.models import ItemBank, Topic
from quiz.permissions import may_see_keys

EXPORT_JOB = "export_items"


class UnknownFormat(DomainError):
    code = "unknown_export_format"
    status = 422
    message = gettext_lazy("Chưa có định dạng này.")
    hint = gettext_lazy("Chọn một định dạng trong danh sách.")


class ItemsChanged(DomainError):
    """What was written is not what the bank counts."""

    code = "items_changed"
    status = 409
    message = gettext_lazy("Ngân hàng thay đổi trong lúc xuất.")
    hint = gettext_lazy("Xuất lại.")


def find_writer(code: str) -> Writer:
    """Raises UnknownFormat."""
    if code not in WRITERS:
        raise UnknownFormat
    return WRITERS[code]


def queue_item_export(
    *,
    bank: ItemBank,
    format: str,
    approved: bool,
    topic: Topic | None,
    user: User,
    now: datetime,
    next: str = "",
) -> Job:
    """Put an export in the queue. Raises NotAllowed, UnknownFormat or NothingToExport."""
    if not may_see_keys(user, bank):
        raise NotAllowed
    writer = find_writer(format)
    chosen = {"approved": approved, "topic": topic.pk if topic else None}
    if not versions_to_export(bank=bank, **chosen).exists():
        raise NothingToExport
    title = _("Xuất câu hỏi: %(bank)s (%(format)s)") % {"bank": bank.name, "format": writer.name}
    params = {"bank": bank.pk, "format": writer.code, **chosen, "next": next}
    return queue_job(kind=EXPORT_JOB, title=title[:200], params=params, user=user, now=now)


def export_items(run: JobRun) -> dict[str, Any]:
    """Job “export_items” of {"bank": id, "format": code, "approved": bool, "topic": id or null}."""
    bank = ItemBank.objects.get(pk=run.params["bank"])
    if not may_see_keys(run.user, bank):
        raise NotAllowed
    writer = find_writer(run.params["format"])
    run.progress(0, note=_("Đang ghi câu hỏi"))
    with run.new_file(export_name(bank, writer)) as file:
        rows, told = export_to(
            bank=bank,
            writer=writer,
            approved=run.params["approved"],
            topic=run.params["topic"],
            user=run.user,
            target=file,
            job=run.job.pk,
        )
    run.tell(told)
    left = left_out_of(told)
    return {"rows": rows - left, "left_out": left, "message": exported_sentence(rows, told)}


@transaction.atomic
def export_to(
    *,
    bank: ItemBank,
    writer: Writer,
    approved: bool,
    topic: int | None,
    user: User,
    target: BinaryIO,
    job: int | None = None,
) -> tuple[int, tuple[Fault, ...]]:
    """Write the items and note who saw their keys; (how many, what was not carried).

    The number is the one the database counts. Raises ItemsChanged where they differ, and
    NothingToExport where there is none.
    """
    versions = versions_to_export(bank=bank, approved=approved, topic=topic)
    drafts = list(drafts_of(versions))
    if len(drafts) != versions.count():
        raise ItemsChanged
    if not drafts:
        raise NothingToExport
    open_keys(bank=bank, user=user)
    told = writer.write(drafts, target)
    record_act(
        actor=user,
        act=EXPORT_JOB,
        subject=bank,
        unit_id=bank.unit_id,
        rows=len(drafts),
        format=writer.code,
        **({"job": job} if job else {}),
    )
    return len(drafts), told


def left_out_of(told: tuple[Fault, ...]) -> int:
    """How many items are not in the file."""
    return sum(fault.code == "left_out" for fault in told)


def exported_sentence(rows: int, told: tuple[Fault, ...]) -> str:
    """“Đã xuất 118 trên 120 câu. 3 câu có phần không mang được, kê bên dưới.”"""
    left = left_out_of(told)
    said = _("Đã xuất %(written)d trên %(rows)d câu.") % {"written": rows - left, "rows": rows}
    partly = len(told) - left
    if partly:
        words = ngettext(
            "%(count)d câu có phần định dạng này không mang được.",
            "%(count)d câu có phần định dạng này không mang được.",
            partly,
        )
        said = f"{said} {words % {'count': partly}}"
    return said


def export_name(bank: ItemBank, writer: Writer) -> str:
    """“cau-hoi-cai-cach.xlsx”."""
    return f"cau-hoi-{bank.code}{writer.suffix}"
