"""Classes held in a room, as who runs them plans and fills them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError, Fault, Faults
from accounts.models import User
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.class_forms import (
    FIELDS,
    ClassForm,
    InviteForm,
    NewClassForm,
    SessionForm,
    next_session_day,
)
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.course_access import course_asked
from frontend.pages.workplace.library_access import own_unit, run_units
from frontend.pages.workplace.posted import posted_number
from frontend.pages.workplace.refused import form_status, stored
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from training.domain.classes import (
    add_session,
    attach_file,
    cancel_class,
    change_class,
    create_class,
    detach_file,
    invitable_people,
    invite,
    learners_of,
    remove_session,
    uninvite,
)
from training.domain.files import file_url
from training.enums import FileState
from training.models import TrainingClass, TrainingFile
from training.permissions import RUN_TRAINING, SEE_TRAINING, courses_for_units_of

PER_PAGE = 30
SHOWN_PEOPLE = 500
SHOWN_FILES = 100
FOLDER = "frontend/workplace/training/class"


def class_of(request: HttpRequest, pk: int, *roles: str) -> TrainingClass:
    """A class of a unit in reach; else 404."""
    rows = TrainingClass.objects.within_reach_of(request.user, *roles)
    return get_object_or_404(rows.select_related("unit", "course"), pk=pk)


@require_GET
@workplace_view(*SEE_TRAINING)
def classes(request: HttpRequest) -> HttpResponse:
    rows = TrainingClass.objects.within_reach_of(request.user, *SEE_TRAINING)
    rows = rows.select_related("unit", "course").annotate(
        begins=Min("sessions__begins_at"), people=Count("invitees", distinct=True)
    )
    if course := course_asked(request):
        rows = rows.filter(course=course)
    ordered = rows.order_by("-begins", "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "course": course, "runs": run_units(request).exists()}
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_class(request: HttpRequest) -> HttpResponse:
    form = NewClassForm(request.POST or None)
    form.fields["unit"].units = run_units(request)
    courses = {str(each.pk): each for each in courses_for_units_of(request.user, *RUN_TRAINING)}
    form.fields["course"].choices = [
        ("", _("Không thuộc khoá học nào")),
        *((key, course.title) for key, course in courses.items()),
    ]
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        values = dict(form.cleaned_data)
        course = courses.get(values.pop("course"))
        made = create_class(course=course, **values, user=request.user, now=timezone.now())
        return redirect("w-class", pk=made.pk)
    unit = UnitChoice(form, "unit", chosen=own_unit(request))
    status = form_status(form)
    return render(request, f"{FOLDER}/form.html", {"form": form, "unit": unit}, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def class_form(request: HttpRequest, pk: int) -> HttpResponse:
    held = class_of(request, pk, *RUN_TRAINING)
    known = {name: getattr(held, name) for name in ClassForm.base_fields}
    form = ClassForm(request.POST or None, initial=known)

    def act(**values: Any) -> None:
        change_class(training_class=held, user=request.user, **values)

    if form.is_bound and stored(form, act, FIELDS):
        messages.success(request, _("Đã lưu."))
        return redirect("w-class", pk=pk)
    status = form_status(form)
    return render(request, f"{FOLDER}/form.html", {"form": form, "held": held}, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def training_class(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, class_of(request, pk, *SEE_TRAINING))


def _page(
    request: HttpRequest,
    held: TrainingClass,
    *,
    session: SessionForm | None = None,
    inviting: InviteForm | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    runs = run_units(request).filter(pk=held.unit_id).exists() and held.cancelled_at is None
    attached = held.files.all()
    free = TrainingFile.objects.filter(unit__in=run_units(request), state=FileState.READY)
    invitees = held.invitees.select_related("person__unit")
    people = invitees.order_by("person__unit__sort_name", "person__full_name", "pk")
    context = {
        "held": held,
        "runs": runs,
        "sessions": held.sessions.annotate(came=Count("attendances")),
        "invited": invitees.count(),
        "invitees": people[:SHOWN_PEOPLE],
        "files": [(file, file_url(file)) for file in attached],
        "choices": free.exclude(pk__in=attached)[:SHOWN_FILES] if runs else (),
        "session_form": session or SessionForm(initial={"day": next_session_day()}),
        "invite_form": inviting or InviteForm(),
        "learners": learners_of(held.course).count() if held.course and runs else 0,
        "refusal": refusal,
    }
    wrong = any(form is not None and form.errors for form in (session, inviting))
    return render(request, f"{FOLDER}/class.html", context, status=422 if wrong else 200)


def _acted(
    request: HttpRequest, pk: int, act: Callable[[TrainingClass], object], said: str
) -> HttpResponse:
    """Do it and go back to the class; refused, the class with the refusal."""
    held = class_of(request, pk, *RUN_TRAINING)
    return acted(
        request,
        lambda: act(held),
        said=said,
        to=redirect("w-class", pk=pk),
        otherwise=lambda refusal: _page(request, held, refusal=refusal),
    )


@require_POST
@workplace_view(*RUN_TRAINING)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    def act(held: TrainingClass) -> None:
        cancel_class(training_class=held, user=request.user, now=timezone.now())

    return _acted(request, pk, act, _("Đã huỷ lớp."))


@require_POST
@workplace_view(*RUN_TRAINING)
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    held = class_of(request, pk, *RUN_TRAINING)
    form = SessionForm(request.POST)

    def act(**_values: object) -> None:
        begins, ends = form.moments()
        add_session(training_class=held, begins_at=begins, ends_at=ends, user=request.user)

    if stored(form, act, FIELDS):
        messages.success(request, _("Đã thêm buổi học."))
        return redirect("w-class", pk=pk)
    return _page(request, held, session=form)


@require_POST
@workplace_view(*RUN_TRAINING)
def session_remove(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    def act(held: TrainingClass) -> None:
        rows = held.sessions.select_related("training_class__unit")
        session = get_object_or_404(rows, pk=session_pk)
        remove_session(session=session, user=request.user)

    return _acted(request, pk, act, _("Đã bỏ buổi học."))


@require_POST
@workplace_view(*RUN_TRAINING)
def invite_people(request: HttpRequest, pk: int) -> HttpResponse:
    """By staff codes; or, with `learners`, everybody who still takes the class's course."""
    held = class_of(request, pk, *RUN_TRAINING)
    form = InviteForm(request.POST)
    learners = bool(request.POST.get("learners")) and held.course is not None

    def act(*, people: str) -> None:
        reach = invitable_people(training_class=held, user=request.user)
        found = list(reach & learners_of(held.course)) if learners else _named(reach, people)
        count = invite(training_class=held, people=found, user=request.user, now=timezone.now())
        messages.success(request, _("Đã mời thêm %(count)s người.") % {"count": count})

    if stored(form, act, {"class_full": "people", "people_out_of_reach": "people"}):
        return redirect("w-class", pk=pk)
    return _page(request, held, inviting=form)


