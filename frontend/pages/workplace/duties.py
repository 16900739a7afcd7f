"""What units ask of their people per year, from a date on."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import OrgUnit
from accounts.permissions import holds_any
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import stored
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search
from training.domain.duty import remove_duty, set_duty
from training.models import DutySetting
from training.permissions import RUN_TRAINING, SEE_TRAINING


class DutyForm(forms.ModelForm):
    unit = UnitField(label=_("Đơn vị"))

    class Meta:
        model = DutySetting
        fields = (
            "from_date",
            "measure",
            "minutes_per_unit",
            "yearly",
            "rounding",
            "due_day",
            "due_month",
            "source",
        )
        widgets = {"from_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "source": _("Văn bản đặt ra định mức, ví dụ kế hoạch bồi dưỡng của đơn vị."),
            "minutes_per_unit": _("Một tiết, một giờ hay một ngày tính bao nhiêu phút."),
        }

    def validate_unique(self) -> None:
        """What is set again for the same day takes its place."""


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def duties(request: HttpRequest) -> HttpResponse:
    may_set = holds_any(request.user, *RUN_TRAINING)
    form = _form(request)
    if request.method == "POST" and may_set and not asks_to_search(form, "unit"):

        def act(**values: Any) -> DutySetting:
            return set_duty(user=request.user, now=timezone.now(), **values)

        if stored(form, act, {"no_such_day": "due_day", "not_allowed": "unit"}):
            messages.success(request, _now("Đã đặt định mức."))
            return redirect("w-duties")
    reach = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING)
    above = _units_above(reach)
    settings = DutySetting.objects.filter(unit__in=above | set(reach.values_list("pk", flat=True)))
    rows = settings.select_related("unit", "set_by").order_by("unit__sort_name", "-from_date")
    mine = set(OrgUnit.objects.reached_by(request.user, *RUN_TRAINING).values_list("pk", flat=True))
    context = {
        "rows": [{"setting": row, "may": row.unit_id in mine} for row in rows],
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=request.user.unit),
        "may_set": may_set,
    }
    status = 422 if form.errors else 403 if request.method == "POST" and not may_set else 200
    return render(request, "frontend/workplace/training/duties.html", context, status=status)


def _form(request: HttpRequest) -> DutyForm:
    form = DutyForm(
        request.POST or None, initial={"from_date": date(timezone.localdate().year, 1, 1)}
    )
    form.fields["unit"].units = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    return form


def _units_above(reach: Any) -> set[int]:
    """Units whose setting reaches down to those of `reach`."""
    parents = dict(OrgUnit.objects.values_list("pk", "parent_id"))
    found: set[int] = set()
    for unit in reach.tops().values_list("pk", flat=True):
        at = parents.get(unit)
        while at is not None and at not in found:
            found.add(at)
            at = parents.get(at)
    return found


@require_POST
@workplace_view(*RUN_TRAINING)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    reach = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    setting = get_object_or_404(DutySetting.objects.filter(unit__in=reach), pk=pk)
    remove_duty(setting=setting, user=request.user)
    messages.success(request, _now("Đã bỏ định mức."))
    return redirect("w-duties")
