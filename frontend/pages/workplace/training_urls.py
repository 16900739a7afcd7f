"""Routes of training in the workplace."""

from django.urls import path

from frontend.pages.workplace import course_certificates, training_home
from frontend.pages.workplace.class_urls import class_routes
from frontend.pages.workplace.communication_urls import communication_routes
from frontend.pages.workplace.course_urls import course_routes
from frontend.pages.workplace.enrolment_urls import enrolment_routes
from frontend.pages.workplace.hours_urls import hours_routes
from frontend.pages.workplace.training_file_urls import training_file_routes

certificate_routes = [
    path("tap-huan/giay-xac-nhan/", course_certificates.certificates, name="w-certificates"),
    path(
        "tap-huan/giay-xac-nhan/cap/",
        course_certificates.issue_certificates,
        name="w-certificates-issue",
    ),
    path(
        "tap-huan/giay-xac-nhan/mau/<int:unit>/",
        course_certificates.certificate_layout,
        name="w-certificate-layout",
    ),
    path(
        "tap-huan/giay-xac-nhan/<slug:code>/",
        course_certificates.certificate,
        name="w-certificate",
    ),
    path(
        "tap-huan/giay-xac-nhan/<slug:code>/giay.pdf",
        course_certificates.certificate_file,
        name="w-certificate-file",
    ),
]
training_routes = [
    path("tap-huan/", training_home.training_home, name="w-training"),
    *course_routes,
    *class_routes,
    *enrolment_routes,
    *training_file_routes,
    *certificate_routes,
    *hours_routes,
    *communication_routes,
]
