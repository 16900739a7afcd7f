"""One's own classes in a room: when and where, the slides, signing in and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status, stored
from training.domain.attendance import sessions_with_minutes, sign
from training.domain.files import file_url
from training.enums import Direction
from training.models import ClassSession, TrainingClass

SHOWN = 50


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Mã trên màn chiếu"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


@require_GET
@workplace_view()
def classes(request: HttpRequest) -> HttpResponse:
    """Classes one is invited to or may come to, the newest first."""
    rows = TrainingClass.objects.for_person(request.user).filter(cancelled_at=None)
    shown = rows.select_related("unit").prefetch_related("sessions").order_by("-pk")[:SHOWN]
    return render(request, "frontend/learning/classes.html", {"classes": shown})


@require_GET
@workplace_view()
def training_class(request: HttpRequest, pk: int) -> HttpResponse:
    rows = TrainingClass.objects.for_person(request.user).select_related("unit", "course")
    held = get_object_or_404(rows, pk=pk)
    sessions = sessions_with_minutes(sessions=list(held.sessions.all()), user=request.user)
    context = {
        "held": held,
        "sessions": sessions,
        "came": any(mine for _session, mine, _minutes in sessions),
        "files": [(file, file_url(file)) for file in held.files.all()],
    }
    return render(request, "frontend/learning/class.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view()
def class_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in or out; the QR code brings the code along, and one tap confirms it.

    Whoever holds the link may see the class's name: it stood on the screen.
    """
    rows = ClassSession.objects.select_related("training_class__unit")
    session = get_object_or_404(rows, pk=pk)
    direction = _direction(request, session)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:12]})

    def act(*, code: str) -> None:
        sign(session=session, direction=direction, code=code, user=request.user, now=timezone.now())

    if form.is_bound and stored(form, act, {"wrong_room_code": "code"}):
        came = direction == Direction.IN
        said = _("Đã điểm danh vào lớp.") if came else _("Đã điểm danh ra về.")
        messages.success(request, said)
        return redirect("class", pk=session.training_class_id)
    context: dict[str, Any] = {"session": session, "form": form, "direction": direction}
    context["directions"] = Direction
    status = form_status(form)
    return render(request, "frontend/learning/class_sign.html", context, status=status)


def _direction(request: HttpRequest, session: ClassSession) -> Direction:
    """As the address says; without it, out once the middle of the session has passed."""
    asked = request.POST.get("luc") or request.GET.get("luc")
    if asked in Direction.values:
        return Direction(asked)
    middle = session.begins_at + (session.ends_at - session.begins_at) / 2
    return Direction.OUT if timezone.now() > middle else Direction.IN
