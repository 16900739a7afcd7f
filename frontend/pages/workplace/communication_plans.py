"""Communication plans: the list, one plan with its tasks, its report by one button."""

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
from frontend.pages.workplace.communication_forms import PLAN_FIELDS, NewPlanForm, PlanForm
from frontend.pages.workplace.contest_access import acted, attempted
from frontend.pages.workplace.library_access import own_unit, reached, run_units
from frontend.pages.workplace.posted import posted_number
from frontend.pages.workplace.refused import add_refusal, form_status, stored
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from training.domain.plan_reading import count_states, read_tasks
from training.domain.plans import change_plan, copy_plan, create_plan, delete_plan
from training.engine.plan_periods import ReportPeriod, quarter_of
from training.engine.plan_progress import sight_of_day
from training.enums import TaskState
from training.interfaces.word.plan_report_jobs import own_reports, queue_plan_report
from training.models import CommunicationPlan
from training.permissions import RUN_TRAINING, SEE_TRAINING, seen_plans, seen_tasks

FOLDER = "frontend/workplace/training/plan"


def plan_seen(request: HttpRequest, pk: int) -> CommunicationPlan:
    """A plan in sight; else 404."""
    return get_object_or_404(seen_plans(request.user).select_related("unit"), pk=pk)


@require_GET
@workplace_view(*SEE_TRAINING)
def plans(request: HttpRequest) -> HttpResponse:
    context = {
        "plans": seen_plans(request.user).select_related("unit"),
        "runs": run_units(request).exists(),
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_plan(request: HttpRequest) -> HttpResponse:
    form = NewPlanForm(request.POST or None, initial={"year": timezone.localdate().year})
    form.fields["unit"].units = run_units(request)
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        unit, year = form.cleaned_data["unit"], form.cleaned_data["year"]
        now = timezone.now()
        try:
            made = create_plan(unit=unit, given=form.given(year), user=request.user, now=now)
        except DomainError as refusal:
            add_refusal(form, refusal, PLAN_FIELDS)
        else:
            messages.success(request, _("Đã lập kế hoạch. Thêm nhiệm vụ hoặc nhập bằng Excel."))
            return redirect("w-communication-plan", pk=made.pk)
    unit_choice = UnitChoice(form, "unit", chosen=own_unit(request))
    return _form(request, form, unit=unit_choice)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def plan_form(request: HttpRequest, pk: int) -> HttpResponse:
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm.of(held)

    def act(**_values: object) -> None:
        change_plan(plan=held, given=form.given(held.year), user=request.user)

    if stored(form, act, PLAN_FIELDS):
        messages.success(request, _("Đã lưu."))
        return redirect("w-communication-plan", pk=pk)
    return _form(request, form, held=held)


def _form(request: HttpRequest, form: PlanForm, **context: Any) -> HttpResponse:
    status = form_status(form)
    return render(request, f"{FOLDER}/form.html", {"form": form, **context}, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Its tasks in sight; `trang-thai` narrows them by state."""
    return _page(request, plan_seen(request, pk))


def _page(
    request: HttpRequest, held: CommunicationPlan, refusal: DomainError | None = None
) -> HttpResponse:
    today = timezone.localdate()
    lines = read_tasks(tasks=seen_tasks(request.user).filter(plan=held), sight=sight_of_day(today))
    asked = request.GET.get("trang-thai", "")
    within = CommunicationPlan.objects.within_reach_of(request.user, *SEE_TRAINING)
    whole = within.filter(pk=held.pk).exists()
    context = {
        "held": held,
        "refusal": refusal,
        "runs": run_units(request).filter(pk=held.unit_id).exists(),
        "whole": whole,
        "counts": count_states(lines).items(),
        "lines": [line for line in lines if asked in ("", line.state)],
        "total": len(lines),
        "asked": asked,
        "states": [("", _("Tất cả")), *TaskState.choices],
        "periods": _periods(held),
        "period": _usual_period(held),
        "reports": own_reports(plan=held, user=request.user) if whole else [],
        "next_year": held.year + 1,
    }
    return render(request, f"{FOLDER}/plan.html", context)


def _periods(held: CommunicationPlan) -> list[tuple[str, str]]:
    """Those of the plan's year that have begun."""
    words = {
        "q1": _("Quý I"),
        "q2": _("Quý II"),
        "q3": _("Quý III"),
        "q4": _("Quý IV"),
        "h1": _("6 tháng đầu năm"),
        "m9": _("9 tháng đầu năm"),
        "year": _("Cả năm"),
    }
    today = timezone.localdate()
    return [
        (code, word) for code, word in words.items() if ReportPeriod(code, held.year).first <= today
    ]


def _usual_period(held: CommunicationPlan) -> str:
    """The quarter of the day; of a year that is over, the year."""
    today = timezone.localdate()
    return "year" if today.year > held.year else f"q{quarter_of(today)}"


@require_POST
@workplace_view(*SEE_TRAINING)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker write the report of a period."""
    held = reached(request, CommunicationPlan, pk, *SEE_TRAINING)

    def act() -> HttpResponse:
        job = queue_plan_report(
            plan=held,
            code=request.POST.get("period", ""),
            user=request.user,
            now=timezone.now(),
            back=reverse("w-communication-plan", args=[pk]),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, held, refusal))


@require_POST
@workplace_view(*RUN_TRAINING)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same plan for another year, the next unless told otherwise."""
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)

    def act() -> HttpResponse:
        year = posted_number(request, "year") or held.year + 1
        made = copy_plan(plan=held, year=year, user=request.user, now=timezone.now())
        messages.success(request, _("Đã sao chép. Ghi số quyết định mới và xem lại thời hạn."))
        return redirect("w-communication-plan", pk=made.pk)

    return attempted(act, lambda refusal: _page(request, held, refusal))


@require_POST
@workplace_view(*RUN_TRAINING)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    held = reached(request, CommunicationPlan, pk, *RUN_TRAINING)

    return acted(
        request,
        lambda: delete_plan(plan=held, user=request.user),
        said=_("Đã xoá kế hoạch."),
        to=redirect("w-communication"),
        otherwise=lambda refusal: _page(request, held, refusal),
    )
