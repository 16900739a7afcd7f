"""Routes of those who enter. POSTs to most of them go through the short chain (config/wsgi.py)."""

from django.urls import path

from frontend.pages.entry.attempt import attempt, save, submit
from frontend.pages.entry.ready import ready, start
from frontend.pages.entry.receipt import receipt, receipt_file
from frontend.pages.entry.register import register
from frontend.pages.entry.units import units_json

urlpatterns = [
    path("cuoc-thi/<slug:code>/dang-ky/", register, name="register"),
    path("cuoc-thi/<slug:code>/vao-thi/", ready, name="ready"),
    path("cuoc-thi/<slug:code>/bat-dau/", start, name="start"),
    path("bai-thi/", attempt, name="attempt"),
    path("bai-thi/luu/", save, name="save"),
    path("bai-thi/nop/", submit, name="submit"),
    path("bai-thi/bien-nhan/", receipt, name="receipt"),
    path("bai-thi/bien-nhan/tep/", receipt_file, name="receipt-file"),
    path("don-vi.json", units_json, name="units-json"),
]
