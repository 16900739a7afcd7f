"""One's own hours: figures, evidence, papers from elsewhere, the paper of the year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.addresses import absolute_url
from frontend.pages.learning.credit_entering import entered
from frontend.pages.learning.credit_forms import CreditForm
from frontend.pages.learning.hours_showing import asked_year, year_context
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status
from training.domain.credits import withdraw_credit
from training.domain.hours_evidence import read_records
from training.interfaces.pdf.study_record import write_study_records
from training.permissions import seen_credits

EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@require_GET
@workplace_view()
def my_hours(request: HttpRequest) -> HttpResponse:
    context = year_context(request.user, asked_year(request)) | {"own": True}
    return render(request, "frontend/learning/hours.html", context)


@require_GET
@workplace_view()
def my_record(request: HttpRequest) -> HttpResponse:
    year = asked_year(request)
    return record_response(request.user, year, link_to(request, "my-hours", year))


def link_to(request: HttpRequest, route: str, year: int, **arguments: int) -> str:
    """The address of a page of evidence, for paper."""
    return absolute_url(request, f"{reverse(route, kwargs=arguments)}?nam={year}")


def record_response(person: User, year: int, link: str) -> HttpResponse:
    """“Phiếu theo dõi bồi dưỡng” of one person."""
    records = read_records(people=[person], year=year)
    body = write_study_records(records=records, links=[link], made_at=timezone.now())
    name = f"phieu-boi-duong-{year}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@workplace_view()
def my_credit_new(request: HttpRequest) -> HttpResponse:
    form = CreditForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and entered(request, form, request.user):
        messages.success(request, _("Đã khai. Giờ được tính khi người phụ trách duyệt."))
        return redirect(f"{reverse('my-hours')}?nam={form.cleaned_data['taken_on'].year}")
    context = {"form": form, "own": True}
    status = form_status(form)
    return render(request, "frontend/learning/credit_new.html", context, status=status)


@require_POST
@workplace_view()
def my_credit_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    credit = get_object_or_404(seen_credits(request.user).filter(person=request.user), pk=pk)
    try:
        withdraw_credit(credit=credit, user=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã rút lại giấy đã khai."))
    return redirect(f"{reverse('my-hours')}?nam={credit.taken_on.year}")


@require_GET
@workplace_view()
def credit_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scanned paper, for whose it is and who keeps or sees their hours; always a download."""
    shown = seen_credits(request.user).exclude(scan=None).select_related("scan", "person")
    credit = get_object_or_404(shown, pk=pk)
    if credit.person_id != request.user.pk:
        unit = credit.person.unit_id
        record_act(actor=request.user, act="open_credit_scan", subject=credit, unit_id=unit)
    name = f"giay-{credit.pk}.{EXTENSIONS[credit.scan.mime]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    content = bytes(credit.scan.content)
    return HttpResponse(content, content_type=credit.scan.mime, headers=headers)
