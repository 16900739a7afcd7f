"""The routes of the short chain alone, so that finding one costs nothing."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/entry/", include("quiz.interfaces.api.entry_urls")),
    path("", include("frontend.pages.entry.urls")),
]