def _named(reach: Any, text: str) -> list[User]:
    """People by the codes typed one a line. Raises Faults naming each that is unknown."""
    codes = [code.strip() for code in text.splitlines() if code.strip()]
    found = {person.username.lower(): person for person in reach.filter(username__in=codes)}
    unknown = [code for code in codes if code.lower() not in found]
    if unknown or not codes:
        message = _("Không có mã cán bộ “%(code)s” trong phạm vi của lớp.")
        hint = _("Kiểm tra lại mã.")
        missing = [message % {"code": code} for code in unknown or [""]]
        raise Faults([Fault("", "people_out_of_reach", each, hint) for each in missing])
    return list(found.values())


@require_POST
@workplace_view(*RUN_TRAINING)
def uninvite_person(request: HttpRequest, pk: int, invitee_pk: int) -> HttpResponse:
    def act(held: TrainingClass) -> None:
        rows = held.invitees.select_related("training_class__unit")
        uninvite(invitee=get_object_or_404(rows, pk=invitee_pk), user=request.user)

    return _acted(request, pk, act, _("Đã bỏ khỏi danh sách mời."))


@require_POST
@workplace_view(*RUN_TRAINING)
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """With `remove` the file is taken off again."""

    def act(held: TrainingClass) -> None:
        file = get_object_or_404(TrainingFile, pk=posted_number(request, "file"))
        change = detach_file if request.POST.get("remove") else attach_file
        change(training_class=held, file=file, user=request.user)

    return _acted(request, pk, act, _("Đã lưu tài liệu của lớp."))
