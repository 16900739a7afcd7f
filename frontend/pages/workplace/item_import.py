"""Importing items: upload, read the report, import as a job."""

import io
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError, UploadGone
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.kept_uploads import Kept, find_upload, keep_upload
from frontend.papers import as_download
from quiz.domain.clock import read_now
from quiz.drafts import ItemDraft, option_letter
from quiz.interfaces.excel.item_import import annotated_name, check_file, queue_import
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import ReadItems
from quiz.interfaces.excel.items_template import write_template
from quiz.models import ItemBank
from quiz.permissions import WRITE_ITEMS

TEMPLATE_NAME = "mau-nhap-cau-hoi.xlsx"
SHOWN_FAULTS = 200
PREVIEWED = 5


class NoFile(DomainError):
    code = "no_file"
    status = 422
    message = gettext_lazy("Chưa chọn tệp.")
    hint = gettext_lazy("Bấm ô chọn tệp, chọn tệp Excel rồi bấm “Kiểm tra tệp”.")


@require_GET
@workplace_view(*WRITE_ITEMS)
def import_template(request: HttpRequest) -> FileResponse:
    """The workbook to write items in."""
    return as_download(TEMPLATE_NAME, write_template)


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS)
def import_page(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Where a workbook is uploaded; posted, the report on it. Nothing is stored here."""
    if request.method == "GET":
        return _page(request, bank)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, bank, refusal=NoFile())
    read = check_file(bank=bank, source=upload, name=str(upload.name))
    if read.unreadable:
        return _page(request, bank, name=upload.name, read=read)
    upload.seek(0)
    token = keep_upload(file=upload, user_id=request.user.pk, bank_id=bank.pk, now=read_now())
    return _page(request, bank, name=upload.name, read=read, token=token)


def _page(
    request: HttpRequest,
    bank: ItemBank,
    *,
    name: str | None = "",
    read: ReadItems | None = None,
    token: str = "",
    refusal: DomainError | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"bank": bank, "name": name, "token": token, "refusal": refusal}
    status = refusal.status if refusal else 200
    if read:
        context |= {
            "read": read,
            "faults": read.faults[:SHOWN_FAULTS],
            "more_faults": max(0, len(read.faults) - SHOWN_FAULTS),
            "preview": [_previewed(draft) for draft in read.drafts[:PREVIEWED]],
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
    kept = _kept(request, bank, request.GET.get("token", ""))
    try:
        source = kept.open() if kept else None
    except FileNotFoundError:
        source = None
    if kept is None or source is None:
        return _page(request, bank, refusal=UploadGone())
    copy = io.BytesIO()
    with source:
        read = check_file(bank=bank, source=source.file, name=kept.name)
        write_annotated(source.file, read.faults, read.notices, copy)
    copy.seek(0)
    return FileResponse(copy, as_attachment=True, filename=annotated_name(kept.name))
