"""Rehearsing a contest: ask for it, watch it, stop it, read what earlier ones measured."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import add_refusal, form_status
from quiz.domain.rehearsal_words import measured_sentence, stop_sentence, unmeasured_sentences
from quiz.domain.rehearsals import ask_rehearsal, cancel_rehearsal
from quiz.enums import RehearsalState
from quiz.errors import InputRefused
from quiz.models import Contest, Rehearsal
from quiz.permissions import RUN_CONTEST
from quiz.rules.figures import show_number

SHOWN = 10
FIGURES = ("count", "p50", "p95", "p99")


class RehearsalForm(forms.Form):
    entrants = forms.IntegerField(
        label=gettext_lazy("Số người diễn tập"),
        initial=300,
        help_text=gettext_lazy("Nhiều nhất 20.000 người và 3.000 người mỗi phút."),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Trong bao nhiêu phút"), initial=5)
    anyway = forms.BooleanField(
        label=gettext_lazy("Vẫn diễn tập dù có vòng thi đang mở hoặc sắp mở"), required=False
    )


@dataclass(frozen=True)
class ShownRehearsal:
    """An ended rehearsal in words, with its steps as rows of ready texts."""

    rehearsal: Rehearsal
    measured: str
    unmeasured: list[str]
    stopped: str
    steps: list[list[str]]
    errors: list[tuple[str, str]]


def step_words() -> dict[str, str]:
    return {
        "page": _("Mở trang"),
        "register": _("Đăng ký"),
        "start": _("Bắt đầu"),
        "paper": _("Mở đề"),
        "save": _("Lưu"),
        "submit": _("Nộp bài"),
        "receipt": _("Biên nhận"),
    }


def error_words(kind: str) -> str:
    words = {
        "network": _("không có trả lời"),
        "429": _("429, phải chờ"),
        "503": _("503, máy chủ bận"),
    }
    return words.get(kind, kind)


def shown(rehearsal: Rehearsal) -> ShownRehearsal:
    report = rehearsal.report
    return ShownRehearsal(
        rehearsal=rehearsal,
        measured=measured_sentence(rehearsal),
        unmeasured=unmeasured_sentences(rehearsal),
        stopped=stop_sentence(rehearsal),
        steps=[
            [word, *(show_number(round(report["steps"][step][key])) for key in FIGURES)]
            for step, word in step_words().items()
            if step in report["steps"]
        ],
        errors=[(error_words(kind), show_number(many)) for kind, many in report["errors"].items()],
    )


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def rehearsals(request: HttpRequest, contest: Contest) -> HttpResponse:
    form = RehearsalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_rehearsal(
                contest=contest,
                user=request.user,
                now=timezone.now(),
                url=f"http://127.0.0.1:{request.META['SERVER_PORT']}",
                **form.cleaned_data,
            )
            messages.success(request, _("Diễn tập sẽ bắt đầu trong giây lát."))
            return redirect("w-rehearsals", pk=contest.pk)
        except InputRefused as refusal:
            for name, fault in refusal.details["fields"].items():
                form.add_error(name, fault["message"])
        except DomainError as refusal:
            add_refusal(form, refusal, {})
    asked = list(contest.rehearsals.all()[:SHOWN])
    running = next((one for one in asked if one.state != RehearsalState.ENDED), None)
    if request.htmx and running is not None and request.GET.get("done") == str(running.done):
        return HttpResponse(status=204)
    context = contest_context(
        request,
        contest,
        "w-contest",
        form=form,
        running=running,
        ended=[shown(one) for one in asked if one.state == RehearsalState.ENDED],
        numeric=[1, 2, 3, 4],
        headers=[_("Bước"), _("Số yêu cầu"), _("p50 (ms)"), _("p95 (ms)"), _("p99 (ms)")],
    )
    status = form_status(form)
    page = "frontend/workplace/contest/rehearsals.html"
    return render(request, page, context, status=status)


@require_POST
@contest_view(*RUN_CONTEST)
def cancel(request: HttpRequest, contest: Contest, rehearsal_pk: int) -> HttpResponse:
    rehearsal = get_object_or_404(contest.rehearsals, pk=rehearsal_pk)
    cancel_rehearsal(rehearsal=rehearsal, user=request.user)
    messages.success(request, _("Diễn tập dừng trong giây lát; phần đã đo vẫn được báo cáo."))
    return redirect("w-rehearsals", pk=contest.pk)
