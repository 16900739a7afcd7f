"""Activation slips: whom to print them for, and the job that does."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.domain.jobs import queue_job
from accounts.domain.slips import (
    MOST,
    NEW,
    NO_EMAIL,
    NobodyForSlips,
    TooManySlips,
    people_for_slips,
)
from accounts.errors import DomainError
from accounts.interfaces.excel.list_jobs import PEOPLE
from accounts.interfaces.pdf.slips import SLIP_JOB
from accounts.models import Job
from accounts.permissions import MANAGE, managed_units, seen_jobs
from frontend.pages.addresses import origin_for
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search

ONLY = [(NO_EMAIL, _("Người chưa có thư điện tử")), (NEW, _("Mọi người chưa đăng nhập lần nào"))]


class SlipForm(forms.Form):
    unit = UnitField(label=_("Đơn vị, gồm cả cấp dưới"))
    only = forms.ChoiceField(label=_("In cho"), choices=ONLY, initial=NO_EMAIL)


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def slips(request: HttpRequest) -> HttpResponse:
    """For a unit, for people ticked in the list (`person`), or for those of an import (`tep`)."""
    people = [int(pk) for pk in request.POST.getlist("person") if pk.isdigit()]
    created = _created_by(request, request.POST.get("tep") or request.GET.get("tep", ""))
    form = SlipForm(request.POST if request.method == "POST" else None)
    form.fields["unit"].units = managed_units(request.user)
    refusal: DomainError | None = None
    if people or (created is not None and request.method == "POST"):
        return _queue(request, {"unit": None, "people": people, "created": created})
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        unit, only = form.cleaned_data["unit"], form.cleaned_data["only"]
        count = people_for_slips(user=request.user, unit=unit, only=only).count()
        if 0 < count <= MOST:
            return _queue(request, {"unit": unit.pk, "only": only})
        refusal = TooManySlips(count) if count else NobodyForSlips()
    context = {
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=request.user.unit),
        "only": ONLY,
        "chosen_only": form["only"].value(),
        "created": None if created is None else _count(request, created),
        "tep": request.GET.get("tep", ""),
        "refusal": refusal,
    }
    status = refusal.status if refusal else form_status(form)
    return render(request, "frontend/workplace/slips.html", context, status=status)


def _created_by(request: HttpRequest, check: str) -> list[list[int]] | None:
    """Ranges of ids of the people made by the import whose check that is; None without one."""
    try:
        public_id = uuid.UUID(check)
    except ValueError:
        return None
    checked = seen_jobs(request.user).filter(kind=PEOPLE.check, public_id=public_id).first()
    if checked is None:
        return None
    done = seen_jobs(request.user).filter(kind=PEOPLE.do, params__checked=checked.pk)
    job: Job | None = done.order_by("-pk").first()
    return job.result.get("created", []) if job else []


def _count(request: HttpRequest, created: list[list[int]]) -> int:
    return people_for_slips(user=request.user, only=NO_EMAIL, created=created).count()


def _queue(request: HttpRequest, chosen: dict[str, object]) -> HttpResponse:
    params = {
        "only": NO_EMAIL,
        "people": [],
        "created": None,
        "origin": origin_for(request),
        "next": "/lam-viec/con-nguoi/",
        **chosen,
    }
    job = queue_job(kind=SLIP_JOB, params=params, user=request.user, now=timezone.now())
    return redirect("w-job", public_id=job.public_id)
