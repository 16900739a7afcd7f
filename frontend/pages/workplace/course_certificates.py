"""Certificates of courses: seen, issued for a whole course, revoked, laid out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError, Faults
from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from frontend.pages.learning.certificates import certificate_pdf
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.course_access import course_asked
from frontend.pages.workplace.paper_layout_forms import (
    errors_of,
    given_layout,
    posted_layout,
    shown_layout,
)
from frontend.pages.workplace.state_tabs import state_tabs
from quiz.domain.paper_kinds import COMPLETION
from quiz.domain.paper_layouts import ACCENT, COLOUR, forget_layout, read_layout, save_layout
from training.domain.certificates import revoke_certificate, state_of
from training.enums import CertificateState
from training.interfaces.pdf.certificate import queue_certificates
from training.permissions import (
    RUN_TRAINING,
    SEE_TRAINING,
    courses_to_run,
    may_run_course,
    seen_certificates,
)
from training.queries.certificate import CertificateQuerySet

PER_PAGE = 50


@require_GET
@workplace_view(*SEE_TRAINING)
def certificates(request: HttpRequest) -> HttpResponse:
    day, query = timezone.localdate(), request.GET.get("q", "").strip()
    state = request.GET.get("trang-thai", "")
    rows = _in_state(seen_certificates(request.user).with_what_is_shown(), state)
    rows = rows.matching(query) if query else rows
    course = course_asked(request)
    rows = rows.filter(enrolment__course=course) if course else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    courses = courses_to_run(request.user).filter(gives_certificate=True)
    context = {
        "page": page,
        "rows": [(each, state_of(each, day)) for each in page.object_list],
        "states": CertificateState,
        "course": course,
        "state_tabs": state_tabs(CertificateState.choices, course=course.code if course else ""),
        "state": state,
        "query": query,
        "courses": [(course.pk, course.title) for course in courses],
        "units": OrgUnit.objects.reached_by(request.user, *RUN_TRAINING).tops(),
    }
    return render(request, "frontend/workplace/training/certificates.html", context)


def _in_state(rows: CertificateQuerySet, state: str) -> CertificateQuerySet:
    day = timezone.localdate()
    if state == CertificateState.VALID:
        return rows.valid_on(day)
    if state == CertificateState.EXPIRED:
        return rows.expired_on(day)
    return rows.revoked() if state == CertificateState.REVOKED else rows


@require_POST
@workplace_view(*RUN_TRAINING)
def issue_certificates(request: HttpRequest) -> HttpResponse:
    """Queue the papers of a course, for whoever completed it; 404 for a course of others."""
    chosen = request.POST.get("course", "")
    course = get_object_or_404(
        courses_to_run(request.user), pk=int(chosen) if chosen.isdecimal() else 0
    )
    job = queue_certificates(
        course=course,
        link=absolute_url(request, reverse("certificate-check")),
        user=request.user,
        now=timezone.now(),
        back=reverse("w-certificates"),
    )
    return redirect("w-job", public_id=job.public_id)


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate; who runs its course may revoke it here."""
    rows = seen_certificates(request.user).with_what_is_shown().select_related("revoked_by")
    held = get_object_or_404(rows, code=code)
    context = {
        "certificate": held,
        "may_revoke": may_run_course(request.user, held.enrolment.course),
        "states": CertificateState,
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "POST":
        try:
            revoke_certificate(
                certificate=held,
                reason=request.POST.get("reason", ""),
                user=request.user,
                now=timezone.now(),
            )
        except DomainError as refusal:
            context |= {"error": f"{refusal.message} {refusal.hint}"}
            return _shown(request, context, refusal.status)
        messages.success(request, _("Đã thu hồi. Trang kiểm tra nói điều đó từ bây giờ."))
        return redirect("w-certificate", code=code)
    return _shown(request, context)


def _shown(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    context["state"] = state_of(context["certificate"], timezone.localdate())
    return render(request, "frontend/workplace/training/certificate.html", context, status=status)


@require_GET
@workplace_view(*SEE_TRAINING)
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    """The paper; 404 for one that was revoked."""
    rows = seen_certificates(request.user).with_what_is_shown().printable()
    return certificate_pdf(request, get_object_or_404(rows, code=code))


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def certificate_layout(request: HttpRequest, unit: int) -> HttpResponse:
    """How the certificates of a unit, and of those below without a layout, look."""
    body = get_object_or_404(OrgUnit.objects.reached_by(request.user, *RUN_TRAINING), pk=unit)
    given = {"unit": body, "kind": COMPLETION.code, "user": request.user}
    if request.method == "POST" and "forget" in request.POST:
        forget_layout(**given)
        messages.success(request, _("Đã bỏ mẫu riêng."))
        return redirect("w-certificate-layout", unit=unit)
    held = read_layout(unit=body, kind=COMPLETION.code)
    shown, refusal = shown_layout(held), None
    if request.method == "POST":
        try:
            save_layout(given=given_layout(COMPLETION, request.POST), **given)
        except Faults as faults:
            shown, refusal = posted_layout(COMPLETION, request.POST), faults
        else:
            messages.success(request, _("Đã lưu mẫu. Giấy tờ lập từ bây giờ theo mẫu này."))
            return redirect("w-certificate-layout", unit=unit)
    context = {
        "unit": body,
        "kind": COMPLETION,
        "own": held.saved_for == body.pk,
        "shown": shown,
        "errors": errors_of(refusal),
        "usual_colours": (COLOUR, ACCENT),
    }
    status = refusal.status if refusal else 200
    return render(
        request, "frontend/workplace/training/certificate_layout.html", context, status=status
    )
