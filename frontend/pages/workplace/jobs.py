"""Jobs: what runs for me, how far it is, what came of it."""

import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.domain.job_files import KEPT
from accounts.domain.job_runs import open_job_file
from accounts.enums import JobState
from accounts.models import Job
from accounts.permissions import seen_jobs
from frontend.pages.workplace.access import workplace_view

PER_PAGE = 30
SHOWN_FAULTS = 200


@require_GET
@workplace_view(second_factor=True)
def jobs(request: HttpRequest) -> HttpResponse:
    page = Paginator(seen_jobs(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "frontend/workplace/jobs.html", {"page": page})


@require_GET
@workplace_view(second_factor=True)
def job(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Asks for itself again every second until the job has ended; without script by a refresh."""
    shown = get_object_or_404(seen_jobs(request.user), public_id=public_id)
    context = {
        "job": shown,
        "running": shown.state in {JobState.QUEUED, JobState.RUNNING},
        "faults": shown.faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(shown.faults) - SHOWN_FAULTS),
        "next": _next_page(shown),
        "kept_until": shown.finished_at + KEPT if shown.file and shown.finished_at else None,
    }
    return render(request, "frontend/workplace/job.html", context)


def _next_page(shown: Job) -> str:
    """Where the person who asked for the job goes on: put into `params` by the page that asked."""
    path = str(shown.params.get("next", ""))
    return path if path.startswith("/lam-viec/") else ""


@require_GET
@workplace_view(second_factor=True)
def job_file(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    shown = get_object_or_404(seen_jobs(request.user).exclude(file=""), public_id=public_id)
    try:
        file = open_job_file(shown)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=shown.file_name)
