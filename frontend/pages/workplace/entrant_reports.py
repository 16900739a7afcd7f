"""“Không phải tôi” as the organisers read it: who says so, about whom, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.entrant_reports import handle_report, reports_of
from quiz.models import Contest, EntrantReport
from quiz.permissions import RUN_CONTEST, SEE_CONTEST


@require_GET
@contest_view(*SEE_CONTEST)
def reports(request: HttpRequest, contest: Contest) -> HttpResponse:
    return _list(request, contest)


def _list(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    rows = reports_of(contest=contest)
    context = contest_context(request, contest, "w-entrants", refusal=refusal, rows=rows)
    return render(request, "frontend/workplace/entrant/reports.html", context)


@require_POST
@contest_view(*RUN_CONTEST)
def handle(request: HttpRequest, contest: Contest, report_pk: int) -> HttpResponse:
    """Close a report with a note of what was done."""
    report = get_object_or_404(EntrantReport, pk=report_pk, contest=contest)
    report.contest = contest

    def act() -> HttpResponse:
        note = request.POST.get("note", "")
        handle_report(report=report, note=note, user=request.user, now=timezone.now())
        messages.success(request, _("Đã ghi kết quả xử lý."))
        return redirect("w-reports", pk=contest.pk)

    return attempted(act, lambda refusal: _list(request, contest, refusal))
