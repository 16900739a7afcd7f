"""Surveys: the list, a new one, what it asks, its figures, its posters."""

import io
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import View, workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.survey_forms import (
    DocumentForm,
    NewSurveyForm,
    Prompts,
    posted_document,
    prompts_of,
    read_month,
)
from frontend.pages.workplace.survey_showing import shown_result
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.clock import read_now
from quiz.engine.small_groups import LEAST
from training.domain.survey_figures import SurveyResult, read_result, seen_desks
from training.domain.surveys import (
    create_survey,
    current_version,
    document_of,
    may_run_survey,
    publish_version,
    read_document,
    set_open,
)
from training.interfaces.charts.survey_chart import write_survey_chart
from training.interfaces.excel.survey import write_survey
from training.interfaces.pdf.survey_poster import write_survey_posters
from training.models import Survey, SurveyVersion
from training.permissions import RUN_TRAINING, SEE_TRAINING

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def survey_view(*roles: str, runs: bool = False) -> Any:
    """A page of one survey: of those put to people in reach, or (`runs`) of one's own units."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int) -> HttpResponse:
            reach = Survey.objects.within_reach_of if runs else Survey.objects.asked_within_reach_of
            surveys = reach(request.user, *roles).select_related("unit")
            return view(request, get_object_or_404(surveys, pk=pk))

        return workplace_view(*roles)(opened)

    return decorate


@require_GET
@workplace_view(*SEE_TRAINING)
def surveys(request: HttpRequest) -> HttpResponse:
    rows = Survey.objects.asked_within_reach_of(request.user, *SEE_TRAINING)
    may_create = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING).exists()
    context = {"rows": rows.select_related("unit"), "may_create": may_create}
    return render(request, "frontend/workplace/survey/list.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_survey(request: HttpRequest) -> HttpResponse:
    form = NewSurveyForm(request.POST if request.method == "POST" else None)
    units = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    form.fields["unit"].units = units
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        made = create_survey(**form.cleaned_data, user=request.user, now=read_now())
        messages.success(request, _("Đã lập khảo sát với bộ câu hỏi thường dùng."))
        return redirect("w-survey", pk=made.pk)
    choice = UnitChoice(form, "unit", chosen=units.tops().first())
    context = {"form": form, "unit": choice}
    status = form_status(form)
    return render(request, "frontend/workplace/survey/new.html", context, status=status)


@dataclass(frozen=True)
class Wanted:
    """Which figures were asked for, as the address says: `ban`, `don-vi`, `tu`, `den`."""

    version: SurveyVersion
    unit: OrgUnit | None
    first: date
    last: date
    result: SurveyResult

    @property
    def about(self) -> list[str]:
        """The same in words."""
        period = {"first": f"{self.first:%m/%Y}", "last": f"{self.last:%m/%Y}"}
        return [
            self.unit.name if self.unit else _("Mọi đơn vị trong tầm xem"),
            _("Từ tháng %(first)s đến tháng %(last)s") % period,
            _("Phiên bản phiếu %(number)s") % {"number": self.version.number},
        ]


def _wanted(request: HttpRequest, survey: Survey) -> Wanted:
    asked, today = request.GET, timezone.localdate()
    desks = seen_desks(survey=survey, user=request.user)
    unit = desks.filter(code=asked.get("don-vi", "")).first() if asked.get("don-vi") else None
    number = asked.get("ban", "")
    version = current_version(survey=survey)
    if number.isdecimal() and number.isascii() and len(number) < 6:
        version = survey.versions.filter(number=number).first() or version
    first = read_month(asked.get("tu", ""), today.replace(month=1, day=1))
    last = read_month(asked.get("den", ""), today.replace(day=1))
    units = desks.below([unit.pk]) if unit else desks
    result = read_result(version=version, units=units, first=first, last=last)
    return Wanted(version, unit, first, last, result)


@require_GET
@survey_view(*SEE_TRAINING)
def survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The figures of the units in reach; answers that wait for others are no part of it."""
    wanted, seen = _wanted(request, survey), seen_desks(survey=survey, user=request.user)
    desks = list(seen.order_by("sort_name", "code").values_list("code", "name"))
    context = {
        **shown_result(wanted.result),
        "survey": survey,
        "runs": may_run_survey(request.user, survey),
        "wanted": wanted,
        "result": wanted.result,
        "first": f"{wanted.first:%Y-%m}",
        "last": f"{wanted.last:%Y-%m}",
        "desks": desks,
        "units": [("", _("Tất cả")), *desks],
        "number": str(wanted.version.number),
        "versions": [(str(each.number), str(each.number)) for each in survey.versions.all()],
        "least": LEAST,
        "query": request.GET.urlencode(),
        "address": absolute_url(request, reverse("survey", args=[survey.code])),
    }
    return render(request, "frontend/workplace/survey/survey.html", context)


@require_GET
@survey_view(*SEE_TRAINING)
def chart(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The page's chart as a picture, since pages carry no styles of their own."""
    drawn = write_survey_chart(_wanted(request, survey).result)
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_GET
@survey_view(*SEE_TRAINING)
def workbook(request: HttpRequest, survey: Survey) -> HttpResponse:
    wanted, file = _wanted(request, survey), io.BytesIO()
    rows = write_survey(title=survey.title, about=wanted.about, result=wanted.result, file=file)
    record_act(
        actor=request.user,
        act="export_survey",
        subject=survey,
        unit_id=survey.unit_id,
        rows=rows,
    )
    headers = {"Content-Disposition": f'attachment; filename="{survey.code}.xlsx"'}
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)


@require_GET
@survey_view(*SEE_TRAINING)
def poster(request: HttpRequest, survey: Survey) -> HttpResponse:
    """A sheet for the desk that `don-vi` names (the survey's own unit), A4 or `kho=a5`."""
    desks = seen_desks(survey=survey, user=request.user)
    unit = get_object_or_404(desks, code=request.GET.get("don-vi") or survey.unit.code)
    path = f"{reverse('survey', args=[survey.code])}?don-vi={unit.code}"
    size = "a5" if request.GET.get("kho") == "a5" else "a4"
    desk = (absolute_url(request, path), unit.name)
    content = write_survey_posters(survey=survey, desks=[desk], size=size)
    headers = {"Content-Disposition": f'inline; filename="{survey.code}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@survey_view(*RUN_TRAINING, runs=True)
def edit_survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    """What is asked; saved, it is a new version and the figures begin anew."""
    held = document_of(current_version(survey=survey))
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(data, initial={"intro": held.intro, "remark": held.remark})
    prompts = Prompts(data, initial=prompts_of(held), prefix="p")
    refusal: DomainError | None = None
    if data is not None and form.is_valid() and prompts.is_valid():
        try:
            document = read_document(posted_document(form, prompts))
            publish_version(survey=survey, document=document, user=request.user, now=read_now())
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã lưu. Từ nay phiếu hỏi theo phiên bản này."))
            return redirect("w-survey", pk=survey.pk)
    context = {"survey": survey, "form": form, "prompts": prompts, "refusal": refusal}
    status = 422 if data is not None else 200
    return render(request, "frontend/workplace/survey/edit.html", context, status=status)


@require_POST
@survey_view(*RUN_TRAINING, runs=True)
def open_survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    set_open(survey=survey, is_open=request.POST.get("open") == "1", user=request.user)
    messages.success(request, _("Đã lưu."))
    return redirect("w-survey", pk=survey.pk)
