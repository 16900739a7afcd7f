"""Units and people from workbooks: upload, read what would change, confirm."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import JobState, UnitKind
from accounts.errors import DomainError
from accounts.interfaces.excel import list_jobs
from accounts.interfaces.excel.list_jobs import KINDS, queue_check, queue_store
from accounts.interfaces.excel.list_templates import person_template, unit_template
from accounts.models import Job
from accounts.permissions import MANAGE, managed_units, seen_jobs
from frontend.pages.workplace.access import workplace_view
from frontend.papers import as_download

SHOWN_FAULTS = 200
# What the page says of each kind of change, in the order in which they are shown.
ACTS: dict[str, str | Promise] = {
    "create_unit": _("Thêm đơn vị"),
    "rename_unit": _("Đổi tên"),
    "set_unit_kind": _("Đổi loại"),
    "move_unit": _("Chuyển đơn vị cấp trên"),
    "merge_unit": _("Nhập vào đơn vị khác"),
    "settle_merger": _("Chuyển người và đơn vị cấp dưới sang đơn vị nhận"),
    "close_unit": _("Ngừng hoạt động"),
    "reopen_unit": _("Mở lại"),
    "add_aliases": _("Thêm tên gọi khác"),
    "set_headcount": _("Ghi biên chế"),
    "create_person": _("Thêm người"),
    "update_person": _("Sửa thông tin"),
    "transfer_person": _("Điều chuyển"),
    "grant_role": _("Giao vai trò"),
    "revoke_role": _("Thu vai trò"),
    "deactivate_person": _("Khóa tài khoản"),
    "reactivate_person": _("Mở lại tài khoản"),
}


@dataclass(frozen=True)
class ListPage:
    """What differs between the page of units and that of people."""

    kind: list_jobs.ListKind
    heading: str | Promise
    lead: str | Promise
    back: str
    back_text: str | Promise
    template: str
    upload: str


UNITS = ListPage(
    list_jobs.UNITS,
    _("Cập nhật đơn vị bằng Excel"),
    _("Thêm, đổi tên, chuyển, sáp nhập, ngừng hoạt động, tên cũ và biên chế trong một tệp."),
    "w-units",
    _("Đơn vị"),
    "w-units-template",
    "w-units-import",
)
PEOPLE = ListPage(
    list_jobs.PEOPLE,
    _("Cập nhật người dùng bằng Excel"),
    _("Thêm người, điều chuyển, giao vai trò, khóa và mở lại tài khoản trong một tệp."),
    "w-people",
    _("Người dùng"),
    "w-people-template",
    "w-people-import",
)
_PAGES = {page.kind.check: page for page in (UNITS, PEOPLE)}


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def units_import(request: HttpRequest) -> HttpResponse:
    return _import(request, UNITS)


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def people_import(request: HttpRequest) -> HttpResponse:
    return _import(request, PEOPLE)


def _import(request: HttpRequest, page: ListPage) -> HttpResponse:
    """Where a workbook is uploaded. Nothing changes before the plan is confirmed."""
    file = request.FILES.get("file")
    if file is not None:
        job = queue_check(kind=page.kind, file=file, user=request.user, now=timezone.now())
        return redirect("w-plan", public_id=job.public_id)
    error = _("Chọn một tệp Excel.") if request.method == "POST" else ""
    context = {"list": page, "error": error}
    status = 422 if error else 200
    return render(request, "frontend/workplace/list/import.html", context, status=status)


@require_GET
@workplace_view(*MANAGE)
def units_template(request: HttpRequest) -> FileResponse:
    """Filled with the units the person administers."""
    units = managed_units(request.user)
    return as_download("mau-don-vi.xlsx", lambda file: unit_template(file, units))


@require_GET
@workplace_view(*MANAGE)
def people_template(request: HttpRequest) -> FileResponse:
    return as_download("mau-can-bo.xlsx", person_template)


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def plan(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What a workbook would change; posted, it is done. Asks for itself again while it is read."""
    checks = seen_jobs(request.user).filter(kind__in=KINDS)
    checked = get_object_or_404(checks, public_id=public_id)
    page = _PAGES[checked.kind]
    refusal = None
    if request.method == "POST":
        try:
            job = queue_store(
                checked=checked,
                user=request.user,
                now=timezone.now(),
                next=_after(page, checked),
            )
            return redirect("w-job", public_id=job.public_id)
        except DomainError as refused:
            refusal = refused
    context = _plan_context(checked, page) | {"refusal": refusal}
    status = refusal.status if refusal else 422 if checked.state == JobState.FAILED else 200
    return render(request, "frontend/workplace/list/plan.html", context, status=status)


def _after(page: ListPage, checked: Job) -> str:
    """New people without an address are let in by slips."""
    if page is PEOPLE and "create_person" in checked.result.get("counts", {}):
        return f"{reverse('w-slips')}?tep={checked.public_id}"
    return reverse(page.back)


def _plan_context(checked: Job, page: ListPage) -> dict[str, Any]:
    counts = checked.result.get("counts", {})
    shown = checked.result.get("shown", {})
    parts = [
        {
            "title": title,
            "count": counts[act],
            "rows": [_row(act, row) for row in shown.get(act, [])],
            "more": counts[act] - len(shown.get(act, [])),
        }
        for act, title in ACTS.items()
        if act in counts
    ]
    return {
        "list": page,
        "job": checked,
        "running": checked.state in {JobState.QUEUED, JobState.RUNNING},
        "parts": parts,
        "total": sum(counts.values()),
        "faults": checked.faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(checked.faults) - SHOWN_FAULTS),
    }


def _row(act: str, row: list[str]) -> list[str]:
    """Stored words of the tree as people read them."""
    if act == "set_unit_kind":
        return [*row[:2], *(str(UnitKind(value).label) for value in row[2:])]
    return row
