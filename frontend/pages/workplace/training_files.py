"""The training files of one's units: looked through, taken in, thrown away if nothing uses them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import Membership, OrgUnit
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import own_unit
from frontend.pages.workplace.posted_files import posted_file
from training.domain.file_use import unused_files
from training.domain.files import delete_file, file_url, used_bytes
from training.enums import FileKind, FileState
from training.models import TrainingFile
from training.permissions import RUN_TRAINING, SEE_TRAINING

PER_PAGE = 30
UNUSED = "khong-dung"


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def training_files(request: HttpRequest) -> HttpResponse:
    """A GET lists; a POST takes in the file of the form at the top."""
    error = ""
    if request.method == "POST":
        error = _take(request)
        if not error:
            return redirect("w-training-files")
    status = 422 if error else 200
    return render(
        request,
        "frontend/workplace/training/files.html",
        {**_listed(request), **_own(request), "error": error},
        status=status,
    )


def _take(request: HttpRequest) -> str:
    """Why the file was not taken; "" where it was."""
    unit = own_unit(request)
    if unit is None:
        return str(_("Bạn xem được tệp nhưng không tải lên: cần vai trò tổ chức ở một đơn vị."))
    try:
        file = posted_file(request, "file", unit=unit, now=timezone.now())
    except DomainError as refusal:
        return str(refusal)
    if file is None:
        return str(_("Chưa chọn tệp nào."))
    messages.success(request, _("Đã nhận “%s”; hệ thống đang kiểm tra tệp.") % file.name)
    return ""


def _listed(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("loc", "")
    reached = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING)
    files = TrainingFile.objects.filter(unit__in=reached.values("pk")).select_related("unit")
    unused = unused_files()
    if asked == UNUSED:
        files = files.filter(pk__in=unused.values("pk"))
    elif asked in FileKind.values:
        files = files.filter(kind=asked)
    page = Paginator(files, PER_PAGE).get_page(request.GET.get("page"))
    spare = set(unused.filter(pk__in=[file.pk for file in page]).values_list("pk", flat=True))
    for file in page:
        file.is_spare = file.pk in spare
        file.address = file_url(file) if file.state == FileState.READY else ""
    return {
        "page": page,
        "asked": asked,
        "choices": [("", _("Tất cả")), *FileKind.choices, (UNUSED, _("Không nơi nào dùng"))],
    }


def _own(request: HttpRequest) -> dict[str, Any]:
    """Where a new file would go, and what the person may do."""
    runs = bool(Membership.objects.roles_of(request.user).intersection(RUN_TRAINING))
    unit = own_unit(request) if runs else None
    return {"runs": runs, "unit": unit, "used": used_bytes(unit) if unit else 0}


@require_POST
@workplace_view(*RUN_TRAINING)
def delete_training_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    reached = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    files = TrainingFile.objects.filter(unit__in=reached.values("pk")).select_related("unit")
    file = get_object_or_404(files, public_id=public_id)
    try:
        delete_file(file=file, user=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã xoá “%s”.") % file.name)
    return redirect("w-training-files")
