"""Where a unit belongs: moved, merged into another, closed, opened again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.unit_changes import close_unit, merge_units, move_unit, reopen_unit
from accounts.errors import DomainError
from accounts.models import OrgUnit, User
from accounts.permissions import MANAGE, managed_units
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.unit_forms import (
    CloseForm,
    MergeForm,
    MoveForm,
    UnitChoice,
    asks_to_search,
)

FORMS: dict[str, type[forms.Form]] = {
    "move": MoveForm,
    "merge": MergeForm,
    "close": CloseForm,
    "reopen": forms.Form,
}
PICKERS = {"move": "parent", "merge": "into"}


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """One page, a form for each act; `act` says which was sent."""
    reach = managed_units(request.user)
    unit = get_object_or_404(reach.select_related("parent", "merged_into"), pk=pk)
    asked = request.POST.get("act", "")
    shown = {act: _form(act, request, unit, bound=act == asked) for act in FORMS}
    refusal = None
    form = shown.get(asked)
    if form is not None and not _searches(asked, form) and form.is_valid():
        try:
            _do(asked, unit, form.cleaned_data, request.user)
        except DomainError as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã lưu sắp xếp đơn vị."))
            return redirect("w-unit", pk=pk)
    refused_form = form is not None and bool(form.errors)
    context = {
        "unit": unit,
        "forms": shown,
        "parent": UnitChoice(shown["move"], "parent", chosen=None),
        "into": UnitChoice(shown["merge"], "into", chosen=None),
        "refusal": refusal,
        "people": unit.people.count(),
    }
    status = refusal.status if refusal else 422 if refused_form else 200
    return render(request, "frontend/workplace/unit_arrange.html", context, status=status)


def _form(act: str, request: HttpRequest, unit: OrgUnit, *, bound: bool) -> forms.Form:
    form = FORMS[act](request.POST if bound else None, auto_id=f"id_{act}_%s")
    if picker := PICKERS.get(act):
        others = managed_units(request.user).valid_on(timezone.localdate())
        form.fields[picker].units = others.exclude(pk=unit.pk)
    return form


def _searches(act: str, form: forms.Form) -> bool:
    return act in PICKERS and asks_to_search(form, PICKERS[act])


def _do(act: str, unit: OrgUnit, values: dict[str, Any], user: User) -> None:
    """Raises UnitRefusal."""
    acts: dict[str, Callable[..., OrgUnit]] = {
        "move": move_unit,
        "merge": merge_units,
        "close": close_unit,
        "reopen": reopen_unit,
    }
    today = {"today": timezone.localdate()} if act == "merge" else {}
    acts[act](unit=unit, user=user, **values, **today)
