"""One person in one course: until when, exempt or not, which letters went out."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.enrolment_forms import FIELDS, DueForm, ExemptForm
from frontend.pages.workplace.enrolments import badge_of
from frontend.pages.workplace.refused import stored
from training.domain.enrolments import acted_enrolments, exempt, lift_exemption, set_due, withdraw
from training.models import Enrolment
from training.permissions import RUN_TRAINING, SEE_TRAINING, seen_enrolments

SHOWN_LETTERS = 20


def _held(request: HttpRequest, pk: int) -> Enrolment:
    """One that the person may see; else 404."""
    rows = seen_enrolments(request.user).with_standing(timezone.localdate())
    people = rows.select_related("course", "person__unit", "enrolled_by", "exempted_by")
    return get_object_or_404(people, pk=pk)


@require_GET
@workplace_view(*SEE_TRAINING)
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _held(request, pk))


def _page(
    request: HttpRequest,
    held: Enrolment,
    *,
    due: DueForm | None = None,
    exempting: ExemptForm | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    words, tone = badge_of(held)
    over = held.completed_at or held.exempted_at or held.withdrawn_at
    context = {
        "enrolment": held,
        "words": words,
        "tone": tone,
        "over": over,
        "acts": acted_enrolments(request.user).filter(pk=held.pk).exists(),
        "due_form": due or DueForm(initial={"due_on": held.due_on}),
        "exempt_form": exempting or ExemptForm(),
        "letters": held.person.enrolment_reminders.all()[:SHOWN_LETTERS],
        "refusal": refusal,
    }
    sent = [form for form in (due, exempting) if form is not None and form.errors]
    page = "frontend/workplace/training/enrolment/person.html"
    return render(request, page, context, status=422 if sent else 200)


@require_POST
@workplace_view(*RUN_TRAINING)
def due(request: HttpRequest, pk: int) -> HttpResponse:
    held = _held(request, pk)
    form = DueForm(request.POST)

    def act(**values: object) -> None:
        set_due(enrolment=held, **values, user=request.user, now=timezone.now())

    if stored(form, act, FIELDS):
        return _done(request, pk, _("Đã lưu hạn hoàn thành."))
    return _page(request, held, due=form)


@require_POST
@workplace_view(*RUN_TRAINING)
def exempting(request: HttpRequest, pk: int) -> HttpResponse:
    held = _held(request, pk)
    form = ExemptForm(request.POST)

    def act(**values: object) -> None:
        exempt(enrolment=held, **values, user=request.user, now=timezone.now())

    if stored(form, act, FIELDS):
        return _done(request, pk, _("Đã ghi miễn học."))
    return _page(request, held, exempting=form)


@require_POST
@workplace_view(*RUN_TRAINING)
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    held = _held(request, pk)
    return _acted(
        request,
        held,
        lambda: lift_exemption(enrolment=held, user=request.user),
        _("Đã bỏ miễn học."),
    )


@require_POST
@workplace_view(*RUN_TRAINING)
def withdrawing(request: HttpRequest, pk: int) -> HttpResponse:
    held = _held(request, pk)
    return _acted(
        request,
        held,
        lambda: withdraw(enrolment=held, user=request.user, now=timezone.now()),
        _("Đã rút khỏi khoá học."),
    )


def _acted(
    request: HttpRequest, held: Enrolment, act: Callable[[], object], said: str
) -> HttpResponse:
    return acted(
        request,
        act,
        said=said,
        to=redirect("w-enrolment", pk=held.pk),
        otherwise=lambda refusal: _page(request, held, refusal=refusal),
    )


def _done(request: HttpRequest, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("w-enrolment", pk=pk)
