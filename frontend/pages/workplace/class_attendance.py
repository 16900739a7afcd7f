"""The room: the code on the projector, the list of who came, its print and workbook."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.addresses import absolute_url
from frontend.pages.entry.ready import qr_svg
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.class_forms import TickForm
from frontend.pages.workplace.classes import FOLDER
from frontend.pages.workplace.posted import posted_number
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.papers import as_download
from training.domain.attendance import (
    AttendanceRow,
    ShownCode,
    attendance_list,
    people_of,
    shown_code,
    tick,
)
from training.enums import Direction
from training.interfaces.excel.attendance import export_attendance
from training.models import ClassSession, TrainingClass
from training.permissions import RUN_TRAINING, SEE_TRAINING, may_run_training_at


def session_of(request: HttpRequest, pk: int, *roles: str) -> ClassSession:
    """A session of a class of a unit in reach; else 404."""
    reach = TrainingClass.objects.within_reach_of(request.user, *roles)
    rows = ClassSession.objects.filter(training_class__in=reach)
    return get_object_or_404(rows.select_related("training_class__unit"), pk=pk)


def _direction(request: HttpRequest) -> Direction:
    asked = request.GET.get("luc", "")
    return Direction.OUT if asked == Direction.OUT else Direction.IN


@require_GET
@workplace_view(*RUN_TRAINING)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Full width for the projector. Without script the page asks for itself when the code goes."""
    session, direction = session_of(request, pk, *RUN_TRAINING), _direction(request)
    context: dict[str, Any] = {"session": session, "direction": direction, "directions": Direction}
    try:
        shown = _shown(request, session, direction)
    except DomainError as refusal:
        context["refusal"] = refusal
        return render(request, f"{FOLDER}/screen.html", context, status=refusal.status)
    link = _link(request, session, direction, shown)
    place = absolute_url(request, _sign_path(session))
    context |= {"shown": shown, "qr": qr_svg(link), "place": place}
    return render(request, f"{FOLDER}/screen.html", context)


@require_GET
@workplace_view(*RUN_TRAINING)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of now, for how long yet, and its QR code."""
    session, direction = session_of(request, pk, *RUN_TRAINING), _direction(request)
    try:
        shown = _shown(request, session, direction)
    except DomainError as refusal:
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    qr = qr_svg(_link(request, session, direction, shown))
    return JsonResponse({"code": shown.code, "seconds": shown.seconds, "qr": str(qr)})


def _shown(request: HttpRequest, session: ClassSession, direction: Direction) -> ShownCode:
    return shown_code(session=session, direction=direction, user=request.user, now=timezone.now())


def _sign_path(session: ClassSession) -> str:
    return reverse("class-sign", args=[session.pk])


def _link(
    request: HttpRequest, session: ClassSession, direction: Direction, shown: ShownCode
) -> str:
    return absolute_url(request, f"{_sign_path(session)}?luc={direction}&ma={shown.code}")


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was invited and who came; who has no phone is ticked here with a reason."""
    session = session_of(request, pk, *SEE_TRAINING)
    form = TickForm(request.POST or None)
    if request.method == "POST":
        if not may_run_training_at(request.user, session.training_class.unit):
            raise PermissionDenied
        if _ticked(request, session, form):
            return redirect("w-attendance", pk=pk)
    context = {"session": session, "form": form, "ticked": posted_number(request, "person")}
    context |= _rows(session)
    context["runs"] = may_run_training_at(request.user, session.training_class.unit)
    status = form_status(form)
    return render(request, f"{FOLDER}/attendance.html", context, status=status)


def _ticked(request: HttpRequest, session: ClassSession, form: TickForm) -> bool:
    person = get_object_or_404(User, pk=posted_number(request, "person"))
    get_object_or_404(people_of(session), pk=person.pk)
    direction = Direction.OUT if request.POST.get("direction") == Direction.OUT else Direction.IN
    if not form.is_valid():
        return False
    try:
        tick(
            session=session,
            person=person,
            direction=direction,
            reason=form.cleaned_data["reason"],
            user=request.user,
            now=timezone.now(),
        )
    except DomainError as refusal:
        add_refusal(form, refusal, {"reason_needed": "reason"})
        return False
    messages.success(request, _("Đã ghi điểm danh."))
    return True


def _rows(session: ClassSession) -> dict[str, object]:
    rows = attendance_list(session=session)
    return {"rows": rows, "came": _count(row.attendance for row in rows), "listed": len(rows)}


def _count(values: Iterable[object]) -> int:
    return sum(1 for value in values if value)


@require_GET
@workplace_view(*SEE_TRAINING)
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on paper, with room to sign."""
    session = session_of(request, pk, *SEE_TRAINING)
    context = {"session": session, "now": timezone.now(), **_rows(session)}
    return render(request, f"{FOLDER}/print.html", context)


@require_GET
@workplace_view(*RUN_TRAINING)
def exported(request: HttpRequest, pk: int) -> FileResponse:
    """The list as a workbook; the diary says who took it out."""
    session = session_of(request, pk, *RUN_TRAINING)
    rows: list[AttendanceRow] = attendance_list(session=session)
    name = f"diem-danh-{session.begins_at:%Y%m%d}-{session.pk}.xlsx"
    return as_download(
        name,
        lambda file: export_attendance(session=session, rows=rows, user=request.user, file=file),
    )
