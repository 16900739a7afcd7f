"""Routes of the first-run wizard and of “Thông tin cơ quan”."""

from django.urls import path

from frontend.pages.workplace import setup, setup_people, setup_senders

setup_routes = [
    path("cai-dat/", setup.overview, name="w-setup"),
    path("cai-dat/de-sau/", setup.later, name="w-setup-later"),
    path("cai-dat/co-quan/", setup.body, name="w-setup-body"),
    path("cai-dat/don-vi/", setup.units, name="w-setup-units"),
    path("cai-dat/con-nguoi/", setup_people.people, name="w-setup-people"),
    path("cai-dat/gui-tin/", setup_senders.senders, name="w-setup-senders"),
    path("cai-dat/dia-chi/", setup_senders.address, name="w-setup-address"),
]
