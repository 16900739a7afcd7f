"""Routes of those who enter. POSTs to most of them go through the short chain (config/wsgi.py)."""

from django.urls import include, path

from frontend.pages.entry.attempt import attempt, save, submit
from frontend.pages.entry.leaving import leave
from frontend.pages.entry.media import media
from frontend.pages.entry.not_me import not_me
from frontend.pages.entry.ready import ready, start
from frontend.pages.entry.receipt import receipt, receipt_file, receipt_qr
from frontend.pages.entry.register import register
from frontend.pages.entry.return_contact import ask_code, choose_person, type_code
from frontend.pages.entry.return_staff import by_staff_code
from frontend.pages.entry.returning import ways
from frontend.pages.entry.units import units_json

returning = [
    path("", ways, name="return"),
    path("lien-he/", ask_code, name="return-contact"),
    path("ma/", type_code, name="return-code"),
    path("nguoi/", choose_person, name="return-person"),
    path("can-bo/", by_staff_code, name="return-staff"),
]

urlpatterns = [
    path("cuoc-thi/<slug:code>/dang-ky/", register, name="register"),
    path("cuoc-thi/<slug:code>/vao-thi/", ready, name="ready"),
    path("cuoc-thi/<slug:code>/bat-dau/", start, name="start"),
    path("cuoc-thi/<slug:code>/vao-lai/", include(returning)),
    path("cuoc-thi/<slug:code>/doi-nguoi/", leave, name="leave"),
    path("cuoc-thi/<slug:code>/khong-phai-toi/", not_me, name="not-me"),
    path("bai-thi/", attempt, name="attempt"),
    path("bai-thi/tep/<str:sha256>/", media, name="attempt-media"),
    path("bai-thi/luu/", save, name="save"),
    path("bai-thi/nop/", submit, name="submit"),
    path("bai-thi/bien-nhan/", receipt, name="receipt"),
    path("bai-thi/bien-nhan/tep/", receipt_file, name="receipt-file"),
    path("bai-thi/bien-nhan/ma.svg", receipt_qr, name="receipt-qr"),
    path("don-vi.json", units_json, name="units-json"),
]
