"""Routes of units and people in bulk, and of where a unit or a person belongs."""

from django.urls import path

from frontend.pages.workplace import lists, person_changes, slips, unit_arranging

list_routes = [
    path("don-vi/nhap/", lists.units_import, name="w-units-import"),
    path("don-vi/mau.xlsx", lists.units_template, name="w-units-template"),
    path("don-vi/<int:pk>/sap-xep/", unit_arranging.arrange, name="w-unit-arrange"),
    path("con-nguoi/nhap/", lists.people_import, name="w-people-import"),
    path("con-nguoi/mau.xlsx", lists.people_template, name="w-people-template"),
    path("con-nguoi/phieu/", slips.slips, name="w-slips"),
    path("con-nguoi/<int:pk>/sua/", person_changes.change, name="w-person-change"),
    path("con-nguoi/<int:pk>/chuyen/", person_changes.transfer, name="w-person-transfer"),
    path("ke-hoach/<uuid:public_id>/", lists.plan, name="w-plan"),
]
