"""The report of training: completion by unit and course, weak clauses, who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.errors import NotFound
from accounts.models import OrgUnit
from frontend.pages.learning.hours_showing import hours_row, minutes_words
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.papers import as_download
from training.domain.training_reports import (
    TrainingReport,
    late_enrolments,
    officer_hours,
    read_report,
    reported_units,
    unit_to_report,
)
from training.domain.weak_clauses import FEWEST, with_lessons
from training.interfaces.excel.training_report import export_report
from training.models import Course
from training.permissions import SEE_TRAINING, courses_for_units_of
from training.queries.training_report import Count

PER_PAGE = 50
SHOWN_CLAUSES = 20
SHOWN_OFFICERS = 10
# Of more people each part below is looked at by itself, so that the page stays fast.
MOST_OFFICERS = 2_000
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("Từ ngày"), widget=_DATE)
    last = forms.DateField(label=gettext_lazy("Đến ngày"), widget=_DATE)
    course = forms.ChoiceField(label=gettext_lazy("Khoá học"), required=False)
    unit = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Bar:
    """A row with its bar: as wide as its share of what has to be completed is done."""

    label: str
    url: str
    people: int | None
    count: Count
    certificates: int | None

    @property
    def width(self) -> int:
        return self.count.percent or 0


def _unit(request: HttpRequest) -> OrgUnit:
    try:
        return unit_to_report(user=request.user, code=request.GET.get("unit", ""))
    except NotFound:
        raise Http404 from None


def _asked(request: HttpRequest) -> tuple[PeriodForm, date, date, Course | None]:
    """The form and what it asks for; with faults, this year."""
    today = timezone.localdate()
    known = {"first": date(today.year, 1, 1), "last": today}
    given = known | {name: value for name, value in request.GET.items() if value}
    form = PeriodForm(given)
    courses = {each.code: each for each in courses_for_units_of(request.user, *SEE_TRAINING)}
    form.fields["course"].choices = [
        ("", _("Tất cả")),
        *((code, course.title) for code, course in courses.items()),
    ]
    if not form.is_valid() or form.cleaned_data["first"] > form.cleaned_data["last"]:
        if form.is_valid():
            form.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        return form, known["first"], known["last"], None
    values = form.cleaned_data
    return form, values["first"], values["last"], courses.get(values["course"])


def _report(request: HttpRequest) -> tuple[PeriodForm, TrainingReport]:
    form, first, last, course = _asked(request)
    report = read_report(
        user=request.user,
        unit=_unit(request),
        first=first,
        last=last,
        today=timezone.localdate(),
        course=course,
    )
    return form, report


@require_GET
@workplace_view(*SEE_TRAINING)
def training_report(request: HttpRequest) -> HttpResponse:
    form, report = _report(request)
    asked = {name: value for name, value in request.GET.items() if name != "unit" and value}
    seen = reported_units(request.user)
    up = seen.filter(pk=report.unit.parent_id).first() if report.unit.parent_id else None
    context = {
        "form": form,
        "report": report,
        "units": _unit_bars(report, asked),
        "courses": _course_bars(report),
        "clauses": with_lessons(
            unit=report.unit, counts=report.clauses[:SHOWN_CLAUSES], today=timezone.localdate()
        ),
        "fewest": FEWEST,
        "year": report.period.last.year,
        "hours_url": _hours_url(report),
        "up": up,
        "up_url": _to(up, asked) if up else "",
        "late_url": _at("w-late", report.unit),
        "export_url": _at("w-training-export", report.unit, **asked),
    }
    if report.people <= MOST_OFFICERS:
        context |= _officers(request, report)
    status = form_status(form)
    page = "frontend/workplace/training/report/report.html"
    return render(request, page, context, status=status)


def _hours_url(report: TrainingReport) -> str:
    asked = {"nam": report.period.last.year, "don-vi": report.unit.code}
    return f"{reverse('w-hours')}?{urlencode(asked)}"


def _officers(request: HttpRequest, report: TrainingReport) -> dict[str, object]:
    """Hours of each officer in the year in which the period ends, who misses most first."""
    year = report.period.last.year
    found = officer_hours(user=request.user, unit=report.unit, year=year)
    return {
        "officers": [hours_row(each) for each in found[:SHOWN_OFFICERS]],
        "officers_counted": True,
        "officers_more": max(0, len(found) - SHOWN_OFFICERS),
        "officers_minutes": minutes_words(sum(each.minutes for each in found)),
        "lacking": sum(each.missing > 0 for each in found),
        "enough": sum(each.duty is not None and not each.missing for each in found),
    }


def _at(route: str, unit: OrgUnit, **asked: str) -> str:
    return f"{reverse(route)}?{urlencode({**asked, 'unit': unit.code})}"


def _to(unit: OrgUnit, asked: dict[str, str]) -> str:
    return _at("w-training-report", unit, **asked)


def _unit_bars(report: TrainingReport, asked: dict[str, str]) -> Sequence[Bar]:
    bars = []
    for line in report.units:
        own = line.unit.pk == report.unit.pk
        label = _("%(name)s (trực tiếp)") % {"name": line.unit.name} if own else line.unit.name
        url = "" if own else _to(line.unit, asked)
        bars.append(Bar(label, url, line.people, line.count, line.certificates))
    return bars


def _course_bars(report: TrainingReport) -> Sequence[Bar]:
    return [
        Bar(
            line.course.title,
            reverse("w-course-people", args=[line.course.pk]) + f"?unit={report.unit.code}",
            None,
            line.count,
            None,
        )
        for line in report.courses
    ]


@require_GET
@workplace_view(*SEE_TRAINING)
def late(request: HttpRequest) -> HttpResponse:
    """Who is late with what, the longest first."""
    unit = _unit(request)
    rows = late_enrolments(user=request.user, unit=unit, today=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"unit": unit, "page": page, "report_url": _to(unit, {})}
    return render(request, "frontend/workplace/training/report/late.html", context)


@require_GET
@workplace_view(*SEE_TRAINING)
def exported(request: HttpRequest) -> FileResponse:
    """The same figures as a workbook, and everybody who is late."""
    _form, report = _report(request)
    today = timezone.localdate()
    people = late_enrolments(user=request.user, unit=report.unit, today=today)
    year = report.period.last.year
    officers = officer_hours(user=request.user, unit=report.unit, year=year)
    return as_download(
        f"bao-cao-tap-huan-{report.unit.code}-{today:%Y%m%d}.xlsx",
        lambda file: export_report(
            report=report,
            officers=officers,
            late=people.iterator(2000),
            user=request.user,
            file=file,
        ),
    )
