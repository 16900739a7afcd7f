"""Tasks of a communication plan as who keeps the plan writes, confirms and reopens them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.communication_forms import TASK_FIELDS, TaskForm
from frontend.pages.workplace.communication_plans import FOLDER
from frontend.pages.workplace.communication_task_page import acted_on, task_of, task_page
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.library_access import reached
from frontend.pages.workplace.refused import form_status, stored
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from training.domain.plan_tasks import (
    add_task,
    change_task,
    confirm_task,
    delete_task,
    reopen_task,
    units_for_tasks,
)
from training.models import CommunicationPlan
from training.permissions import RUN_TRAINING, SEE_TRAINING


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
    task = task_of(request, pk, to=RUN_TRAINING)
    year = task.plan.year
    form = TaskForm(year, request.POST) if request.method == "POST" else TaskForm.of(task)
    form.fields["unit"].units = units_for_tasks(task.plan).order_by("sort_name", "code")
    if _stored(form, lambda: change_task(task=task, given=form.given(), user=request.user)):
        messages.success(request, _("Đã lưu."))
        return redirect("w-communication-task", pk=pk)
    choice = UnitChoice(form, "unit", chosen=task.unit)
    return _form(request, form, held=task.plan, task=task, unit=choice)


def _stored(form: TaskForm, act: Callable[[], Any]) -> bool:
    return not asks_to_search(form, "unit") and stored(form, lambda **_: act(), TASK_FIELDS)


def _form(request: HttpRequest, form: TaskForm, **context: Any) -> HttpResponse:
    status = form_status(form)
    return render(request, f"{FOLDER}/task_form.html", {"form": form, **context}, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return task_page(request, task_of(request, pk))


@require_POST
@workplace_view(*RUN_TRAINING)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_of(request, pk, to=RUN_TRAINING)

    def act() -> None:
        note, now = request.POST.get("note", ""), timezone.now()
        confirm_task(task=task, note=note, user=request.user, now=now)

    return acted_on(request, task, act, _("Đã xác nhận nhiệm vụ hoàn thành."))


@require_POST
@workplace_view(*RUN_TRAINING)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_of(request, pk, to=RUN_TRAINING)

    def act() -> None:
        reopen_task(task=task, reason=request.POST.get("reason", ""), user=request.user)

    return acted_on(request, task, act, _("Đã mở lại nhiệm vụ."))


@require_POST
@workplace_view(*RUN_TRAINING)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    task = task_of(request, pk, to=RUN_TRAINING)

    return acted(
        request,
        lambda: delete_task(task=task, user=request.user),
        said=_("Đã xoá nhiệm vụ."),
        to=redirect("w-communication-plan", pk=task.plan_id),
        otherwise=lambda refusal: task_page(request, task, refusal=refusal),
    )
