"""One click assigns the shortest set of courses that closes each gap: first shown, then done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.hours import View, asked_view
from training.domain.gaps import assign_gaps, people_to_plan, plan_gaps
from training.permissions import RUN_TRAINING

SHOWN = 200


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def assign(request: HttpRequest) -> HttpResponse:
    view, refusal = asked_view(request), None
    if request.method == "POST":
        try:
            return _assigned(request, view)
        except DomainError as refused:
            refusal = refused
    plans = plan_gaps(people=_people(request, view), year=view.year, day=timezone.localdate())
    context = {
        "view": view,
        "plans": plans[:SHOWN],
        "more": max(0, len(plans) - SHOWN),
        "enrolments": sum(len(plan.courses) for plan in plans),
        "people": sum(bool(plan.courses) for plan in plans),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/training/assign.html", context, status=status)


def _people(request: HttpRequest, view: View) -> list[User]:
    return people_to_plan(user=request.user, unit_id=view.unit.pk if view.unit else None)


def _assigned(request: HttpRequest, view: View) -> HttpResponse:
    people = _people(request, view)
    count = assign_gaps(people=people, year=view.year, user=request.user, now=timezone.now())
    messages.success(request, _("Đã ghi danh %(count)s lượt.") % {"count": count})
    return redirect(reverse("w-hours") + view.query)
