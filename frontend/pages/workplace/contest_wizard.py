"""A contest from a template: one page with five questions, answered on a phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_wizard_forms import AUDIENCES, PERIODS, TemplateForm
from frontend.pages.workplace.contests import organised_units
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.contest_templates import create_from_template
from quiz.models import Contest, ItemBank
from quiz.permissions import RUN_CONTEST

FIELDS = {
    "no_title": "title",
    "first_day_over": "first_day",
    "weeks_out_of_range": "weeks",
    "closes_before_opens": "closes",
    "window_shorter_than_limit": "closes",
}


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_CONTEST)
def from_template(request: HttpRequest) -> HttpResponse:
    units = organised_units(request.user)
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(data, today=timezone.localdate())
    form.fields["unit"].units = units
    banks = ItemBank.objects.within_reach_of(request.user, *RUN_CONTEST)
    form.fields["bank"].queryset = banks.order_by("name")
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        contest = _made(form, request)
        if contest is not None:
            messages.success(request, _("Đã lập cuộc thi. Bộ tài liệu phát động ở ngay dưới đây."))
            return redirect("w-papers", pk=contest.pk)
    own = units.filter(pk=request.user.unit_id).first()
    context = {
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=own or units.first()),
        "audiences": AUDIENCES,
        "periods": PERIODS,
    }
    status = form_status(form)
    return render(request, "frontend/workplace/contest/template.html", context, status=status)


def _made(form: TemplateForm, request: HttpRequest) -> Contest | None:
    given = form.cleaned_data
    try:
        return create_from_template(
            answers=form.answers(),
            unit=given["unit"],
            user=request.user,
            now=timezone.now(),
            bank=given["bank"],
            hotline=given["hotline"],
        )
    except DomainError as refusal:
        add_refusal(form, refusal, FIELDS)
        return None
