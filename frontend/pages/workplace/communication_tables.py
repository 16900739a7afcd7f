"""A communication plan's tasks in and out of workbooks."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.communication_plans import FOLDER, plan_seen
from frontend.pages.workplace.library_access import reached
from frontend.pages.workplace.uploaded_lists import loaded, told_faults
from frontend.papers import as_download
from training.domain.plan_lists import load_tasks
from training.domain.plan_reading import TaskLine, read_tasks
from training.engine.plan_progress import sight_of_day
from training.interfaces.excel.plan import export_plan, plan_template, read_plan_rows
from training.models import CommunicationPlan
from training.permissions import RUN_TRAINING, SEE_TRAINING, seen_tasks


def _lines(request: HttpRequest, held: CommunicationPlan) -> list[TaskLine]:
    """What of the plan is in sight, as it stands today."""
    tasks = seen_tasks(request.user).filter(plan=held)
    return read_tasks(tasks=tasks, sight=sight_of_day(timezone.localdate()))


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook adds or replaces tasks by their number, all of its rows or none."""
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)

    def act(file: Any) -> int:
        return load_tasks(plan=held, rows=read_plan_rows(file), user=request.user)

    faults = loaded(request, act) if request.method == "POST" else []
    if request.method == "POST" and not faults:
        return redirect("w-communication-plan", pk=pk)
    context = {"held": held, **told_faults(faults)}
    return render(request, f"{FOLDER}/load.html", context, status=422 if faults else 200)


@require_GET
@workplace_view(*RUN_TRAINING)
def template(request: HttpRequest, pk: int) -> FileResponse:
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)
    lines = _lines(request, held)
    return as_download("mau-nhiem-vu.xlsx", lambda file: plan_template(file, lines))


@require_GET
@workplace_view(*SEE_TRAINING)
def exported(request: HttpRequest, pk: int) -> FileResponse:
    held = plan_seen(request, pk)
    lines = _lines(request, held)
    name = f"ke-hoach-truyen-thong-{held.unit.code.lower()}-{held.year}.xlsx"
    return as_download(
        name, lambda file: export_plan(plan=held, lines=lines, user=request.user, file=file)
    )
