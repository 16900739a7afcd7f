"""Evidence of a plan's task, as the unit that has the task records it, and why it is late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.communication_forms import EVIDENCE_FIELDS, EvidenceForm
from frontend.pages.workplace.communication_task_page import acted_on, task_of, task_page
from frontend.pages.workplace.posted_files import posted_file
from frontend.pages.workplace.refused import add_refusal
from training.domain.plan_evidence import add_evidence, remove_evidence
from training.domain.plan_tasks import explain_task
from training.permissions import KEEP_EVIDENCE


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a piece of evidence; a file sent with it belongs to the task's unit."""
    task = task_of(request, pk, to=KEEP_EVIDENCE)
    form = EvidenceForm(request.user, request.POST)
    if not form.is_valid():
        return task_page(request, task, form=form)
    now = timezone.now()
    try:
        file = posted_file(request, "file", unit=task.unit, now=now)
    except DomainError as refusal:
        return task_page(request, task, form=form, file_error=str(refusal))
    try:
        add_evidence(task=task, given=form.given(file), user=request.user, now=now)
    except DomainError as refusal:
        add_refusal(form, refusal, EVIDENCE_FIELDS)
        return task_page(request, task, form=form)
    messages.success(request, _("Đã ghi minh chứng."))
    return redirect("w-communication-task", pk=pk)


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def take_back(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    task = task_of(request, pk, to=KEEP_EVIDENCE)
    evidence = get_object_or_404(task.evidence.select_related("task__plan"), pk=evidence_pk)

    def act() -> None:
        remove_evidence(evidence=evidence, user=request.user)

    return acted_on(request, task, act, _("Đã bỏ minh chứng."))


@require_POST
@workplace_view(*KEEP_EVIDENCE)
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_of(request, pk, to=KEEP_EVIDENCE)

    def act() -> None:
        explain_task(task=task, reason=request.POST.get("reason", ""), user=request.user)

    return acted_on(request, task, act, _("Đã lưu lý do chậm."))
