"""Routes of one's own hours."""

from django.urls import path

from frontend.pages.learning import hours

urlpatterns = [
    path("", hours.my_hours, name="my-hours"),
    path("phieu.pdf", hours.my_record, name="my-record"),
    path("giay/moi/", hours.my_credit_new, name="my-credit-new"),
    path("giay/<int:pk>/rut/", hours.my_credit_withdraw, name="my-credit-withdraw"),
    path("giay/<int:pk>/ban-quet/", hours.credit_scan, name="credit-scan"),
]
