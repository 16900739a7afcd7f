"""Enrolling others: by staff code, by unit, by list; the terms of a course."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.models import Job
from accounts.permissions import seen_jobs
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.enrolment_forms import (
    FIELDS,
    ListForm,
    PeopleForm,
    TermsForm,
    UnitForm,
)
from frontend.pages.workplace.enrolments import course_of
from frontend.pages.workplace.refused import form_status, stored
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from frontend.papers import as_download
from training.domain.enrolment_lists import EnrolmentRow, store_list
from training.domain.enrolment_terms import set_terms, terms_of
from training.domain.standing_enrolments import end_unit_enrolment, enrol_unit, units_to_enrol
from training.interfaces.excel.enrolment_list_jobs import (
    CHECK_LIST,
    SHOWN,
    queue_list_check,
    queue_list_store,
)
from training.interfaces.excel.enrolment_lists import write_enrolment_template
from training.models import Course, UnitEnrolment
from training.permissions import RUN_TRAINING, courses_to_run

TEMPLATE_NAME = "mau-danh-sach-ghi-danh.xlsx"
SHOWN_FAULTS = 200
FOLDER = "frontend/workplace/training/enrolment"


def _answer(request: HttpRequest, name: str, form: object, **context: object) -> HttpResponse:
    status = form_status(form)
    return render(request, f"{FOLDER}/{name}.html", {"form": form} | context, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def enrol_people(request: HttpRequest, pk: int) -> HttpResponse:
    """By staff codes, typed one a line."""
    course = course_of(request, pk)
    form = PeopleForm(request.POST or None)

    def act(*, people: str, due_on: object) -> None:
        plan = store_list(
            course=course,
            rows=_typed(people),
            due_on=due_on,
            user=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Đã ghi danh %(count)s người.") % {"count": len(plan.new)})

    if form.is_bound and stored(form, act, FIELDS):
        return redirect("w-course-people", pk=pk)
    return _answer(request, "by_code", form, course=course)


def _typed(text: str) -> list[EnrolmentRow]:
    """“CB01”, or “Nguyễn Văn An; 05/09/1990”, a line each."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        place = _("Dòng %(number)s") % {"number": number}
        name, semicolon, born = (part.strip() for part in line.partition(";"))
        if semicolon:
            rows.append(EnrolmentRow(place, full_name=name, birth_date=born))
        elif name:
            rows.append(EnrolmentRow(place, staff_code=name))
    return rows


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def enrol_by_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit with everybody below; and the units that are enrolled for good."""
    course = course_of(request, pk)
    form = UnitForm(request.POST or None)
    units = units_to_enrol(user=request.user, course=course)
    form.fields["unit"].units = units

    def act(**values: object) -> None:
        new = enrol_unit(course=course, **values, user=request.user, now=timezone.now())
        messages.success(request, _("Đã ghi danh %(count)s người.") % {"count": len(new)})

    searching = form.is_bound and asks_to_search(form, "unit")
    if form.is_bound and not searching and stored(form, act, FIELDS):
        return redirect("w-course-people", pk=pk)
    rules = UnitEnrolment.objects.filter(course=course, ended_at=None, unit__in=units)
    return _answer(
        request,
        "by_unit",
        form,
        course=course,
        unit=UnitChoice(form, "unit", chosen=None),
        rules=rules.select_related("unit"),
    )


@require_POST
@workplace_view(*RUN_TRAINING)
def end_standing(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    """Who joins from now on is not enrolled; those enrolled stay."""
    course = course_of(request, pk)
    units = units_to_enrol(user=request.user, course=course)
    rules = UnitEnrolment.objects.filter(course=course, unit__in=units)
    rule = get_object_or_404(rules.select_related("unit", "course"), pk=rule_pk)
    end_unit_enrolment(rule=rule, user=request.user, now=timezone.now())
    messages.success(request, _("Người đến sau không còn được tự ghi danh."))
    return redirect("w-enrol-unit", pk=pk)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def enrol_by_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook; what it would do is shown before anything is stored."""
    course = course_of(request, pk)
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        job = queue_list_check(
            course=course, **form.cleaned_data, user=request.user, now=timezone.now()
        )
        return redirect("w-enrol-check", pk=pk, public_id=job.public_id)
    return _answer(request, "by_list", form, course=course)


@require_GET
@workplace_view(*RUN_TRAINING)
def list_template(request: HttpRequest) -> FileResponse:
    return as_download(TEMPLATE_NAME, write_enrolment_template)


def _checked(request: HttpRequest, course: Course, public_id: uuid.UUID) -> Job:
    mine = seen_jobs(request.user).filter(kind=CHECK_LIST, params__course=course.pk)
    return get_object_or_404(mine, public_id=public_id)


@require_GET
@workplace_view(*RUN_TRAINING)
def list_check(request: HttpRequest, pk: int, public_id: uuid.UUID) -> HttpResponse:
    """What the list would do; asks for itself again while the worker reads a big one."""
    course = course_of(request, pk)
    return _check_page(request, course, _checked(request, course, public_id))


def _check_page(
    request: HttpRequest, course: Course, job: Job, refusal: DomainError | None = None
) -> HttpResponse:
    context = {
        "course": course,
        "job": job,
        "running": job.state in {JobState.QUEUED, JobState.RUNNING},
        "found": job.result if job.state == JobState.DONE else None,
        "shown": SHOWN,
        "faults": job.faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(job.faults) - SHOWN_FAULTS),
        "refusal": refusal,
    }
    return render(request, f"{FOLDER}/list_check.html", context)


@require_POST
@workplace_view(*RUN_TRAINING)
def list_store(request: HttpRequest, pk: int, public_id: uuid.UUID) -> HttpResponse:
    """Enrol what was checked; a small list is enrolled when this answers."""
    course = course_of(request, pk)
    checked = _checked(request, course, public_id)

    def act() -> HttpResponse:
        people = reverse("w-course-people", args=[pk])
        job = queue_list_store(checked=checked, next=people, user=request.user, now=timezone.now())
        if job.state != JobState.DONE:
            return redirect("w-job", public_id=job.public_id)
        messages.success(request, job.result["message"])
        return redirect(people)

    return attempted(act, lambda refusal: _check_page(request, course, checked, refusal))


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def course_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when, whether letters go out, when what expires opens again."""
    course = get_object_or_404(courses_to_run(request.user), pk=pk)
    held = terms_of(course)
    known = {name: getattr(held, name) for name in TermsForm.base_fields}
    form = TermsForm(request.POST or None, initial=known)

    def act(**values: object) -> None:
        set_terms(course=course, **values, user=request.user)
        messages.success(request, _("Đã lưu."))

    if form.is_bound and stored(form, act, FIELDS):
        return redirect("w-course-people", pk=pk)
    return _answer(request, "terms", form, course=course)
