"""The few routes of the short chain, so that resolving them costs nothing."""

from django.urls import include, path

urlpatterns = [
    path("", include("frontend.pages.entry.urls")),
    path("api/v1/entry/", include("quiz.interfaces.api.entry_urls")),
]
handler500 = "frontend.pages.public.errors.server_error"
