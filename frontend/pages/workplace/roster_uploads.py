"""A list is uploaded, its comparison looked at, and only then stored."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.interfaces.excel.rosters_upload import (
    CHECK,
    SHOWN,
    Target,
    queue_check,
    queue_store,
    target_of,
)
from accounts.models import Job, OrgUnit
from accounts.permissions import KEEP_ROSTERS, kept_rosters, seen_jobs
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.roster_forms import RosterForm, UploadForm
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search

SHOWN_FAULTS = 200


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_ROSTERS)
def new_roster(request: HttpRequest) -> HttpResponse:
    """A list's name, unit, date and file. Nothing is stored before the comparison was seen."""
    form = RosterForm(
        request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()}
    )
    form.fields["unit"].units = OrgUnit.objects.reached_by(request.user, *KEEP_ROSTERS)
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        values = form.cleaned_data
        target = Target(values["unit"], None, values["name"], values["as_of"])
        return _check(request, target, values["file"])
    context = {"form": form, "unit": UnitChoice(form, "unit", chosen=request.user.unit)}
    status = form_status(form)
    return render(request, "frontend/workplace/roster_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_ROSTERS)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer file for a list that is there."""
    held = get_object_or_404(kept_rosters(request.user).select_related("unit"), pk=pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        return _check(request, Target(held.unit, held), form.cleaned_data["file"])
    status = form_status(form)
    context = {"form": form, "roster": held}
    return render(request, "frontend/workplace/roster_upload.html", context, status=status)


def _check(request: HttpRequest, target: Target, file) -> HttpResponse:
    job = queue_check(target=target, file=file, user=request.user, now=timezone.now())
    return redirect("w-roster-check", public_id=job.public_id)


def _checked(request: HttpRequest, public_id: uuid.UUID) -> Job:
    return get_object_or_404(seen_jobs(request.user).filter(kind=CHECK), public_id=public_id)


@require_GET
@workplace_view(*KEEP_ROSTERS)
def check(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the file would do; asks for itself again while the worker reads a big one."""
    return _page(request, _checked(request, public_id))


def _page(request: HttpRequest, job: Job, refusal: DomainError | None = None) -> HttpResponse:
    target = target_of(job.params) if job.params else None
    context = {
        "job": job,
        "running": job.state in {JobState.QUEUED, JobState.RUNNING},
        "roster": target.roster if target else None,
        "name": (target.roster.name if target.roster else target.name) if target else "",
        "found": job.result if job.state == JobState.DONE else None,
        "shown": SHOWN,
        "faults": job.faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(job.faults) - SHOWN_FAULTS),
        "refusal": refusal,
    }
    return render(request, "frontend/workplace/roster_check.html", context)


@require_POST
@workplace_view(*KEEP_ROSTERS)
def store(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Store what was checked; a small list is stored when this answers."""
    checked = _checked(request, public_id)
    try:
        job = queue_store(
            checked=checked,
            remove_gone=request.POST.get("remove_gone") == "1",
            user=request.user,
            now=timezone.now(),
        )
    except DomainError as refusal:
        response = _page(request, checked, refusal)
        response.status_code = refusal.status
        return response
    if job.state != JobState.DONE:
        return redirect("w-job", public_id=job.public_id)
    messages.success(request, job.result["message"])
    return redirect("w-roster", pk=job.result["roster"])
