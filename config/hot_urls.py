"""The routes of the short chain alone, so that finding one costs nothing."""

from django.urls import include, path

from frontend.pages.public.visits import visits

urlpatterns = [
    path("api/v1/entry/", include("quiz.interfaces.api.entry_urls")),
    path("luot-truy-cap/", visits, name="visits"),
    path("", include("frontend.pages.entry.urls")),
]
