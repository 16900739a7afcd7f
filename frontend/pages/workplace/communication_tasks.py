"""A task of a communication plan: written, proven by its unit, confirmed by who keeps the plan."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.communication_forms import (
    EVIDENCE_FIELDS,
    TASK_FIELDS,
    EvidenceForm,
    TaskForm,
)
from frontend.pages.workplace.communication_plans import FOLDER
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.library_access import reached, run_units
from frontend.pages.workplace.posted_files import posted_file
from frontend.pages.workplace.refused import add_refusal
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.models import Contest
from training.domain.files import file_url
from training.domain.plan_evidence import add_evidence, remove_evidence
from training.domain.plan_reading import amount_of, read_task
from training.domain.plan_tasks import (
    add_task,
    change_task,
    confirm_task,
    delete_task,
    explain_task,
    reopen_task,
    units_for_tasks,
)
from training.domain.plan_things import ThingCounts
from training.engine.plan_progress import sight_of_day
from training.enums import FileState, PlanThing
from training.models import CommunicationPlan, PlanEvidence, PlanTask
from training.permissions import (
    KEEP_EVIDENCE,
    RUN_TRAINING,
    SEE_TRAINING,
    may_keep_evidence,
    seen_tasks,
)

# Where whoever sees the task may look at a thing; contests and questions are looked at in public.
_ROUTES = {
    PlanThing.COURSE: "w-course",
    PlanThing.CLASS: "w-class",
    PlanThing.MATERIAL: "w-material",
    PlanThing.BULLETIN: "w-bulletin",
    PlanThing.SURVEY: "w-survey",
    PlanThing.FAQ: "faq-entry",
}


def _task_of(request: HttpRequest, pk: int, *, to: tuple[str, ...] = ()) -> PlanTask:
    """A task in sight; with `to`, of a unit (or of a plan's unit) at which these roles are held."""
    tasks = seen_tasks(request.user)
    if to == RUN_TRAINING:
        tasks = tasks.filter(plan__unit__in=run_units(request))
    elif to:
        tasks = tasks.kept_by(request.user, *to)
    return get_object_or_404(tasks.select_related("plan__unit", "unit", "confirmed_by"), pk=pk)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_task(request: HttpRequest, pk: int) -> HttpResponse:
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)
    form = TaskForm(held.year, request.POST or None)
    form.fields["unit"].units = units_for_tasks(held).order_by("sort_name", "code")
    if _stored(form, lambda: add_task(plan=held, given=form.given(), user=request.user)):
        messages.success(request, _("Đã thêm nhiệm vụ."))
        return redirect("w-communication-plan", pk=pk)
    return _form(request, form, held=held, unit=UnitChoice(form, "unit", chosen=held.unit))


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def task_form(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=RUN_TRAINING)
    year = task.plan.year
    form = TaskForm(year, request.POST) if request.method == "POST" else TaskForm.of(task)
    form.fields["unit"].units = units_for_tasks(task.plan).order_by("sort_name", "code")
    if _stored(form, lambda: change_task(task=task, given=form.given(), user=request.user)):
        messages.success(request, _("Đã lưu."))
        return redirect("w-communication-task", pk=pk)
    choice = UnitChoice(form, "unit", chosen=task.unit)
    return _form(request, form, held=task.plan, task=task, unit=choice)


def _stored(form: TaskForm, act: Callable[[], Any]) -> bool:
    if not form.is_bound or asks_to_search(form, "unit") or not form.is_valid():
        return False
    try:
        act()
    except DomainError as refusal:
        add_refusal(form, refusal, TASK_FIELDS)
        return False
    return True


def _form(request: HttpRequest, form: TaskForm, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"{FOLDER}/task_form.html", {"form": form, **context}, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _task_of(request, pk))


def _page(
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
        "thing_url": _thing_url(thing, evidence.thing_id) if thing else "",
        "amount": amount_of(evidence, task.target_kind, counts),
    }


def _thing_url(kind: str, pk: int | None) -> str:
    if kind != PlanThing.CONTEST:
        return reverse(_ROUTES[PlanThing(kind)], args=[pk])
    contest = Contest.objects.public().filter(pk=pk).first()
    return reverse("contest", args=[contest.code]) if contest else ""


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a piece of evidence; a file sent with it belongs to the task's unit."""
    task = _task_of(request, pk, to=KEEP_EVIDENCE)
    form = EvidenceForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, task, form=form)
    now = timezone.now()
    try:
        file = posted_file(request, "file", unit=task.unit, now=now)
    except DomainError as refusal:
        return _page(request, task, form=form, file_error=str(refusal))
    try:
        add_evidence(task=task, given=form.given(file), user=request.user, now=now)
    except DomainError as refusal:
        add_refusal(form, refusal, EVIDENCE_FIELDS)
        return _page(request, task, form=form)
    messages.success(request, _("Đã ghi minh chứng."))
    return redirect("w-communication-task", pk=pk)


def _acted(
    request: HttpRequest, task: PlanTask, act: Callable[[], None], said: str
) -> HttpResponse:
    def done() -> HttpResponse:
        act()
        messages.success(request, said)
        return redirect("w-communication-task", pk=task.pk)

    return attempted(done, lambda refusal: _page(request, task, refusal=refusal))


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def take_back(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=KEEP_EVIDENCE)
    evidence = get_object_or_404(task.evidence.select_related("task__plan"), pk=evidence_pk)

    def act() -> None:
        remove_evidence(evidence=evidence, user=request.user)

    return _acted(request, task, act, _("Đã bỏ minh chứng."))


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=KEEP_EVIDENCE)

    def act() -> None:
        explain_task(task=task, reason=request.POST.get("reason", ""), user=request.user)

    return _acted(request, task, act, _("Đã lưu lý do chậm."))


@require_POST
@workplace_view(*RUN_TRAINING)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=RUN_TRAINING)

    def act() -> None:
        note, now = request.POST.get("note", ""), timezone.now()
        confirm_task(task=task, note=note, user=request.user, now=now)

    return _acted(request, task, act, _("Đã xác nhận nhiệm vụ hoàn thành."))


@require_POST
@workplace_view(*RUN_TRAINING)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=RUN_TRAINING)

    def act() -> None:
        reopen_task(task=task, reason=request.POST.get("reason", ""), user=request.user)

    return _acted(request, task, act, _("Đã mở lại nhiệm vụ."))


@require_POST
@workplace_view(*RUN_TRAINING)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_of(request, pk, to=RUN_TRAINING)

    def done() -> HttpResponse:
        delete_task(task=task, user=request.user)
        messages.success(request, _("Đã xoá nhiệm vụ."))
        return redirect("w-communication-plan", pk=task.plan_id)

    return attempted(done, lambda refusal: _page(request, task, refusal=refusal))
