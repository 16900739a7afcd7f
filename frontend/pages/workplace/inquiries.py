"""Citizens' questions as those who answer work on them: the list, one, the acts on it."""

from collections.abc import Callable

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.crypto import open_text
from accounts.errors import DomainError, Faults
from accounts.rich_text import to_html
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import acted
from frontend.pages.workplace.library_access import library_room, reached, run_units
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search
from training.domain.inquiry_answers import (
    LONGEST_ANSWER,
    LONGEST_REASON,
    LONGEST_SHOWN,
    LONGEST_SUBJECT,
    LONGEST_TITLE,
    PublishedText,
    answer_inquiry,
    assign_inquiry,
    publish_inquiry,
    refuse_inquiry,
)
from training.enums import InquiryState
from training.models import Inquiry
from training.permissions import (
    ANSWER_INQUIRIES,
    RUN_TRAINING,
    SEE_TRAINING,
    may_answer_inquiry,
    may_run_training_at,
)

PER_PAGE = 30
TEXTS = ("title", "shown_text", "answer", "subject")
WAITING = (InquiryState.RECEIVED, InquiryState.ASSIGNED, InquiryState.ANSWERED)


class AssignForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Đơn vị trả lời"))


@require_GET
@workplace_view(*SEE_TRAINING)
def inquiries(request: HttpRequest) -> HttpResponse:
    """Those of units within reach, the newest first; asked for, those that wait."""
    rows = Inquiry.objects.within_reach_of(request.user, *SEE_TRAINING).select_related("unit")
    state = request.GET.get("trang-thai", "")
    if state == "waiting":
        rows = rows.filter(state__in=WAITING)
    elif state in InquiryState.values:
        rows = rows.filter(state=state)
    context = library_room(
        request,
        "w-inquiries",
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        state=state,
        states=[("", _("Tất cả")), ("waiting", _("Chưa trả lời")), *InquiryState.choices],
    )
    return render(request, "frontend/workplace/library/inquiries.html", context)


@require_GET
@workplace_view(*SEE_TRAINING)
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, reached(request, Inquiry, pk, *SEE_TRAINING))


def _show(
    request: HttpRequest,
    inquiry: Inquiry,
    refusal: DomainError | None = None,
    assigning: AssignForm | None = None,
) -> HttpResponse:
    """The contact is shown to those who run the library: they may have to ask back."""
    form = assigning or AssignForm()
    form.fields["unit"].units = run_units(request)
    runs = may_run_training_at(request.user, inquiry.unit)
    waits = inquiry.state in WAITING
    kept = {name: getattr(inquiry, name) for name in TEXTS}
    kept["shown_text"] = kept["shown_text"] or inquiry.text
    context = library_room(
        request,
        "w-inquiries",
        inquiry=inquiry,
        contact=open_text(inquiry.contact) if runs and inquiry.contact else "",
        html=to_html(inquiry.answer),
        assign=UnitChoice(form, "unit", chosen=inquiry.unit) if runs and waits else None,
        may_answer=waits and may_answer_inquiry(request.user, inquiry),
        may_publish=runs and inquiry.state == InquiryState.ANSWERED,
        may_refuse=runs and inquiry.state != InquiryState.REFUSED,
        typed=kept | {name: request.POST[name] for name in TEXTS if name in request.POST},
        reason=request.POST.get("reason", ""),
        refusal=refusal,
        faults=refusal.faults if isinstance(refusal, Faults) else (),
        longest_answer=LONGEST_ANSWER,
        longest_shown=LONGEST_SHOWN,
        longest_title=LONGEST_TITLE,
        longest_subject=LONGEST_SUBJECT,
        longest_reason=LONGEST_REASON,
    )
    status = refusal.status if refusal else form_status(form)
    return render(request, "frontend/workplace/library/inquiry.html", context, status=status)


def _acted(
    request: HttpRequest, inquiry: Inquiry, act: Callable[[], None], done: str
) -> HttpResponse:
    def otherwise(refusal: DomainError) -> HttpResponse:
        inquiry.refresh_from_db()
        return _show(request, inquiry, refusal)

    to = redirect("w-inquiry", pk=inquiry.pk)
    return acted(request, act, said=done, to=to, otherwise=otherwise)


@require_POST
@workplace_view(*RUN_TRAINING)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Inquiry, pk, *RUN_TRAINING)
    form = AssignForm(request.POST)
    form.fields["unit"].units = run_units(request)
    if asks_to_search(form, "unit") or not form.is_valid():
        return _show(request, shown, assigning=form)

    def act() -> None:
        unit = form.cleaned_data["unit"]
        assign_inquiry(inquiry=shown, unit=unit, user=request.user, now=timezone.now())

    return _acted(request, shown, act, _("Đã chuyển câu hỏi."))


@require_POST
@workplace_view(*ANSWER_INQUIRIES)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Inquiry, pk, *ANSWER_INQUIRIES)

    def act() -> None:
        told = request.POST.get("answer", "")
        answer_inquiry(inquiry=shown, answer=told, user=request.user, now=timezone.now())

    return _acted(request, shown, act, _("Đã lưu dự thảo trả lời, chờ duyệt đăng."))


@require_POST
@workplace_view(*RUN_TRAINING)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Inquiry, pk, *RUN_TRAINING)

    def act() -> None:
        text = PublishedText(**{name: request.POST.get(name, "") for name in TEXTS})
        publish_inquiry(inquiry=shown, text=text, user=request.user, now=timezone.now())

    return _acted(request, shown, act, _("Đã đăng câu hỏi và trả lời."))


@require_POST
@workplace_view(*RUN_TRAINING)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Inquiry, pk, *RUN_TRAINING)

    def act() -> None:
        reason = request.POST.get("reason", "")
        refuse_inquiry(inquiry=shown, reason=reason, user=request.user, now=timezone.now())

    return _acted(request, shown, act, _("Đã ghi là không trả lời công khai."))
