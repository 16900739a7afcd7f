"""Routes of enrolling in the workplace."""

from django.urls import path

from frontend.pages.workplace import enrolling, enrolment, enrolments, feedback, training_report

_ONE = "tap-huan/ghi-danh/<int:pk>/"
_PERSON = "tap-huan/nguoi-hoc/<int:pk>/"
enrolment_routes = [
    path("tap-huan/ghi-danh/", enrolments.enrolments, name="w-enrolments"),
    path("tap-huan/ghi-danh/mau.xlsx", enrolling.list_template, name="w-enrol-template"),
    path(_ONE, enrolments.course_people, name="w-course-people"),
    path(f"{_ONE}them/", enrolling.enrol_people, name="w-enrol-people"),
    path(f"{_ONE}don-vi/", enrolling.enrol_by_unit, name="w-enrol-unit"),
    path(f"{_ONE}don-vi/<int:rule_pk>/thoi/", enrolling.end_standing, name="w-enrol-unit-end"),
    path(f"{_ONE}danh-sach/", enrolling.enrol_by_list, name="w-enrol-list"),
    path(f"{_ONE}danh-sach/<uuid:public_id>/", enrolling.list_check, name="w-enrol-check"),
    path(f"{_ONE}danh-sach/<uuid:public_id>/luu/", enrolling.list_store, name="w-enrol-store"),
    path(f"{_ONE}dieu-kien/", enrolling.course_terms, name="w-course-terms"),
    path(f"{_ONE}danh-gia/", feedback.course_feedback, name="w-course-feedback"),
    path(f"{_ONE}danh-gia/cap-bai/", feedback.gain_pair, name="w-gain-pair"),
    path("tap-huan/bao-cao/", training_report.training_report, name="w-training-report"),
    path("tap-huan/bao-cao/qua-han/", training_report.late, name="w-late"),
    path("tap-huan/bao-cao/bao-cao.xlsx", training_report.exported, name="w-training-export"),
    path(_PERSON, enrolment.enrolment, name="w-enrolment"),
    path(f"{_PERSON}han/", enrolment.due, name="w-enrolment-due"),
    path(f"{_PERSON}mien/", enrolment.exempting, name="w-enrolment-exempt"),
    path(f"{_PERSON}bo-mien/", enrolment.lifting, name="w-enrolment-lift"),
    path(f"{_PERSON}rut/", enrolment.withdrawing, name="w-enrolment-withdraw"),
]
