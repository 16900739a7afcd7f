"""Resumable uploads: the core of tus 1.0 with creation, termination and expiration.

A cut upload goes on where the server says it stopped; https://tus.io/protocols/resumable-upload.
"""

import base64
import binascii
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.workplace.access import workplace_view
from training.domain.file_errors import FileNotFound, FileTooLarge, UploadOver
from training.domain.files import (
    UPLOAD_LASTS,
    append,
    cancel_upload,
    file_url,
    start_upload,
)
from training.engine.file_limits import LARGEST
from training.enums import FileState
from training.models import TrainingFile
from training.permissions import KEEP_EVIDENCE

VERSION = "1.0.0"
MOST_CHUNK = 8 * 2**20
CHUNK_TYPE = "application/offset+octet-stream"
_WAYS = {
    "Tus-Resumable": VERSION,
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,termination,expiration",
    "Tus-Max-Size": str(LARGEST),
}


class BadUpload(DomainError):
    """Not what the protocol says; `details["wrong"]` names the header."""

    code = "bad_upload"
    status = 400
    message = _("Trình duyệt gửi tệp không đúng cách.")
    hint = _("Tải lại trang rồi chọn lại tệp.")


@require_http_methods(["OPTIONS", "POST"])
@workplace_view(*KEEP_EVIDENCE)
def uploads(request: HttpRequest) -> HttpResponse:
    """OPTIONS says what is understood; POST begins an upload."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_WAYS)
    return _answer(request, _begin)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@workplace_view(*KEEP_EVIDENCE)
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own upload: how far it is, its next part, its end; GET tells what became of it."""
    mine = TrainingFile.objects.filter(public_id=public_id, added_by=request.user)
    file = mine.select_related("unit").first()
    if file is None:
        raise FileNotFound
    if request.method == "GET":
        return JsonResponse(_told(file))
    acts = {"HEAD": _tell, "PATCH": _take, "DELETE": _cancel}
    return _answer(request, acts[str(request.method)], file)


def _answer(request: HttpRequest, do: Any, *arguments: Any) -> HttpResponse:
    """What is answered, or the refusal, in the protocol's manner."""
    if request.headers.get("Tus-Resumable") != VERSION:
        return HttpResponse(status=412, headers=_WAYS)
    try:
        response: HttpResponse = do(request, *arguments)
    except DomainError as refusal:
        response = JsonResponse(refusal.as_dict(), status=refusal.status)
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def _begin(request: HttpRequest) -> HttpResponse:
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    reached = OrgUnit.objects.reached_by(request.user, *KEEP_EVIDENCE)
    unit = reached.filter(code=told.get("unit", "")).first()
    if unit is None:
        raise BadUpload(wrong="unit")
    file = start_upload(
        unit=unit,
        name=told.get("filename", ""),
        size=_number(request, "Upload-Length"),
        user=request.user,
        now=timezone.now(),
    )
    address = reverse("w-upload", args=[file.public_id])
    return HttpResponse(
        status=201, headers={"Location": address, "Upload-Offset": "0", **_ends(file)}
    )


def _tell(_request: HttpRequest, file: TrainingFile) -> HttpResponse:
    if file.state == FileState.REFUSED:
        raise UploadOver(file.refusal)
    return HttpResponse(
        headers={
            "Upload-Offset": str(file.received),
            "Upload-Length": str(file.size),
            **_ends(file),
        }
    )


def _take(request: HttpRequest, file: TrainingFile) -> HttpResponse:
    if request.headers.get("Content-Type") != CHUNK_TYPE:
        return HttpResponse(status=415)
    length = _number(request, "Content-Length")
    if length > MOST_CHUNK:
        raise FileTooLarge
    grown = append(
        file=file,
        offset=_number(request, "Upload-Offset"),
        chunk=request.read(length),
        now=timezone.now(),
    )
    if grown.state == FileState.REFUSED:
        raise UploadOver(grown.refusal)
    return HttpResponse(status=204, headers={"Upload-Offset": str(grown.received), **_ends(grown)})


def _cancel(_request: HttpRequest, file: TrainingFile) -> HttpResponse:
    cancel_upload(file=file)
    return HttpResponse(status=204)


def _told(file: TrainingFile) -> dict[str, Any]:
    ready = file.state == FileState.READY
    return {
        "id": str(file.public_id),
        "name": file.name,
        "state": file.state,
        "words": str(FileState(file.state).label),
        "refusal": file.refusal,
        "received": file.received,
        "size": file.size,
        "kind": file.kind,
        "facts": file.facts,
        "url": file_url(file) if ready else "",
    }


def _metadata(header: str) -> dict[str, str]:
    """Pairs of a key and its value in base64, by commas."""
    told = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            told[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as broken:
            raise BadUpload(wrong="Upload-Metadata") from broken
    return told


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadUpload(wrong=header)
    return int(text)


def _ends(file: TrainingFile) -> dict[str, str]:
    return {"Upload-Expires": http_date((file.added_at + UPLOAD_LASTS).timestamp())}
