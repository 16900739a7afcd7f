"""The page of one task of a communication plan, which every act on it comes back to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.errors import DomainError
from frontend.pages.workplace.communication_forms import EvidenceForm
from frontend.pages.workplace.communication_plans import FOLDER
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.library_access import run_units
from quiz.models import Contest
from training.domain.files import file_url
from training.domain.plan_reading import amount_of, read_task
from training.domain.plan_things import ThingCounts, is_there
from training.engine.plan_progress import sight_of_day
from training.enums import FileState, PlanThing
from training.models import PlanEvidence, PlanTask
from training.permissions import RUN_TRAINING, may_keep_evidence, seen_tasks

# Where whoever sees the task may look at a thing; contests and questions are looked at in public.
_ROUTES = {
    PlanThing.COURSE: "w-course",
    PlanThing.CLASS: "w-class",
    PlanThing.MATERIAL: "w-material",
    PlanThing.BULLETIN: "w-bulletin",
    PlanThing.SURVEY: "w-survey",
    PlanThing.FAQ: "faq-entry",
}


def task_of(request: HttpRequest, pk: int, *, to: tuple[str, ...] = ()) -> PlanTask:
    """A task in sight; with `to`, of a unit (or of a plan's unit) at which these roles are held."""
    tasks = seen_tasks(request.user)
    if to == RUN_TRAINING:
        tasks = tasks.filter(plan__unit__in=run_units(request))
    elif to:
        tasks = tasks.kept_by(request.user, *to)
    return get_object_or_404(tasks.select_related("plan__unit", "unit", "confirmed_by"), pk=pk)


def task_page(
    request: HttpRequest,
    task: PlanTask,
    *,
    form: EvidenceForm | None = None,
    refusal: DomainError | None = None,
    file_error: str = "",
) -> HttpResponse:
    counts = ThingCounts()
    line = read_task(task=task, sight=sight_of_day(timezone.localdate()), counts=counts)
    keeps = may_keep_evidence(request.user, task) and task.done_on is None
    context = {
        "task": task,
        "line": line,
        "proofs": [_proof(each, task, counts) for each in line.evidence],
        "keeps": keeps,
        "runs": run_units(request).filter(pk=task.plan.unit_id).exists(),
        "form": (form or EvidenceForm(request.user)) if keeps else None,
        "file_error": file_error,
        "refusal": refusal,
        "typed": request.POST,
    }
    wrong = (form is not None and form.errors) or file_error
    return render(request, f"{FOLDER}/task.html", context, status=422 if wrong else 200)


def _proof(evidence: PlanEvidence, task: PlanTask, counts: ThingCounts) -> dict[str, Any]:
    """A row of the table: where its file and its thing are, what it counts."""
    file, thing = evidence.file, evidence.thing_kind
    ready = file is not None and file.state == FileState.READY
    return {
        "evidence": evidence,
        "file_url": file_url(file) if file is not None and ready else "",
        "thing_url": _thing_url(thing, evidence.thing_id or 0) if thing else "",
        "amount": amount_of(evidence, task.target_kind, counts),
    }


def _thing_url(kind: str, pk: int) -> str:
    """Nothing for what is gone; its name stays with the evidence."""
    if not is_there(kind=kind, pk=pk):
        return ""
    if kind == PlanThing.CONTEST:
        return reverse("contest", args=[Contest.objects.get(pk=pk).code])
    return reverse(_ROUTES[PlanThing(kind)], args=[pk])


def acted_on(
    request: HttpRequest, task: PlanTask, act: Callable[[], None], said: str
) -> HttpResponse:
    """Do it and go back to the task; refused, the task with the refusal."""
    return acted(
        request,
        act,
        said=said,
        to=redirect("w-communication-task", pk=task.pk),
        otherwise=lambda refusal: task_page(request, task, refusal=refusal),
    )
