"""Routes of hours, duty and papers from elsewhere."""

from django.urls import path

from frontend.pages.workplace import duties, elsewhere, hours, hours_assigning

hours_routes = [
    path("tap-huan/gio-hoc/", hours.hours, name="w-hours"),
    path("tap-huan/gio-hoc/giao/", hours_assigning.assign, name="w-hours-assign"),
    path("tap-huan/gio-hoc/excel/", hours.export, name="w-hours-export"),
    path("tap-huan/gio-hoc/phieu/", hours.records, name="w-hours-records"),
    path("tap-huan/gio-hoc/<int:pk>/", hours.person_hours, name="w-person-hours"),
    path("tap-huan/gio-hoc/<int:pk>/phieu.pdf", hours.person_record, name="w-person-record"),
    path("tap-huan/dinh-muc/", duties.duties, name="w-duties"),
    path("tap-huan/dinh-muc/<int:pk>/bo/", duties.remove, name="w-duty-remove"),
    path("tap-huan/gio-ngoai/", elsewhere.elsewhere, name="w-credits"),
    path("tap-huan/gio-ngoai/moi/", elsewhere.credit_new, name="w-credit-new"),
    path("tap-huan/gio-ngoai/nhap/", elsewhere.credits_import, name="w-credits-import"),
    path("tap-huan/gio-ngoai/mau.xlsx", elsewhere.credits_template, name="w-credits-template"),
    path("tap-huan/gio-ngoai/<int:pk>/", elsewhere.decide, name="w-credit-decide"),
]
