"""Routes of the workplace, grouped by noun."""

from django.urls import include, path

from frontend.pages.workplace import data_requests, home, jobs, people, sign_in, units
from frontend.pages.workplace.account_urls import account_routes
from frontend.pages.workplace.bank_urls import urlpatterns as bank_routes
from frontend.pages.workplace.bulletin_urls import bulletin_routes
from frontend.pages.workplace.contest_urls import approving, contest_routes
from frontend.pages.workplace.desk_urls import desk_routes
from frontend.pages.workplace.library_urls import library_routes
from frontend.pages.workplace.list_urls import list_routes
from frontend.pages.workplace.oversight_urls import oversight_routes
from frontend.pages.workplace.roster_urls import roster_routes
from frontend.pages.workplace.setup_urls import setup_routes
from frontend.pages.workplace.training_urls import training_routes

signing_in = [
    path("vao/<str:token>/", sign_in.sign_in_link, name="sign-in-link"),
    path("kich-hoat/<str:token>/", sign_in.activate, name="activate"),
]
home_routes = [
    path("", home.workplace, name="workplace"),
    path("tiep-tuc/", sign_in.after_second_factor, name="after-second-factor"),
    *setup_routes,
]
unit_routes = [
    path("don-vi/", units.units, name="w-units"),
    path("don-vi/tim.json", units.units_json, name="w-units-json"),
    path("don-vi/moi/", units.new_unit, name="w-unit-new"),
    path("don-vi/ten-goi-khac/", units.unit_aliases, name="w-unit-aliases"),
    path("don-vi/<int:pk>/", units.unit, name="w-unit"),
    path("don-vi/<int:pk>/sua/", units.change_unit, name="w-unit-change"),
    path("don-vi/<int:pk>/bien-che/", units.headcount, name="w-headcount"),
]
person_routes = [
    path("con-nguoi/", people.people, name="w-people"),
    path("con-nguoi/moi/", people.new_person, name="w-person-new"),
    path("con-nguoi/<int:pk>/", people.person, name="w-person"),
    path("con-nguoi/<int:pk>/vai-tro/", people.person_roles, name="w-person-roles"),
    path("con-nguoi/<int:pk>/lien-ket/", people.person_link, name="w-person-link"),
    path("con-nguoi/<int:pk>/hoat-dong/", people.person_active, name="w-person-active"),
]
privacy_routes = [
    path("du-lieu-ca-nhan/", data_requests.data_requests, name="w-data-requests"),
    path("du-lieu-ca-nhan/thoi-gian-luu/", data_requests.retention, name="w-retention"),
    path("du-lieu-ca-nhan/<str:number>/", data_requests.data_request, name="w-data-request"),
]
job_routes = [
    *oversight_routes,
    path("tac-vu/", jobs.jobs, name="w-jobs"),
    path("tac-vu/<uuid:public_id>/", jobs.job, name="w-job"),
    path("tac-vu/<uuid:public_id>/tep/", jobs.job_file, name="w-job-file"),
]
people_routes = [*list_routes, *unit_routes, *roster_routes, *person_routes, *privacy_routes]
workplace = [
    *home_routes,
    *account_routes,
    *people_routes,
    *job_routes,
    *contest_routes,
    *training_routes,
    *library_routes,
    *bulletin_routes,
    *desk_routes,
]
banks = path("lam-viec/ngan-hang/", include(bank_routes))
urlpatterns = [*signing_in, *approving, banks, path("lam-viec/", include(workplace))]
