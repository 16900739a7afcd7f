"""One's own certificates of completed courses: listed, and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from accounts.models import User
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import workplace_view
from training.domain.certificates import state_of
from training.enums import CertificateState
from training.interfaces.pdf.certificate import write_certificates
from training.models import Certificate
from training.queries.certificate import CertificateQuerySet


@require_GET
@workplace_view()
def own_certificates(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    rows = [(each, state_of(each, day)) for each in _own(request.user)]
    context = {"rows": rows, "states": CertificateState}
    return render(request, "frontend/learning/certificates.html", context)


@require_GET
@workplace_view()
def own_certificate_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The paper again; 404 for another's, and for one that was revoked."""
    certificate = get_object_or_404(_own(request.user).printable(), code=code)
    return certificate_pdf(request, certificate)


def certificate_pdf(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """One certificate as a file of its own."""
    link = absolute_url(request, reverse("certificate-check"))
    with translation.override("vi"):  # a paper of the office, whoever asks for it
        content = write_certificates([certificate], link=link)
    name = f"giay-xac-nhan-{certificate.number:04d}-{certificate.year}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _own(user: User) -> CertificateQuerySet:
    return Certificate.objects.filter(enrolment__person=user).with_what_is_shown()
