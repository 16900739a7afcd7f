"""Routes of one's own certificates."""

from django.urls import path

from frontend.pages.learning import certificates

urlpatterns = [
    path("hoc/giay-xac-nhan/", certificates.own_certificates, name="own-certificates"),
    path(
        "hoc/giay-xac-nhan/<slug:code>.pdf",
        certificates.own_certificate_pdf,
        name="own-certificate-pdf",
    ),
]
