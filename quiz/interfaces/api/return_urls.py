"""Routes of returning entrants, on the full chain."""

from django.urls import path

from quiz.interfaces.api import returning

urlpatterns = [
    path("code", returning.by_code, name="api-return-code"),
    path("contact", returning.ask_code, name="api-return-contact"),
    path("contact/confirm", returning.confirm_code, name="api-return-confirm"),
    path("staff", returning.claim_staff, name="api-return-staff"),
    path("staff/register", returning.register_staff, name="api-return-staff-register"),
    path("reports", returning.report, name="api-return-report"),
]
