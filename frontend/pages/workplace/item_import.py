"""Importing items: a sound workbook at once, anything else by looking through it item by item."""

import io
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError, UploadGone
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.import_access import open_sessions
from frontend.pages.workplace.kept_uploads import Kept, find_upload, keep_upload
from frontend.papers import as_download
from quiz.domain.clock import read_now
from quiz.drafts import ItemDraft, option_letter
from quiz.interfaces.excel.item_import import annotated_name, check_file, queue_import
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import ReadItems
from quiz.interfaces.excel.items_reading import EXCEL
from quiz.interfaces.excel.items_template import write_template
from quiz.interfaces.formats.import_jobs import begin_reading
from quiz.interfaces.formats.reading import AUTO, FORMATS, accepted_suffixes
from quiz.interfaces.formats.sniffing import sniff
from quiz.interfaces.formats.texts import MOST_BYTES
from quiz.models import ItemBank
from quiz.permissions import WRITE_ITEMS

TEMPLATE_NAME = "mau-nhap-cau-hoi.xlsx"
SHOWN_FAULTS = 200
PREVIEWED = 5


class NoFile(DomainError):
    code = "no_file"
    status = 422
    message = gettext_lazy("Chưa chọn tệp.")
    hint = gettext_lazy("Chọn một tệp câu hỏi, hoặc dán nội dung vào ô bên dưới.")


@require_GET
@workplace_view(*WRITE_ITEMS)
def import_template(request: HttpRequest) -> FileResponse:
    """The workbook to write items in."""
    return as_download(TEMPLATE_NAME, write_template)


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS)
def import_page(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Where a file is uploaded or text pasted. Nothing of it goes into the bank here.

    A workbook by itself gets the report on it; everything else is looked through item by item.
    """
    if request.method == "GET":
        return _page(request, bank)
    upload, key_file = _uploaded(request), request.FILES.get("key_file")
    format = request.POST.get("format", AUTO)
    if upload is None:
        return _page(request, bank, refusal=NoFile())
    if key_file is not None or not _is_workbook(upload, format):
        return _look(request, bank, upload, key_file=key_file, format=format)
    read = check_file(bank=bank, source=upload, name=str(upload.name))
    if read.unreadable:
        return _page(request, bank, name=upload.name, read=read)
    upload.seek(0)
    token = keep_upload(file=upload, user_id=request.user.pk, bank_id=bank.pk, now=read_now())
    return _page(request, bank, name=upload.name, read=read, token=token)


def _uploaded(request: HttpRequest) -> File | None:
    """The file, or what was pasted as one."""
    if upload := request.FILES.get("file"):
        return upload
    text = request.POST.get("text", "").strip()
    return ContentFile(text.encode(), name=_("van-ban-dan.txt")) if text else None


def _is_workbook(upload: File, format: str) -> bool:
    """By its first bytes where nothing was chosen; a file too large is refused by its reader."""
    if format != AUTO:
        return format == EXCEL
    found = upload.size <= MOST_BYTES and sniff(upload.read(), str(upload.name))
    upload.seek(0)
    return found == EXCEL or PurePath(str(upload.name)).suffix.lower() in (".xlsx", ".xls")


def _look(
    request: HttpRequest,
    bank: ItemBank,
    upload: File,
    *,
    key_file: File | None = None,
    format: str = AUTO,
) -> HttpResponse:
    """Read a file for review, and go there; a file that can't be read is refused here."""
    try:
        session = begin_reading(
            bank=bank,
            user=request.user,
            now=read_now(),
            file=upload,
            name=str(upload.name),
            key_file=key_file,
            format=format,
        )
    except DomainError as refusal:
        return _page(request, bank, refusal=refusal)
    return redirect("w-import", pk=bank.pk, session=session.public_id)


@require_POST
@bank_view(*WRITE_ITEMS)
def look_through(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The workbook that was checked, item by item: what its rows leave open is settled there."""
    try:
        source, name = _opened(request, bank, request.POST.get("token", ""))
    except UploadGone as refusal:
        return _page(request, bank, refusal=refusal)
    with source:
        return _look(request, bank, File(source.file, name=name), format=EXCEL)


def _page(
    request: HttpRequest,
    bank: ItemBank,
    *,
    name: str | None = "",
    read: ReadItems | None = None,
    token: str = "",
    refusal: DomainError | None = None,
) -> HttpResponse:
    formats = [(each.code, each.name) for each in FORMATS.values()]
    context: dict[str, Any] = {
        "bank": bank,
        "name": name,
        "token": token,
        "refusal": refusal,
        "formats": [(AUTO, _("Tự nhận biết")), *formats],
        "accepted": ",".join(accepted_suffixes()),
        "format": request.POST.get("format", AUTO),
        "text": request.POST.get("text", "") if refusal else "",
        "sessions": open_sessions(request, bank),
    }
    status = refusal.status if refusal else 200
    if read:
        context |= {
            "read": read,
            "faults": read.faults[:SHOWN_FAULTS],
            "more_faults": max(0, len(read.faults) - SHOWN_FAULTS),
            "first_items": [_previewed(draft) for draft in read.drafts[:PREVIEWED]],
        }
        status = 422 if read.faults else 200
    return render(request, "frontend/workplace/item/import.html", context, status=status)


def _previewed(draft: ItemDraft) -> dict[str, Any]:
    rows = [
        (option_letter(place), text, place in draft.key) for place, text in enumerate(draft.options)
    ]
    return {"stem": draft.stem, "options": rows, "topic": draft.topic, "row": draft.row}


def _kept(request: HttpRequest, bank: ItemBank, token: str) -> Kept | None:
    return find_upload(token, user_id=request.user.pk, bank_id=bank.pk)


def _opened(request: HttpRequest, bank: ItemBank, token: str) -> tuple[File, str]:
    """The kept file, open, and its name. Raises UploadGone."""
    kept = _kept(request, bank, token)
    if kept is None:
        raise UploadGone
    try:
        return kept.open(), kept.name
    except FileNotFoundError:
        raise UploadGone from None


@require_POST
@bank_view(*WRITE_ITEMS)
def run_import(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Queue the import of the file that was checked, and go to its progress."""
    kept = _kept(request, bank, request.POST.get("token", ""))
    if kept is None:
        return _page(request, bank, refusal=UploadGone())
    try:
        job = queue_import(
            bank=bank,
            open_file=kept.open,
            name=kept.name,
            user=request.user,
            now=read_now(),
            key=kept.key,
            next=reverse("w-bank", args=[bank.pk]),
        )
    except FileNotFoundError:
        return _page(request, bank, refusal=UploadGone())
    kept.delete()
    return redirect("w-job", public_id=job.public_id)


@require_GET
@bank_view(*WRITE_ITEMS)
def annotated(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The uploaded workbook with every fault beside its row."""
    try:
        source, name = _opened(request, bank, request.GET.get("token", ""))
    except UploadGone as refusal:
        return _page(request, bank, refusal=refusal)
    copy = io.BytesIO()
    with source:
        read = check_file(bank=bank, source=source.file, name=name)
        write_annotated(source.file, read.faults, read.notices, copy)
    copy.seek(0)
    return FileResponse(copy, as_attachment=True, filename=annotated_name(name))
